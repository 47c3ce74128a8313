"""What the command line can say of a source: how its files are read, and how much may be wrong."""

import argparse
from decimal import Decimal, InvalidOperation
from pathlib import Path

from db.errors import LoadError
from db.ingest.sources import SOURCES, Options, grouplens
from db.ingest.sources.columns import NAMES, OF_FILMS
from db.ingest.sources.read_as import BY_NAME, IDS, NO_TIMES, ReadAs
from db.ingest.sources.stars import STARS, Scale
from db.ingest.sources.times import SAID
from db.ingest.swap import MAX_REJECTED

SOURCE = f"""\
SOURCE is one of
  a dataset's name    {", ".join((*SOURCES, *grouplens.NAMES))}
                      (all but the first are downloaded from GroupLens)
  a folder or zip     of any MovieLens layout: ratings.csv and movies.csv, ratings.dat and
                      movies.dat, or u.data and u.item
  a text, JSON,       with a user, a film, a rating and perhaps a time in each row
  SQLite or Parquet
  file
  http(s)://…         where such a file or zip is
"""

READING = """\
Separators, encodings, times and ids are recognised and reported. Where they are not, say so:
"""


def add_source(parser: argparse.ArgumentParser, description: str) -> None:
    """The source and all that can be said of it."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = f"{description}\n\n{SOURCE}"
    parser.add_argument("source", metavar="SOURCE", help="what to load")
    parser.add_argument(
        "--movies",
        type=Path,
        metavar="FILE",
        help="the films of a single file of ratings: id, title, perhaps year and genres",
    )
    parser.add_argument(
        "--column",
        type=key_and_name,
        action="append",
        default=[],
        metavar="KEY=NAME",
        help=f"what the file calls a column; KEY is {', '.join(NAMES)}, with {OF_FILMS!r} before"
        " it for the list of films alone",
    )
    parser.add_argument(
        "--scale",
        type=_number,
        nargs=2,
        metavar=("MIN", "MAX"),
        help="the worst and the best rating; ten different ones are kept exactly, of more the"
        " nearest of ten (default: stars as they are)",
    )
    add_reading(parser.add_argument_group("how to read", READING))
    parser.add_argument(
        "--max-rejected",
        type=share,
        default=MAX_REJECTED,
        metavar="SHARE",
        help="load nothing if more of a file's rows can't be used, such as 5%% or 0.05"
        " (default: 1%%)",
    )


def add_reading(group: argparse._ArgumentGroup) -> None:
    """The options that say how files are written."""
    group.add_argument("--separator", choices=BY_NAME, help="what stands between columns")
    group.add_argument("--encoding", metavar="NAME", help="of text, such as cp1252 or utf-16")
    group.add_argument(
        "--decimal-comma", action="store_true", help="ratings such as 3,5 (between semicolons)"
    )
    group.add_argument(
        "--no-header", action="store_true", help="columns have no names but their numbers, from 1"
    )
    group.add_argument("--times", choices=(*SAID, NO_TIMES), help="how times are written")
    group.add_argument(
        "--ids", choices=IDS, help="whether users and films are numbers, or names of any kind"
    )


def options_of(arguments: argparse.Namespace) -> Options:
    """What was said. Raises: LoadError."""
    try:
        scale = Scale(*arguments.scale) if arguments.scale else STARS
    except ValueError as error:
        raise LoadError(f"--scale {arguments.scale[0]} {arguments.scale[1]}: {error}.") from None
    return Options(arguments.movies, dict(arguments.column), scale, _read_as(arguments))


def _read_as(arguments: argparse.Namespace) -> ReadAs:
    return ReadAs(
        BY_NAME.get(arguments.separator),
        arguments.encoding,
        "," if arguments.decimal_comma else None,
        False if arguments.no_header else None,
        arguments.times,
        arguments.ids,
    )


def key_and_name(text: str) -> tuple[str, str]:
    """Of a --column option."""
    key, equals, name = text.partition("=")
    if not (equals and name and key.removeprefix(OF_FILMS) in NAMES):
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=NAME, KEY one of {', '.join(NAMES)}")
    return key, name


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None


def share(text: str) -> float:
    """Of 1; a number from 1 on, or one with the sign, is a percentage."""
    number = _number(text.removesuffix("%"))
    percent = text.endswith("%") or number >= 1
    part = number / 100 if percent else number
    if not 0 <= part <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a share such as 5% or 0.05")
    return float(part)
