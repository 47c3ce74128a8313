"""The Netflix Prize: combined_data_N.txt, where "7:" stands above the ratings of film 7.

Below it is a line "user,stars,date" for each. As it was published first, each film has a file of
its own: training_set/mv_0000007.txt. movie_titles.csv, or .txt, has "number,year,title", with
commas in titles and NULL for no year, in Latin-1.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import IO

from db.ingest.sources.csv_tables import CsvRatings
from db.ingest.sources.event_layout import event_layout
from db.ingest.sources.files import SourceFile
from db.ingest.sources.movie_lines import Film
from db.ingest.sources.read_as import ReadAs
from db.ingest.sources.rejections import FIELDS, Unusable
from db.ingest.sources.release_year import release_year
from db.ingest.sources.rewritten import rewritten

TITLES = ("movie_titles.csv", "movie_titles.txt")
OF_ONE_FILM = re.compile(r"mv_[0-9]{7}\.txt")
ENCODINGS = ("utf-8", "latin-1")
FILM = re.compile(rb"^([0-9]{1,9}):\r?$", re.MULTILINE)
FIRST = re.compile(rb"(?:\xef\xbb\xbf)?[0-9]{1,9}:\r?\n")
COLUMNS = {"user": "1", "rating": "2", "timestamp": "3", "movie": "4"}
PART_BYTES = 1 << 20
GROWS = 1.3  # times, by the film's number at the end of each line


def is_netflix(file: SourceFile) -> bool:
    """By the first line."""
    with file.open() as stream:
        return bool(FIRST.match(stream.read(20)))


def is_of_one_film(base: str) -> bool:
    """By the name."""
    return bool(OF_ONE_FILM.fullmatch(base))


def joined(files: Sequence[SourceFile]) -> SourceFile:
    """Files of one film each as one file: to recognise thousands one by one takes minutes."""
    first, size = files[0], sum(file.size for file in files)

    def every(opened: IO[bytes]) -> Iterator[bytes]:
        yield from _whole(opened)
        for file in files[1:]:
            with file.open() as stream:
                yield from _whole(stream)

    name = f"{first.name} and {len(files) - 1:,} more" if files[1:] else first.name
    return rewritten(replace(first, name=name, size=size), every)


def _whole(stream: IO[bytes]) -> Iterator[bytes]:
    """A file, its last line ended."""
    last = b"\n"
    while chunk := stream.read(PART_BYTES):
        yield chunk
        last = chunk[-1:]
    if last != b"\n":
        yield b"\n"


def ratings(file: SourceFile, read_as: ReadAs) -> CsvRatings:
    """The ratings; lines keep their numbers. Raises: LoadError."""
    lines = rewritten(file, _with_films, GROWS)
    return CsvRatings(event_layout(lines, COLUMNS, replace(read_as, separator=",", header=False)))


def split(line: str) -> Film:
    """ "30,2003,Something's Gotta Give". Raises: Unusable."""
    number, _, rest = line.partition(",")
    year, comma, title = rest.partition(",")
    if not comma:
        raise Unusable(FIELDS)
    return Film(number, title, release_year("", year), "")


def _with_films(stream: IO[bytes]) -> Iterator[bytes]:
    """Each rating with its film at the end, an empty line for each film's own."""
    film = b""
    rest = b""
    while chunk := stream.read(PART_BYTES):
        whole, feed, rest = (rest + chunk).rpartition(b"\n")
        film = yield from _part(whole + feed, film)
    yield from _part(rest, film)


def _part(text: bytes, film: bytes) -> Generator[bytes, None, bytes]:
    """Whole lines, of which the first are of the film; gives that of the last."""
    before, *rest = FILM.split(text)
    yield _ending(before, film)
    for number, lines in zip(rest[::2], rest[1::2], strict=True):
        film = number
        yield _ending(lines, film)
    return film


def _ending(lines: bytes, film: bytes) -> bytes:
    """With the film before the end of each line that is not empty."""
    lines = lines.replace(b"\r\n", b"\n")
    first = b"\n" if lines.startswith(b"\n") else b""
    return first + lines[len(first) :].replace(b"\n", b"," + film + b"\n")
