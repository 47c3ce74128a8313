"""Jester's jokes: a line for each user, how many jokes they rated and then a cell for each joke.

99 stands for no rating, others go from -10 to 10. Users have no numbers: theirs is that of their
line, after 100,000 for each file before ("jester-data-2.csv").
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import IO

from db.ingest.sources.files import SourceFile
from db.ingest.sources.rewritten import rewritten
from db.ingest.sources.stars import Scale

SCALE = Scale(Decimal(-10), Decimal(10))
NAME = re.compile(r"jester.*?([0-9])?\.(?:csv|txt)", re.IGNORECASE)
JOKES = 100
NONE = 99
FILE_USERS = 100_000
GROWS = 2.5
NUMBER = re.compile(rb" ?-?[0-9]{1,3}(?:\.[0-9]+)? ?")


def is_jester(file: SourceFile) -> bool:
    """By name, and by a first line of numbers, one more than there are jokes."""
    if not NAME.fullmatch(file.name):
        return False
    with file.open() as stream:
        cells = stream.readline(20_000).rstrip().split(b",")
    return len(cells) > JOKES and all(NUMBER.fullmatch(cell) for cell in cells)


def as_table(file: SourceFile) -> SourceFile:
    """The file as a line for each rating: user, movie, rating."""
    found = NAME.fullmatch(file.name)
    number = int(found[1] or 1) if found else 1
    return rewritten(file, partial(_by_rating, FILE_USERS * (number - 1)), GROWS)


def _by_rating(before: int, stream: IO[bytes]) -> Iterator[bytes]:
    yield b"user,movie,rating\n"
    for user, line in enumerate(stream, before + 1):
        cells = line.rstrip().split(b",")[1:]
        yield b"".join(
            b"%d,%d,%s\n" % (user, joke, cell.strip())
            for joke, cell in enumerate(cells, 1)
            if not _is_none(cell)
        )


def _is_none(cell: bytes) -> bool:
    try:
        return float(cell) == NONE
    except ValueError:
        return not cell.strip()
