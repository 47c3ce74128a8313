"""Every row that can't be used is left out for a reason, with its file and line."""

import pytest

from db.errors import LoadError
from db.ingest.sources import event_lines
from db.ingest.sources.blocks import BLOCK_BYTES
from db.ingest.sources.rejections import Rejections

MOVIES = "movieId,title,genres\n1,A (1999),Drama\n2,B (1999),Drama\n"
HEADER = "userId,movieId,rating,timestamp\n"
GOOD = "7,1,4.0,964982703\n"

OFF_SCALE = "rating off the scale or not a number"
DAMAGE = [
    ("8,1,5.5,964982703", OFF_SCALE),
    ("8,1,0.0,964982703", OFF_SCALE),
    ("8,1,4.25,964982703", OFF_SCALE),
    ("8,1,-1,964982703", OFF_SCALE),
    ("8,1,NaN,964982703", OFF_SCALE),
    ("8,1,inf,964982703", OFF_SCALE),
    ("8,1,4e0,964982703", OFF_SCALE),
    ("8,1,,964982703", OFF_SCALE),
    ("8,1,good,964982703", OFF_SCALE),
    ("8,3,4.0,964982703", "unknown film"),
    ("8,-1,4.0,964982703", "unknown film"),
    ("8,1.0,4.0,964982703", "unknown film"),
    ("8,4294967297,4.0,964982703", "unknown film"),  # 1 modulo 2^32
    ("7,1,3.0,964982000", "duplicate user–film pair"),
    ("8,1,4.0,-1", "timestamp missing, unreadable or out of range"),
    ("8,1,4.0,2147483648", "timestamp missing, unreadable or out of range"),
    ("8,1,4.0,964982703000", "timestamp missing, unreadable or out of range"),
    ("8,1,4.0,99999999999999999999", "timestamp missing, unreadable or out of range"),
    ("8,1,4.0,soon", "timestamp missing, unreadable or out of range"),
    ("8,1,4.0,2001-02-30", "timestamp missing, unreadable or out of range"),
    ("8,1,4.0,", "timestamp missing, unreadable or out of range"),
    ("8,1,4.0", "wrong number of fields"),
    ("8,1,4.0,964982703,", "wrong number of fields"),
    ("8,1,4,0,964982703", "wrong number of fields"),
    ('8,1,"4.0,964982703', "wrong number of fields"),
    ("8", "wrong number of fields"),
    ("8,1,4.0,96\r4982703", "wrong number of fields"),
    (b"8,1,4.0,\xff964982703", "undecodable bytes"),
    (b"8,1,4.0,\x00964982703", "undecodable bytes"),
    ("a,1,4.0,964982703", "user not a whole number"),
    ("0x8,1,4.0,964982703", "user not a whole number"),
    (" 8,1,4.0,964982703", "user not a whole number"),
    ("-8,1,4.0,964982703", "user not a whole number"),
    ("2147483648,1,4.0,964982703", "user not a whole number"),
]


@pytest.mark.parametrize(("row", "reason"), DAMAGE)
@pytest.mark.parametrize("after", ["", "9,1,3.0,964982704\n"])
def test_a_damaged_row_of_ratings(folder, read, row, reason, after):
    row = row if isinstance(row, bytes) else row.encode()
    ratings = (HEADER + GOOD).encode() + row + b"\n" + after.encode()
    found = read(folder({"ratings.csv": ratings, "movies.csv": MOVIES}))
    assert found.ratings == [(7, 1, 4.0, 964982703), (9, 1, 3.0, 964982704)][: 1 + bool(after)]
    assert found.rejected == [("ratings.csv", 3, reason)]
    assert found.reasons == {reason: 1}


def test_damage_in_a_large_file_is_found_where_it_is(folder, read):
    rows = [f"{user},{1 + user % 2},3.5,964982703\n" for user in range(1, 20_001)]
    rows[17] = "18,1,3.5\n"
    rows[12_345] = "x,1,3.5,964982703\n"
    rows[19_999] = rows[19_998]
    found = read(folder({"ratings.csv": HEADER + "".join(rows), "movies.csv": MOVIES}))
    assert len(found.ratings) == 19_997 and len(set(found.ratings)) == 19_997
    assert [(line, reason) for _, line, reason in found.rejected] == [
        (19, "wrong number of fields"),
        (12_347, "user not a whole number"),
        (20_000, "duplicate user–film pair"),
    ]


