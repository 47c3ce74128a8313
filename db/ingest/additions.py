"""What a source adds to the dataset that is loaded: ratings, films and tags that are new to it."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from db.errors import LoadError
from db.ingest.base_tables import rating_columns
from db.ingest.in_memory import usable_ratings
from db.ingest.sources.accepted import accepted_tags
from db.ingest.sources.movie_lines import unlisted_movies, untitled
from db.ingest.sources.ordering import latest
from db.ingest.sources.rejected_lines import keep_lines
from db.ingest.sources.rejections import Rejections
from db.ingest.sources.source import RatingRows, Source, TagRows


@dataclass(frozen=True, eq=False)
class Additions:
    """What is usable of a source, beside what is loaded."""

    ratings: RatingRows
    """In order of user and film, each pair once; they may be those that are there."""
    movies: pd.DataFrame
    """New films, as in Source."""
    titled: pd.DataFrame
    """Films that were rated but had no title until now."""
    tags: list[TagRows]
    rejections: Rejections

    @property
    def columns(self) -> dict[str, np.ndarray]:
        """The ratings as table ratings has them."""
        return rating_columns(self.ratings)


def additions(before: Source, source: Source, max_rejected: float) -> Additions:
    """Read what `source` adds to what is loaded, `before`.

    Ratings may be of films of either. Raises: LoadError where the two don't go together, or where
    more of a file than `max_rejected` can't be used.
    """
    _check_alike(before, source)
    known = before.movies
    assert known is not None  # of what is loaded
    listed = source.movies if source.movies is not None else known.iloc[:0]
    old = listed["movie_id"].isin(known["movie_id"])
    read = replace(source, movies=rateable(before, source.movies))
    ratings = _in_order(usable_ratings(read))
    tags = [*accepted_tags(read)]
    source.check(max_rejected)
    new = listed[~old]
    if before.any_film:
        numbers = set(ratings.movie_ids.tolist()) - set(known["movie_id"]) - set(new["movie_id"])
        if numbers:
            new = pd.concat([new, unlisted_movies(numbers, before.ids)], ignore_index=True)
    keep_lines(source.rejections, source.texts)
    return Additions(ratings, new, _titled(before, listed[old]), tags, source.rejections)


def rateable(before: Source, movies: pd.DataFrame | None) -> pd.DataFrame | None:
    """The films of what is loaded and those that come with what is added; None: any film is one."""
    if before.any_film and movies is None:
        return None
    return pd.concat([before.movies, movies], ignore_index=True).drop_duplicates("movie_id")


def _titled(before: Source, listed: pd.DataFrame) -> pd.DataFrame:
    """Those of the films that have been called by their ids until now."""
    known = before.movies
    if not before.any_film or known is None:
        return listed.iloc[:0]
    called = known.get("original_id", known["movie_id"]).map(untitled)
    return listed[listed["movie_id"].isin(known.loc[known["title"] == called, "movie_id"])]


def _check_alike(before: Source, source: Source) -> None:
    """Raises: LoadError."""
    if before.ids.any_texts and source.ids is not before.ids:
        raise LoadError(
            f"{source.name}: ids are numbers, and those of {before.name} are texts: load it as a"
            " dataset of its own (python -m db load … --keep)."
        )
    if source.scale != before.scale:
        raise LoadError(
            f"{source.name} is read on a scale of {source.scale}, and {before.name} has"
            f" {before.scale}: leave --scale out, or load it as a dataset of its own."
        )
    if source.has_times != before.has_times:
        some, none = (before, source) if before.has_times else (source, before)
        raise LoadError(
            f"The ratings of {some.name} have times, and those of {none.name} have none: load"
            f" {source.name} as a dataset of its own (python -m db load … --keep)."
        )


def _in_order(rows: RatingRows) -> RatingRows:
    return rows.only(latest(rows)[0])
