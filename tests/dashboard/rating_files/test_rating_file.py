"""Every service's files are read as they were meant; what is broken is told with its row."""

import json

import pytest

from dashboard.rating_files.file_entries import RatingFileError
from dashboard.rating_files.rating_file import ReadRatings, read_rating_file
from dashboard.rating_files.uploads import MOST_BYTES
from tests.dashboard.rating_files import samples
from tests.dashboard.rating_files.samples import SAMPLES, TRAKT, zipped


def films(file: ReadRatings) -> dict:
    """By film, what counts most: stars, None for seen, "saved"."""
    order = {"saved": 0, "seen": 1, "rated": 2}
    entries = sorted(file.entries, key=lambda each: order[each[0].kind])
    return {entry.said: "saved" if entry.kind == "saved" else stars for entry, stars in entries}


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_file_is_read_as_it_was_meant(sample):
    name, data, service, scale, stars, left_out = SAMPLES[sample]
    file = read_rating_file(name, data)
    assert (file.service, file.scale.key) == (service, scale)
    assert films(file) == stars
    assert len(file.left_out) == left_out
    assert file.guessed == (service in ("A table", "Criticker"))


def test_the_visitor_chooses_whose_ratings_and_which_scale():
    file = read_rating_file("Ratings.csv", samples.NETFLIX.encode(), person="B")
    assert (file.people, file.person, films(file)) == (("A", "B"), "B", {"Heat": 1.0})
    table = b"title,rating\nHeat,4\n"
    assert films(read_rating_file("mine.csv", table)) == {"Heat": 4.0}
    assert films(read_rating_file("mine.csv", table, scale="10")) == {"Heat": 2.0}
    assert films(read_rating_file("mine.csv", table, scale="nonsense")) == {"Heat": 4.0}


def test_formulas_are_texts():
    file = read_rating_file("mine.csv", b'title,rating\n"=HYPERLINK(""x"")",4\n')
    assert films(file) == {'=HYPERLINK("x")': 4.0}


HEADER = "Title,Year,Rating"
TABLE = f"{HEADER}\nHeat,1995,4\n"


def imdb(rating: str, const: str = "tt0113277", year: str = "1995", kind: str = "Movie") -> str:
    return f"Const,Title,Your Rating,Year,Title Type\n{const},Heat,{rating},{year},{kind}\n"


def netflix(kind: str, star: str, thumb: str) -> str:
    head = samples.NETFLIX.splitlines()[0]
    return f"{head}\nA,Heat,{kind},{star},{thumb},TV,2020-01-01,\n"


ROWS = {
    # A row beside a good one is left out, with its place and the reason
    "no rating 1": ("Casino,1995,abc", "“abc” is no rating"),
    "no rating 2": ("Casino,1995,4 or 5", "“4 or 5” is no rating"),
    "no rating 3": ("Casino,1995,NaN", "“NaN” is no rating"),
    "no rating 4": ("Casino,1995,inf", "“inf” is no rating"),
    "no rating 5": ("Casino,1995,1e3", "“1e3” is no rating"),
    "no rating 6": ("Casino,1995,=1+1", "“=1+1” is no rating"),
    "no rating 7": ("Casino,1995,4%", "“4%” is no rating"),
    "no rating 8": ("Casino,1995,--4", "“--4” is no rating"),
    "no rating 9": ("Casino,1995,0x4", "“0x4” is no rating"),
    "no rating 10": ("Casino,1995,four", "“four” is no rating"),
    "code 0": ("Casino,1995,0", "0 stands for no rating"),
    "code -1": ("Casino,1995,-1", "-1 stands for no rating"),
    "negative": ("Casino,1995,-3.5", "-3.5 stands for no rating"),
    "no year 1": ("Casino,soon,4", "“soon” is no year"),
    "no year 2": ("Casino,19955,4", "“19955” is no year"),
    "no year 3": ("Casino,0,4", "“0” is no year"),
    "no year 4": ("Casino,-1995.5.5e,x", "“x” is no rating"),
    "no title": (",1995,4", "it names no film"),
    "blank title": ("   ,1995,4", "it names no film"),
    "short": ("Casino,1995", "it has 2 cells, the header 3"),
    "shorter": ("Casino", "it has 1 cells, the header 3"),
    "long": ("Casino,1995,4,5", "it has 4 cells, the header 3"),
    "longer": ("Casino, the film,1995,4,5", "it has 5 cells, the header 3"),
}


