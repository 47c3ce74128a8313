"""Every layout, from small handmade files with nasty titles: what is in them arrives unharmed."""

import pytest

TOY_STORY = (1, "Toy Story (1995)", 1995, "Animation|Comedy")

ML_CSV = {
    "ratings.csv": "userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,2,0.5,964981247\n"
    "2,1,5.0,1147880044\n",
    "movies.csv": "movieId,title,genres\n"
    "1,Toy Story (1995),Animation|Comedy\n"
    '2,"Good, the Bad and the Ugly, The (Buono, il brutto, il cattivo, Il) (1966)",Western\n'
    '3,"""Great Performances"" Cats (1998)",(no genres listed)\n'
    "4,Amélie: Le Fabuleux Destin – 映画 (2001) ,Comedy\n"
    "5,Babylon 5,Sci-Fi\n"
    "6,Hamlet (2000),Drama\n"
    "7,Hamlet (2000),Drama\n"
    "8,Back\\slash 'n' \"quote\" (1999),Drama\n",
    "links.csv": "movieId,imdbId,tmdbId\n1,0114709,862\n2,0060196,\n",
    "tags.csv": "userId,movieId,tag,timestamp\n"
    '2,1,"pixar, ""fun""",1147880055\n1,2,été ☀,964981300\n',
}
FILMS = [
    TOY_STORY,
    (
        2,
        "Good, the Bad and the Ugly, The (Buono, il brutto, il cattivo, Il) (1966)",
        1966,
        "Western",
    ),
    (3, '"Great Performances" Cats (1998)', 1998, ""),
    (4, "Amélie: Le Fabuleux Destin – 映画 (2001) ", 2001, "Comedy"),
    (5, "Babylon 5", None, "Sci-Fi"),
    (6, "Hamlet (2000)", 2000, "Drama"),
    (7, "Hamlet (2000)", 2000, "Drama"),
    (8, "Back\\slash 'n' \"quote\" (1999)", 1999, "Drama"),
]
RATINGS = [(1, 1, 4.0, 964982703), (1, 2, 0.5, 964981247), (2, 1, 5.0, 1147880044)]
TAGS = [(2, 1, 'pixar, "fun"', 1147880055), (1, 2, "été ☀", 964981300)]

CRLF = {name: text.replace("\n", "\r\n") for name, text in ML_CSV.items()}
WITH_BOM = {name: "\ufeff" + text for name, text in ML_CSV.items()}
UNTERMINATED = {name: text.removesuffix("\n") for name, text in ML_CSV.items()}


@pytest.mark.parametrize("files", [ML_CSV, CRLF, WITH_BOM, UNTERMINATED])
def test_csv(folder, read, files):
    found = read(folder(files, "ml-latest"))
    assert found.source.name == "ml-latest"
    assert (found.films, found.ratings, found.tags) == (FILMS, RATINGS, TAGS)
    assert not found.rejected
    linked = found.source.movies.set_index("movie_id")
    assert linked.imdb_id[[1, 2]].tolist() == ["0114709", "0060196"]
    assert linked.tmdb_id[1] == 862 and linked.tmdb_id.isna().sum() == 7


def test_a_zip_is_as_good_as_a_folder(zipped, read):
    inside = {f"ml-tiny/{name}": text for name, text in CRLF.items()}
    found = read(zipped(inside | {"ml-tiny/README.txt": "", "__MACOSX/ratings.csv": "x"}))
    assert (found.films, found.ratings, found.tags) == (FILMS, RATINGS, TAGS)


def test_links_and_tags_may_be_missing(folder, read):
    found = read(folder({name: ML_CSV[name] for name in ("ratings.csv", "movies.csv")}))
    assert (found.films, found.ratings, found.tags) == (FILMS, RATINGS, [])


ML_DAT_MOVIES = (
    "1::Toy Story (1995)::Animation|Comedy\n"
    "2::Star Wars: Episode IV: A New Hope (1977)::Action|Sci-Fi\n"
    "3::City of Lost Children, The (Cité des enfants perdus, La) (1995)::Adventure\n"
    "4::Double::Colon:::: (1999)::Drama\n"
)
ML_DAT = {
    "ratings.dat": "1::2::5::978300760\n1::1::3::978302109\n2::1::4::978298413\n",
    "users.dat": "1::F::1::10::48067\n",
}


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_dat(folder, read, encoding):
    found = read(folder(ML_DAT | {"movies.dat": ML_DAT_MOVIES.encode(encoding)}))
    assert found.films == [
        TOY_STORY,
        (2, "Star Wars: Episode IV: A New Hope (1977)", 1977, "Action|Sci-Fi"),
        (3, "City of Lost Children, The (Cité des enfants perdus, La) (1995)", 1995, "Adventure"),
        (4, "Double::Colon:::: (1999)", 1999, "Drama"),
    ]
    # By film within a user: table ratings is kept in that order
    assert found.ratings == [(1, 1, 3.0, 978302109), (1, 2, 5.0, 978300760), (2, 1, 4.0, 978298413)]
    assert not found.rejected


def test_dat_with_half_stars_and_tags_that_hold_colons(folder, read):
    files = {
        "ratings.dat": "1::1::4.5::978300760\n",
        "movies.dat": ML_DAT_MOVIES,
        "tags.dat": "1::1::a::b: c::978300761\n1::2::plain::978300762\n",
    }
    found = read(folder(files))
    assert found.ratings == [(1, 1, 4.5, 978300760)]
    assert found.tags == [(1, 1, "a::b: c", 978300761), (1, 2, "plain", 978300762)]


def test_100k(folder, read):
    comedy, nothing, unknown = ("0|0|0|0|0|1" + 13 * "|0", "0" + 18 * "|0", "1" + 18 * "|0")
    items = (
        f"1|Toy Story (1995)|01-Jan-1995||http://us.imdb.com/M/title-exact?Toy%20Story|{comedy}\n"
        f"2|Taxi Driver (1976)|16-Feb-1996||http://x|{nothing}\n"
        f"3|Misérables, Les|01-Jan-1998||http://x|{comedy}\n"
        f"4|unknown||||{unknown}\n"
    )
    files = {
        "u.data": "196\t1\t3\t881250949\n22\t2\t1\t878887116\n196\t2\t5\t881250950\n",
        "u.item": items.encode("latin-1"),
        "u.user": "1|24|M|technician|85711\n",
    }
    found = read(folder(files))
    assert found.films == [
        (1, "Toy Story (1995)", 1995, "Comedy"),
        (2, "Taxi Driver (1976)", 1976, ""),
        (3, "Misérables, Les", 1998, "Comedy"),
        (4, "unknown", None, ""),
    ]
    assert sorted(found.ratings) == [
        (22, 2, 1.0, 878887116),
        (196, 1, 3.0, 881250949),
        (196, 2, 5.0, 881250950),
    ]
