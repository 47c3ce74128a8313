"""Anyone's ratings: CSV and Parquet, with columns and scales of their own."""

from decimal import Decimal

import pandas as pd
import pytest

from db.errors import LoadError
from db.ingest.sources.read_as import ReadAs
from db.ingest.sources.stars import STARS, Scale

RATINGS = [(1, 10, 4.5, 60), (2, 11, 3.0, 120)]


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_text(content)
        return path

    return write


def test_csv_without_films_calls_them_by_number(file, read):
    found = read(file("mine.csv", "user,movie,rating,timestamp\n1,10,4.5,60\n2,11,3,120\n"))
    assert found.source.name == "mine.csv" and found.source.movies is None
    assert found.ratings == RATINGS


@pytest.mark.parametrize(
    "text",
    [
        "User ID,Item ID,Stars,Time\n1,10,4.5,60\n2,11,3,120",
        '"user","movie","rating","timestamp"\n"1","10","4.50","60"\n"2","11","3.0","120"\n',
        "user,movie,rating,timestamp\n1,10,4.5,1970-01-01T00:01:00Z\n"
        "2,11,3,1970-01-01 02:02:00+02:00\n",
        'comment,user,movie,rating,timestamp\nwell,1,10,4.5,60\n"a, b",2,11,3,120\n\n',
    ],
)
def test_columns_are_found_by_their_names(file, read, text):
    assert read(file("mine.csv", text)).ratings == RATINGS


def test_columns_that_the_user_names(file, read):
    path = file("mine.csv", "when,x,rating,movie_id,user_id\n60,a,4.5,10,1\n120,b,3,11,2\n")
    assert read(path, columns={"timestamp": "when"}).ratings == RATINGS
    with pytest.raises(LoadError, match="no column called 'who'"):
        read(path, columns={"timestamp": "when", "user": "who"})


def test_a_list_of_films_is_not_taken_for_ratings(file, read):
    with pytest.raises(LoadError, match=r"lists films and has no ratings.* --movies films.csv$"):
        read(file("films.csv", "movieId,title,genres\n1,Heat (1995),Crime\n"))


@pytest.mark.parametrize("header", ["Const,Your Rating,Title", "Date,Name,Year,Rating"])
def test_one_persons_own_ratings_are_no_list_of_films(file, read, header):
    with pytest.raises(LoadError, match=r"own.csv has no column for the user: it has "):
        read(file("own.csv", f"{header}\n{header}\n"))


def test_times_under_another_name_are_not_lost(file, read):
    path = file("mine.csv", "when,x,rating,movie_id,user_id\n1500000000,a,4.5,10,1\n")
    with pytest.raises(LoadError, match="'when' looks like one: say --column timestamp=when, or"):
        read(path)
    assert read(path, read_as=ReadAs(times="none")).ratings == [(1, 10, 4.5, 0)]


def test_films_beside_ratings(file, read):
    ratings = file("r.csv", "user,movie,rating,timestamp\n1,10,4.5,60\n2,11,3,120\n")
    films = file("f.csv", 'Movie ID,name,Year,genre\n10,"One, two",1999,A|B\n11,Three (2001),0,\n')
    found = read(ratings, movies=films)
    assert found.films == [(10, "One, two", 1999, "A|B"), (11, "Three (2001)", 2001, "")]
    assert found.ratings == RATINGS


def test_parquet(tmp_path, read):
    frame = pd.DataFrame(RATINGS, columns=["user", "movie", "rating", "timestamp"])
    frame.to_parquet(tmp_path / "seconds.parquet")
    frame["timestamp"] = pd.to_datetime(frame["timestamp"], unit="s", utc=True)
    frame.to_parquet(tmp_path / "timestamps.parquet")
    films = pd.DataFrame({"movie": [10, 11], "title": ["A (1999)", None], "year": [2001, None]})
    films.to_parquet(tmp_path / "films.parquet")
    for name in ("seconds.parquet", "timestamps.parquet"):
        found = read(tmp_path / name, movies=tmp_path / "films.parquet")
        assert found.ratings == RATINGS and not found.rejected
    assert found.films == [(10, "A (1999)", 2001, ""), (11, "(untitled film 11)", None, "")]


