"""A source as arrays, by the rules of an import, for measuring without a database."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from db.errors import LoadError
from db.ingest.fingerprint import Fingerprint
from db.ingest.sources.accepted import accepted_tags
from db.ingest.sources.checks import UsableRatings
from db.ingest.sources.movie_lines import unlisted_movies
from db.ingest.sources.ordering import latest
from db.ingest.sources.rejections import PAIR
from db.ingest.sources.source import RatingRows, Source, TagRows
from db.ingest.swap import MAX_REJECTED


@dataclass(frozen=True, eq=False)
class InMemory:
    """What an import would have stored."""

    name: str
    fingerprint: str
    """The one that the dataset has in the database."""
    ratings: RatingRows
    """In the file's order."""
    movies: pd.DataFrame
    """As in Source."""
    tags: list[TagRows]
    """In pieces."""


def read_source(source: Source, max_rejected: float = MAX_REJECTED) -> InMemory:
    """Read a source whole; unusable rows are left out and counted in its rejections.

    Raises: LoadError where an import would, but for what only a database lacks.
    """
    ratings = usable_ratings(source)
    movies = (
        unlisted_movies(ratings.movie_ids, source.ids) if source.movies is None else source.movies
    )
    fingerprint = Fingerprint()
    fingerprint.add_ratings(
        ratings.user_ids, ratings.movie_ids, ratings.seconds, ratings.half_stars
    )
    fingerprint.add_movies(movies)
    pieces = [*accepted_tags(source)]
    for tags in pieces:
        fingerprint.add_tags(tags.user_ids, tags.movie_ids, tags.seconds, tags.texts)
    source.check(max_rejected)
    if not len(ratings.lines):
        raise LoadError(f"{source.ratings.file} has no ratings.")
    return InMemory(source.name, fingerprint.hexdigest(), ratings, movies, pieces)


def usable_ratings(source: Source) -> RatingRows:
    """All that are usable, in the file's order; of a repeated pair the latest stays."""
    pieces = [RatingRows(*np.empty((len(RatingRows._fields), 0), np.int64))]
    for piece in UsableRatings(source.ratings, source.movies).read():
        source.rejections.add(source.ratings.file, piece.read, piece.rejected)
        pieces.append(piece.rows)
    rows = RatingRows(*map(np.concatenate, zip(*pieces, strict=True)))
    order, last = latest(rows)
    stays = np.zeros(len(rows.lines), bool)
    stays[order[last]] = True
    source.rejections.add(source.ratings.file, 0, {PAIR: rows.lines[~stays]})
    return rows.only(stays)
