"""Published sets of ratings that are neither MovieLens nor a table: read as they are."""

import pytest

from db.ingest.sources.jester import JOKES
from tests.db.ingest.sources.test_folders import zipped_bytes

DAY = 1_125_964_800  # 2005-09-06
NETFLIX = {
    "combined_data_1.txt": "1:\n1488844,3,2005-09-06\n822109,5,2005-09-07\n"
    "30:\n822109,1,2005-09-06\n",
    "combined_data_2.txt": "4500:\r\n2532865,4,2005-09-06\r\n",
    "movie_titles.csv": "1,2003,Dinosaur Planet\n30,2003,Love, Actually\n4500,NULL,Amélie\n".encode(
        "latin-1"
    ),
    "probe.txt": "1:\n30878\n",
    "README": "Netflix Prize",
}
NETFLIX_FILMS = [
    (1, "Dinosaur Planet", 2003, ""),
    (30, "Love, Actually", 2003, ""),
    (4500, "Amélie", None, ""),
]
NETFLIX_RATINGS = [
    (822109, 1, 5.0, DAY + 86_400),
    (822109, 30, 1.0, DAY),
    (1488844, 1, 3.0, DAY),
    (2532865, 4500, 4.0, DAY),
]


def test_the_netflix_prize(folder, read, tmp_path):
    where = folder(NETFLIX)
    found = read(where)
    assert (found.films, sorted(found.ratings)) == (NETFLIX_FILMS, NETFLIX_RATINGS)
    assert not found.rejected
    (tmp_path / "netflix.zip").write_bytes(zipped_bytes(NETFLIX))
    assert sorted(read(tmp_path / "netflix.zip").ratings) == NETFLIX_RATINGS
    alone = read(where / "combined_data_1.txt")  # with the titles beside it
    assert (alone.films, sorted(alone.ratings)) == (NETFLIX_FILMS, NETFLIX_RATINGS[:3])


def test_the_netflix_prize_with_a_file_for_each_film(folder, read, tmp_path):
    files = {
        "movie_titles.txt": NETFLIX["movie_titles.csv"],
        "training_set/mv_0000001.txt": "1:\n1488844,3,2005-09-06\n822109,5,2005-09-07",
        "training_set/mv_0000030.txt": "30:\n822109,1,2005-09-06\n",
        "training_set/mv_0004500.txt": "4500:\r\n2532865,4,2005-09-06\r\n",
        "probe.txt": "1:\n30878\n",
    }
    found = read(folder(files))
    assert (found.films, sorted(found.ratings)) == (NETFLIX_FILMS, NETFLIX_RATINGS)
    assert not found.rejected
    (tmp_path / "nf.zip").write_bytes(zipped_bytes(files))
    assert sorted(read(tmp_path / "nf.zip").ratings) == NETFLIX_RATINGS


def test_lines_of_the_netflix_prize_keep_their_numbers(folder, read):
    rows = [f"{user},4,2005-09-06\n" for user in range(1, 400)]
    text = "".join(["7:\n", *rows[:200], "oops,4,2005-09-06\n", "8:\n", *rows[200:]])
    found = read(folder({"combined_data_1.txt": text}))
    assert found.rejected == [("combined_data_1.txt", 202, "user not a whole number")]
    films = [film for _, film, _, _ in found.ratings]
    assert (films.count(7), films.count(8)) == (200, 199)


@pytest.mark.parametrize("size", range(1, 12))
def test_wherever_the_netflix_prize_is_cut_into_parts(folder, read, monkeypatch, size):
    monkeypatch.setattr("db.ingest.sources.netflix_prize.PART_BYTES", size)
    assert sorted(read(folder(NETFLIX)).ratings) == NETFLIX_RATINGS


def test_jester(folder, read):
    cells = ["99"] * (JOKES - 3)
    files = {
        "jester-data-1.csv": ",".join(["3", "-10", "10", "9.81", *cells]) + "\n",
        "jester-data-2.csv": ",".join(["1", "99", "-9.9", "99.00", *cells]) + "\n",
    }
    found = read(folder(files))
    assert [rating[:3] for rating in found.ratings] == [
        (1, 1, 0.5),
        (1, 2, 5.0),
        (1, 3, 5.0),
        (100_001, 2, 0.5),
    ]
    assert not found.source.has_times and str(found.source.scale) == "-10 to 10"