def test_parquet_rows_that_are_no_ratings(tmp_path, read):
    frame = pd.DataFrame(
        {
            "user": pd.array([1, None, 3, 4, 5, 6], "Int64"),
            "movie": [10, 10, -1, 10, 10, 10],
            "rating": [4.5, 3, 3, float("nan"), 4.25, 3],
            "timestamp": [60, 60, 60, 60, 60, 2**40],
        }
    )
    frame.to_parquet(tmp_path / "r.parquet")
    found = read(tmp_path / "r.parquet")
    assert found.ratings == RATINGS[:1]
    assert [(line, reason) for _, line, reason in found.rejected] == [
        (2, "user not a whole number"),
        (3, "unknown film"),
        (4, "rating off the scale or not a number"),
        (5, "rating off the scale or not a number"),
        (6, "timestamp missing, unreadable or out of range"),
    ]


def test_parquet_of_other_types_is_refused(tmp_path, read):
    frame = pd.DataFrame(RATINGS, columns=["user", "movie", "rating", "timestamp"])
    frame.assign(user=[{"id": 1}, {"id": 2}]).to_parquet(tmp_path / "r.parquet")
    with pytest.raises(LoadError, match="column user holds struct<id: int64>, not ids"):
        read(tmp_path / "r.parquet")


@pytest.mark.parametrize(
    ("text", "half_stars"),
    [
        *((f"{n / 2}", n) for n in range(1, 11)),
        *(("5", 10), ("4.50", 9), ("+3.", 6), ("05.0", 10)),
        *((text, 0) for text in ("0", "0.0", "5.5", "4.25", "-1", "", " 4", "nan", "inf", "4,5")),
        *((text, 0) for text in ("1e0", "0x4", "４", "4_0", "9" * 5000)),
    ],
)
def test_stars(text, half_stars):
    assert STARS.half_stars(text) == half_stars


@pytest.mark.parametrize(
    ("low", "high", "ratings"),
    [
        (1, 10, {"1": 1, "2": 2, "10": 10, "0": 0, "11": 0, "5.5": 6}),
        (0, 100, {"0": 1, "100": 10, "50": 6, "49.9": 5, "-0.1": 0}),
        (-10, 10, {"-10": 1, "10": 10, "9": 10, "0": 6}),
    ],
)
def test_other_scales(low, high, ratings):
    scale = Scale(Decimal(low), Decimal(high))
    assert {text: scale.half_stars(text) for text in ratings} == ratings


@pytest.mark.parametrize(
    ("low", "high", "seen", "half_stars"),
    [
        ("1", "5", ["1", "4"], {"1": 2, "2": 4, "3": 6, "4": 8, "5": 10}),
        ("1", "5", ["4.5"], {"1": 2, "1.5": 3, "4.5": 9, "5": 10}),
        ("1", "10", ["7"], {str(n): n for n in range(1, 11)}),
        ("0", "1", ["0"], {"0": 1, "1": 10}),
        ("0", "5", [], {"0": 5, "1": 6, "5": 10}),
        ("0", "5", ["4.5"], {"0": 1, "4.5": 9, "5": 10}),
        ("1", "7", ["-1", "n/a", "7"], {"1": 4, "6": 9, "7": 10, "-1": 0}),
        ("0", "100", ["50"], {"0": 1, "50": 6, "100": 10}),
        ("1", "10", ["7.3"], {"1": 1, "7.3": 7, "10": 10}),
    ],
)
def test_a_scale_of_few_numbers_keeps_each(low, high, seen, half_stars):
    scale = Scale(Decimal(low), Decimal(high)).fitted(seen)
    assert {text: scale.half_stars(text) for text in half_stars} == half_stars
    assert STARS.fitted(seen) == STARS


def test_tenths_of_stars_go_to_the_nearest_half():
    given = {"4.3": 9, "4.2": 8, "0.5": 1, "0.7": 1, "0.8": 2, "5": 10, "1": 2, "5.1": 0}
    tenths = Scale(Decimal("0.5"), Decimal(5))
    assert {text: tenths.half_stars(text) for text in given} == given


@pytest.mark.parametrize("ends", [("5", "1"), ("1", "1"), ("NaN", "5"), ("1", "Infinity")])
def test_a_scale_that_is_none(ends):
    with pytest.raises(ValueError, match="from a number to a larger one"):
        Scale(*map(Decimal, ends))


def test_an_address_of_another_kind_says_which_are_read(read):
    with pytest.raises(LoadError, match=r"ftp://host/r\.csv can't .* begin with http"):
        read("ftp://host/r.csv")
