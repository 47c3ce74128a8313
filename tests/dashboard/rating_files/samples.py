"""Exports as services write them; the ratings are invented, and so are one or two of the films."""
# ruff: noqa: E501  lines are as long as the services write them

import io
import json
import zipfile

LETTERBOXD_RATINGS = """\
Date,Name,Year,Letterboxd URI,Rating
2023-02-01,Heat,1995,https://boxd.it/1,4.5
2023-02-02,"Good, the Bad and the Ugly, The",1966,https://boxd.it/2,3
"""
LETTERBOXD_DIARY = """\
Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date
2023-03-01,Heat,1995,https://boxd.it/1,2,Yes,"at home, alone",2023-02-28
2023-03-02,Casino,1995,https://boxd.it/3,,,,2023-03-01
"""
LETTERBOXD_WATCHED = "Date,Name,Year,Letterboxd URI\n2023-01-01,Casino,1995,https://boxd.it/3\n"
LETTERBOXD_LIST = """\
Letterboxd list export v7
Date,Name,Tags,URL,Description
2023-01-01,Best,,https://boxd.it/9,"Two
lines"

Position,Name,Year,URL,Description
1,Heat,1995,https://boxd.it/1,
"""
IMDB = """\
Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors
tt0113277,9,2023-01-01,Heat,Heat,https://www.imdb.com/title/tt0113277/,Movie,8.3,170,1995,"Crime, Drama",1,1995-12-15,Someone
tt9999998,8,2023-01-02,A Long Story,A Long Story,,TV Series,8.3,50,2001,Crime,1,2001-01-01,
"""
IMDB_2016 = """\
"position","const","created","modified","description","Title","Title type","Directors","You rated","IMDb Rating","Runtime (mins)","Year","Genres","Num. Votes","Release Date (month/day/year)","URL"
"1","tt0113277","Sat Dec 31 00:00:00 2016","","","Heat","Feature Film","X","9","8.3","170","1995","crime","1","1995-12-15","http://www.imdb.com/title/tt0113277/"
"2","tt0112641","Sat Dec 31 00:00:00 2016","","","Casino","Feature Film","X","","8.2","178","1995","crime","1","1995-11-22","http://www.imdb.com/title/tt0112641/"
"""
MOVIELENS = """\
movie_id,imdb_id,tmdb_id,rating,average_rating,title
6,0113277,949,4.5,3.9,Heat (1995)
"""
TMDB = """\
TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,Date Rated
949,,movie,Heat,1995-12-15T00:00:00Z,,,7.9,9.0,2023-01-01T00:00:00Z
9999,,tv,A Long Story,2001-01-01T00:00:00Z,,,8.9,9.0,2023-01-01T00:00:00Z
"""
CRITICKER = """\
Score, Film Name, Year, Mini Review, URL, IMDB ID
90,Heat,1995,"Good, long",https://www.criticker.com/film/Heat/,tt0113277
70,A Long Story,2001,,https://www.criticker.com/tv/A-Long-Story/,
"""
NETFLIX = """\
Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date
A,Heat,thumb,,3,TV,2020-01-01 10:00:00,
A,Casino,star,0,,TV,2016-01-01 10:00:00,
B,Heat,star,1,,TV,2016-01-01 10:00:00,
A,Sabrina,thumb,,1,TV,2020-01-01 10:00:00,
"""
DOUBAN = "标题,个人评分,打分日期,上映日期\n盗火线 / Heat,5,2020/01/02,1995-12-15(美国)\n"
TRAKT = [
    {
        "rated_at": "2023-01-01T09:00:00.000Z",
        "rating": 9,
        "type": "movie",
        "movie": {"title": "Heat", "year": 1995, "ids": {"imdb": "tt0113277", "tmdb": 949}},
    },
    {"rating": 8, "type": "show", "show": {"title": "A Long Story", "year": 2001, "ids": {}}},
    {"listed_at": "2023-01-01", "type": "movie", "movie": {"title": "Casino", "year": 1995}},
]
HUNDRED = "title\trating\timdb\nHeat\t90\ttt0113277\nCasino\t35\t\n"
SEMICOLONS = "Film;Jahr;Bewertung\nHeat;1995;4,5\n"
STARS = "Title,Year,Stars\nHeat,1995,★★★★½\nCasino,1995,3/5\n"
THUMBS = "title,year,rating\nHeat,1995,like\nCasino,1995,dislike\n"


