"""A source out of files of ratings, films, links and tags, each of any shape."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import pandas as pd

from db.errors import LoadError
from db.ingest.sources.csv_tables import csv_links, csv_tags
from db.ingest.sources.files import SourceFile
from db.ingest.sources.movie_lines import with_originals
from db.ingest.sources.original_ids import Ids
from db.ingest.sources.read_as import AS_IT_LOOKS, TEXTS, ReadAs
from db.ingest.sources.rejections import Rejections
from db.ingest.sources.scales import as_number, proposal
from db.ingest.sources.source import RatingRows, Source, Table
from db.ingest.sources.stars import STARS, Scale


class RatingFile(Protocol):
    """A file of ratings, understood."""

    @property
    def name(self) -> str:
        """The file's."""

    @property
    def users(self) -> str:
        """How their ids are written: a kind of original_ids.kind_of."""

    @property
    def movies(self) -> str:
        """How their ids are written."""

    @property
    def has_times(self) -> bool:
        """Whether it says when."""

    @property
    def seen(self) -> Sequence[str]:
        """The first ratings."""

    @property
    def text(self) -> SourceFile | None:
        """Its lines, if it has any."""

    def in_words(self) -> str:
        """What had to be recognised; "" where all is as usual."""

    def ratings(self, ids: Ids, scale: Scale) -> Table[RatingRows]:
        """Its ratings."""


class FilmFile(Protocol):
    """A list of films, understood."""

    @property
    def name(self) -> str:
        """The file's."""

    @property
    def kind(self) -> str:
        """How ids are written."""

    @property
    def text(self) -> SourceFile | None:
        """Its lines, if it has any."""

    def in_words(self) -> str:
        """What had to be recognised; "" where all is as usual."""

    def frame(self, number: Callable[[str], int], rejections: Rejections) -> pd.DataFrame:
        """The films, as in Source; `number` makes one of an id."""


def assembled(
    name: str,
    ratings: RatingFile,
    films: FilmFile | None,
    scale: Scale,
    beside: Mapping[str, SourceFile] = {},
    read_as: ReadAs = AS_IT_LOOKS,
) -> Source:
    """A source; `beside` may hold links and tags, which never stop an import.

    Raises: LoadError.
    """
    rejections = Rejections()
    scale = scale.fitted([as_number(text) for text in ratings.seen])
    texts = {TEXTS} & {ratings.movies, films.kind if films else ratings.movies}
    ids = read_as.known_ids or Ids(ratings.users, *texts)
    _check_ids(ratings, ids)
    notes = [_note(file) for file in (ratings, films) if file and file.in_words()]
    movies = with_originals(films.frame(ids.film, rejections), ids) if films else None
    tags = None
    for key, file in beside.items():
        rejections.optional.add(file.name)
        try:
            if key == "links" and movies is not None:
                movies = csv_links(file, movies, ids, read_as, rejections)
            elif key == "tags":
                tags = csv_tags(file, ids, read_as)
        except LoadError as error:
            notes.append(f"{file.name} is left out: {error}")
    return Source(
        name,
        ratings.ratings(ids, scale),
        movies,
        tags,
        rejections,
        ids,
        has_times=ratings.has_times,
        scale=scale,
        proposed=proposal(ratings.seen) if scale == STARS else None,
        texts={file.name: text for file in (ratings, films) if file and (text := file.text)}
        | {file.name: file for file in beside.values()},
        read_as=tuple(notes),
    )


def _check_ids(ratings: RatingFile, ids: Ids) -> None:
    """Raises: LoadError where texts are to become numbers of a dataset that knows no texts."""
    for what, kind, known in (
        ("users", ratings.users, ids.users),
        ("films", ratings.movies, ids.films),
    ):
        if kind == TEXTS and known is None:
            raise LoadError(
                f"{ratings.name}: its {what}' ids are texts, and those that are loaded are numbers:"
                " load it as a dataset of its own (python -m db load … --keep)."
            )


def _note(file: RatingFile | FilmFile) -> str:
    return f"{file.name} read as: {file.in_words()}"