RECBOLE = {
    "ml.inter": "user_id:token\titem_id:token\trating:float\ttimestamp:float\n"
    "196\t242\t3\t881250949\n186\t302\t4\t891717742\n",
    "ml.item": "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n"
    "242\tKolya\t1996\tComedy\n302\tL.A. Confidential\t1997\tCrime Film-Noir\n",
    "ml.user": "user_id:token\tage:token\n196\t49\n",
}


def test_recbole(folder, read):
    where = folder(RECBOLE)
    for found in (read(where), read(where / "ml.inter")):
        assert sorted(found.ratings) == [(186, 302, 4.0, 891717742), (196, 242, 3.0, 881250949)]
        assert found.films == [
            (242, "Kolya", 1996, "Comedy"),
            (302, "L.A. Confidential", 1997, "Crime|Film-Noir"),
        ]


USERS = ("A3JKLMNOP1234", "A2VHSG6TZHU1OB", "A1CX7LUOHB2NDG")
PRODUCTS = ("0001527665", "B005089549", "000152766X")


@pytest.mark.parametrize("product_first", [False, True], ids=["2014", "2018"])
def test_amazon_without_header(folder, read, product_first):
    pairs = [(user, product) for user in USERS for product in PRODUCTS]
    cells = [pair[::-1] if product_first else pair for pair in pairs]
    text = "".join(f"{a},{b},5.0,1362614400\n" for a, b in cells)
    found = read(folder({"Movies_and_TV.csv": text}) / "Movies_and_TV.csv")
    assert len(found.ratings) == 9
    ids = found.source.ids
    assert set(ids.users.numbers) == set(USERS) and set(ids.films.numbers) == set(PRODUCTS)


def test_amazon_of_2023(folder, read):
    text = "".join(f"{u},{p},5.0,1563763077000\n" for u in USERS for p in PRODUCTS)
    where = folder({"r.csv": "user_id,parent_asin,rating,timestamp\n" + text})
    assert {rating[3] for rating in read(where / "r.csv").ratings} == {1563763077}


METADATA = """adult,genres,id,imdb_id,original_title,overview,release_date,title
False,"[{'id': 16, 'name': 'Animation'}]",862,tt0114709,Toy Story,"Led by
Woody",1995-10-30,Toy Story
False,"[{'id': 12, 'name': 'Adventure'}]",8844,tt0113497,Jumanji,When,1995-12-15,Jumanji
False,[],77,tt0000077,Nobody's,,1999-01-01,Nobody's
 - Written by Nobody,[],1997-08-20,1
"""


def test_the_movies_dataset(folder, read):
    files = {
        "ratings.csv": "userId,movieId,rating,timestamp\n1,110,1.0,1425941529\n"
        "1,3,5.0,1425942435\n",
        "ratings_small.csv": "userId,movieId,rating,timestamp\n1,110,1.0,1425941529\n",
        "movies_metadata.csv": METADATA,
        "links.csv": "movieId,imdbId,tmdbId\n110,0114709,862\n147,0113497,8844.0\n3,0000003,\n",
        "links_small.csv": "movieId,imdbId,tmdbId\n110,0114709,862\n",
        "keywords.csv": "id,keywords\n862,[]\n",
    }
    found = read(folder(files))
    assert found.ratings == [(1, 3, 5.0, 1425942435), (1, 110, 1.0, 1425941529)]
    assert found.films == [
        (110, "Toy Story", 1995, "Animation"),
        (147, "Jumanji", 1995, "Adventure"),
        (3, "(untitled film 3)", None, ""),
    ]
    assert found.source.movies["imdb_id"].tolist() == ["0114709", "0113497", "0000003"]
    assert found.reasons == {"film not a whole number": 1, "wrong number of fields": 1}