@pytest.mark.parametrize("broken", ROWS)
def test_a_broken_row_is_left_out_with_its_place_and_the_reason(broken):
    row, reason = ROWS[broken]
    file = read_rating_file("mine.csv", f"{TABLE}\n{row}\n".encode())
    assert films(file) == {"Heat (1995)": 4.0}
    assert [(left.row, left.reason) for left in file.left_out] == [(4, reason)]


WHOLE = {
    # A file in which nothing can be used says why, and which row
    "imdb 1": (imdb("11"), "Row 2: 11 is more than 10"),
    "imdb 2": (imdb("0"), "Row 2: 0 stands for no rating"),
    "imdb 3": (imdb("nine"), "Row 2: “nine” is no rating"),
    "imdb 4": (imdb("9", year="MCMXCV"), "Row 2: “MCMXCV” is no year"),
    "imdb 5": (imdb("9", kind="TV Series"), "Row 2: it is no film, but TV Series"),
    "imdb 6": (imdb("9", kind="TV Episode"), "Row 2: it is no film, but TV Episode"),
    "imdb 7": (imdb("9", kind="Video Game"), "Row 2: it is no film, but Video Game"),
    "imdb 8": (imdb("9", kind="tvMiniSeries"), "Row 2: it is no film, but tvMiniSeries"),
    "imdb 9": (imdb("9", kind="Podcast Episode"), "Row 2: it is no film, but Podcast Episode"),
    "letterboxd 1": (
        samples.LETTERBOXD_RATINGS[:53] + "Heat,1995,u,9",
        "Row 2: it has 6 cells, the header 5",
    ),
    "letterboxd 2": (
        "Date,Name,Year,Letterboxd URI,Rating\n2023-01-01,Heat,1995,u,5.5",
        "Row 2: 5.5 is more than 5",
    ),
    "letterboxd 3": ("Date,Name,Year,Letterboxd URI,Rating\n,,,u,5", "Row 2: it names no film"),
    "netflix 1": (netflix("star", "0", ""), "Row 2: 0 stands for no rating"),
    "netflix 2": (netflix("star", "-1", ""), "Row 2: -1 stands for no rating"),
    "netflix 3": (netflix("thumb", "", ""), "Row 2: nothing stands for no rating"),
    "netflix 4": (netflix("thumb", "", "7"), "Row 2: 7 is no thumb"),
    "netflix 5": (netflix("star", "6", ""), "Row 2: 6 is more than 5"),
    "criticker": (samples.CRITICKER.splitlines()[0] + "\n101,Heat,1995,,,", "Row 2 of"),
    "any range": (f"{HEADER}\nHeat,1995,4000", "has the rating 4000; the scales"),
    "quotes": (f'{TABLE}Casino,1995,"4" or so\n', "Row 3 of mine.csv: its quotes don’t match"),
    "open quote": (f'{TABLE}"Casino,1995,4\n', "Row 3 of mine.csv: its quotes don’t match"),
    "long cell": (f"{TABLE}{'x' * 200_000},1995,4", "Row 3 of mine.csv: a cell is too long"),
    "header alone": (HEADER, "holds no film"),
    "no header": ("Heat,1995,4\nCasino,1995,3\n", "a row that names its columns"),
    "no rating": ("Title,Year\nHeat,1995\n", "among them title and rating"),
    "no film": ("Date,Rating\n2020-01-01,4\n", "among them title and rating"),
    "prose": ("I like Heat a lot.", "a row that names its columns"),
    "nothing": ("", "is empty"),
    "blanks": (" \n\n ", "is empty"),
    "many rows": (HEADER + "\nHeat,1995,4" * 50_001, "too many rows; 50,000 are the most"),
    "blank rows": (TABLE + "\n" * 300_000, "too many rows"),
}