def zipped(files: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


LETTERBOXD_ZIP = zipped(
    {
        "letterboxd-x/ratings.csv": LETTERBOXD_RATINGS,
        "letterboxd-x/diary.csv": LETTERBOXD_DIARY,
        "letterboxd-x/watched.csv": LETTERBOXD_WATCHED,
        "letterboxd-x/watchlist.csv": LETTERBOXD_WATCHED.replace("Casino", "Sabrina"),
        "letterboxd-x/profile.csv": "Date Joined,Username\n2020-01-01,x\n",
        "letterboxd-x/deleted/diary.csv": LETTERBOXD_DIARY.replace("Casino", "Deleted"),
        "letterboxd-x/lists/best.csv": LETTERBOXD_LIST.replace("Heat", "Listed"),
    }
)

HEAT, CASINO = "Heat (1995)", "Casino (1995)"
GOOD = "Good, the Bad and the Ugly, The (1966)"
# Name and bytes; service, scale, stars (None: seen, "saved": to see) by film, rows left out
SAMPLES = {
    "letterboxd zip": (
        *("letterboxd.zip", LETTERBOXD_ZIP, "Letterboxd", "5"),
        *({HEAT: 4.5, GOOD: 3.0, CASINO: None, "Sabrina (1995)": "saved"}, 0),
    ),
    "letterboxd ratings": (
        *("ratings.csv", LETTERBOXD_RATINGS.encode("utf-8-sig"), "Letterboxd", "5"),
        *({HEAT: 4.5, GOOD: 3.0}, 0),
    ),
    "letterboxd diary": (
        *("diary.csv", LETTERBOXD_DIARY.encode(), "Letterboxd", "5", {HEAT: 2.0, CASINO: None}, 0),
    ),
    "letterboxd list": (
        *("best.csv", LETTERBOXD_LIST.encode(), "Letterboxd", "5", {HEAT: "saved"}, 0),
    ),
    "imdb": ("ratings.csv", IMDB.encode(), "IMDb", "10", {HEAT: 4.5}, 1),
    "imdb until 2016": (
        *("ratings.csv", IMDB_2016.encode("cp1252"), "IMDb", "10", {HEAT: 4.5, CASINO: "saved"}, 0),
    ),
    "movielens": ("movielens.csv", MOVIELENS.encode(), "MovieLens", "5", {HEAT: 4.5}, 0),
    "tmdb": ("ratings.csv", TMDB.encode(), "TMDB", "10", {HEAT: 4.5}, 1),
    "criticker": ("ratings.csv", CRITICKER.encode(), "Criticker", "100", {HEAT: 4.5}, 1),
    "netflix": (
        *("Ratings.csv", NETFLIX.encode(), "Netflix", "netflix", {"Heat": 5.0, "Sabrina": 2.0}, 2),
    ),
    "netflix history": (
        *("History.csv", b"Title,Date\nHeat,6/19/25\nA Story: Season 1: Pilot,6/18/25\n"),
        *("Netflix", "netflix", {"Heat": None}, 1),
    ),
    "douban": ("douban.csv", DOUBAN.encode(), "Douban", "5", {"盗火线 / Heat (1995)": 5.0}, 0),
    "trakt": (
        *("ratings.json", json.dumps(TRAKT).encode(), "Trakt", "10"),
        *({HEAT: 4.5, CASINO: "saved"}, 1),
    ),
    "hundredths": (
        *("mine.tsv", HUNDRED.encode("utf-16"), "A table", "100", {"Heat": 4.5, "Casino": 2.0}, 0),
    ),
    "semicolons": ("mine.csv", SEMICOLONS.encode(), "A table", "5", {HEAT: 4.5}, 0),
    "star signs": ("mine.csv", STARS.encode(), "A table", "5", {HEAT: 4.5, CASINO: 3.0}, 0),
    "thumbs": ("mine.csv", THUMBS.encode(), "A table", "thumbs", {HEAT: 4.0, CASINO: 2.0}, 0),
}