def test_lines_read_singly_and_by_arrow_are_the_same(folder, read, monkeypatch):
    rows = "".join(f"{user},1,{user % 10 / 2 + 0.5},{964982703 + user}\n" for user in range(3000))
    fast = read(folder({"ratings.csv": HEADER + rows, "movies.csv": MOVIES}, "a"))
    monkeypatch.setattr(event_lines.EventLines, "_is_plain", lambda self, data: False)
    slow = read(folder({"ratings.csv": HEADER + rows, "movies.csv": MOVIES}, "b"))
    assert fast.ratings == slow.ratings and len(fast.ratings) == 3000


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,Again (1999),Drama", "film listed before"),
        ("x,No number,Drama", "film not a whole number"),
        ("-1,No number,Drama", "film not a whole number"),
        ("2147483648,No number,Drama", "film not a whole number"),
        ("3,No genres", "wrong number of fields"),
        ("3,Too, many,Drama", "wrong number of fields"),
        ('3,"No end,Drama', "wrong number of fields"),
        (b"3,Am\xe9lie,Drama", "undecodable bytes"),
        (b"3,N\x00L,Drama", "undecodable bytes"),
    ],
)
def test_a_damaged_row_of_films(folder, read, row, reason):
    row = row if isinstance(row, bytes) else row.encode()
    movies = MOVIES.encode() + row + b"\n4,Last,\n"
    found = read(folder({"ratings.csv": HEADER + GOOD, "movies.csv": movies}))
    assert [film[0] for film in found.films] == [1, 2, 4]
    assert found.rejected == [("movies.csv", 4, reason)]


def test_damaged_links_and_tags(folder, read):
    files = {
        "ratings.csv": HEADER + GOOD,
        "movies.csv": MOVIES,
        "links.csv": "movieId,imdbId,tmdbId\n1,ttx,1\n2,1,x\n9,1,1\n1,0012\n1,0012,5\n",
        "tags.csv": "userId,movieId,tag,timestamp\n7,1,ok,964982703\n7,9,no film,964982703\n"
        '7,1,"no end,964982703\n7,1,when,never\n7,1,,964982703\n',
    }
    found = read(folder(files))
    assert found.source.movies.imdb_id.tolist()[0] == "0012"
    assert found.tags == [(7, 1, "ok", 964982703), (7, 1, "", 964982703)]
    assert found.rejected == [
        ("links.csv", 2, "link not a whole number"),
        ("links.csv", 3, "link not a whole number"),
        ("links.csv", 4, "unknown film"),
        ("links.csv", 5, "wrong number of fields"),
        ("tags.csv", 3, "unknown film"),
        ("tags.csv", 4, "wrong number of fields"),
        ("tags.csv", 5, "timestamp missing, unreadable or out of range"),
    ]


def test_the_first_hundred_are_listed_and_all_are_counted(folder, read):
    rows = "".join(f"{user},9,3.5,964982703\n" for user in range(1000))
    found = read(folder({"ratings.csv": HEADER + GOOD + rows, "movies.csv": MOVIES}))
    assert found.reasons == {"unknown film": 1000}
    assert [line for _, line, _ in found.rejected] == list(range(3, 103))


def test_how_many_are_too_many(folder, read):
    rows = "".join(f"{user},1,3.5,964982703\n" for user in range(10, 208))
    text = HEADER + GOOD + rows + "x,1,3.5,964982703\n"  # 1 of 200
    rejections = read(folder({"ratings.csv": text, "movies.csv": MOVIES})).source.rejections
    assert rejections.too_many(0.005) is None
    assert rejections.too_many(0.004) == (
        "1 of 200 rows of ratings.csv can't be used (0.50%; at most 0.40% may be):"
        " user not a whole number (1 row)."
    )
    assert Rejections().too_many(0) is None


CUT = "ratings.csv is not complete: it ends in the middle of line 3"


@pytest.mark.parametrize("end", ["8", "8,1", "8,1,4.0", "8,1,4.0,", "8,1,4.0,9649"])
def test_a_file_that_was_cut_short_is_refused(folder, read, end):
    with pytest.raises(LoadError, match=CUT):
        read(folder({"ratings.csv": HEADER + GOOD + end, "movies.csv": MOVIES}))


def test_a_list_of_films_that_was_cut_short_is_refused(folder, read):
    with pytest.raises(LoadError, match=r"movies.csv is not complete.*line 3"):
        read(folder({"ratings.csv": HEADER + GOOD, "movies.csv": MOVIES[:40]}))


def test_a_line_without_end_is_refused(tmp_path, read):
    path = tmp_path / "zeros.csv"
    path.write_bytes(b"user,movie,rating,timestamp\n" + bytes(BLOCK_BYTES + 1))
    with pytest.raises(LoadError, match="a line of over a megabyte"):
        read(path)