@pytest.mark.parametrize("broken", WHOLE)
def test_a_file_that_cannot_be_used_says_why(broken):
    text, reason = WHOLE[broken]
    with pytest.raises(RatingFileError) as error:
        read_rating_file("mine.csv", text.encode())
    assert reason in str(error.value)


def trakt(**changes) -> bytes:
    return json.dumps([TRAKT[0] | changes]).encode()


BYTES = {
    "cut JSON": ("x.json", json.dumps(TRAKT).encode()[:-9], "it is not JSON"),
    "deep JSON": ("x.json", b"[" * 100_000, "it is not JSON"),
    "an object": ("x.json", b'{"a": 1}', "is no profile of Reelscope"),
    "a number in it": ("x.json", b"[3]", "Row 1: it is no object"),
    "a show": ("x.json", trakt(type="show"), "Row 1: it is no film, but show"),
    "no movie": ("x.json", b'[{"type": "movie"}]', "Row 1: it is no film"),
    "movie a text": ("x.json", trakt(movie="Heat"), "Row 1: its movie is 'Heat'"),
    "no name": ("x.json", trakt(movie={"year": 1995}), "Row 1: it names no film"),
    "title a list": ("x.json", trakt(movie={"title": ["Heat"]}), "Row 1: its title is"),
    "ids a list": ("x.json", trakt(movie={"title": "Heat", "ids": [1]}), "Row 1: its ids is"),
    "year a text": ("x.json", trakt(movie={"title": "Heat", "year": "x"}), "Row 1: its year is"),
    "huge id": ("x.json", trakt(movie={"title": "H", "ids": {"tmdb": 2**40}}), "Row 1: its tmdb"),
    "trakt 11": ("x.json", trakt(rating=11), "Row 1: 11 is more than 10"),
    "trakt nothing": ("x.json", trakt(rating=None), "Row 1: “None” is no rating"),
    "binary": ("x.csv", b"\x89PNG\0\0\0", "is no text file"),
    "no encoding": ("x.csv", b"Title,Rating\nCaf\x81\xff,4", "save it as UTF-8"),
    "half UTF-16": ("x.csv", TABLE.encode("utf-16")[:-1], "save it as UTF-8"),
    "too large": ("x.csv", b"x" * (MOST_BYTES + 1), "is larger than 10 MB"),
    "no zip": ("x.zip", b"PK\3\4 and nothing more", "damaged or encrypted zip"),
    "cut zip": ("x.zip", samples.LETTERBOXD_ZIP[:-30], "damaged or encrypted zip"),
    "traversal": ("x.zip", zipped({"../ratings.csv": TABLE}), "names a file outside itself"),
    "absolute": ("x.zip", zipped({"/etc/ratings.csv": TABLE}), "names a file outside itself"),
    "drive": ("x.zip", zipped({"C:\\ratings.csv": TABLE}), "names a file outside itself"),
    "backslash": ("x.zip", zipped({"a\\..\\..\\r.csv": TABLE}), "names a file outside itself"),
    "bomb": ("x.zip", zipped({"r.csv": b"0" * 50_000_000}), "that is no export of ratings"),
    "zip of pictures": ("x.zip", zipped({"a.png": b"x"}), "holds no CSV or JSON file"),
    "only deleted": ("x.zip", zipped({"deleted/diary.csv": TABLE}), "holds no CSV or JSON file"),
    "many files": ("x.zip", zipped({f"{i}.txt": "" for i in range(501)}), "500 are the most"),
}


@pytest.mark.parametrize("broken", BYTES)
def test_bytes_that_cannot_be_used_are_refused(broken):
    name, data, reason = BYTES[broken]
    with pytest.raises(RatingFileError) as error:
        read_rating_file(name, data)
    assert reason in str(error.value)


def test_there_are_enough_broken_files():
    assert len(ROWS) + len(WHOLE) + len(BYTES) >= 60


def test_a_member_that_grows_past_the_limit_is_refused():
    """Many members, each harmless, together too large."""
    text = "".join(f"{i:x}" for i in range(900_000))
    packed = zipped({f"{i}.csv": text for i in range(3)})
    with pytest.raises(RatingFileError, match="unpacks to more than 10 MB"):
        read_rating_file("x.zip", packed)
