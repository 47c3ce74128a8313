"""`python -m db load SOURCE --dry-run`: what an import would do, without a database."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from db.counts import counted, ratings_in_words
from db.errors import LoadError
from db.ingest.sources.accepted import accepted_ratings, accepted_tags
from db.ingest.sources.ordering import GivenAgain
from db.ingest.sources.rejected_lines import lines_of
from db.ingest.sources.source import RatingRows, Source
from db.ingest.sources.stars import Scale
from db.store.original_scale import OriginalScale

SHOWN = 5  # rows, and lines that would be left out for one reason


@dataclass
class Counts:
    """What would be loaded."""

    ratings: int = 0
    users: int = 0
    films: set[int] = field(default_factory=set)
    first: int = 2**31 - 1
    last: int = 0
    rows: list[tuple] = field(default_factory=list)
    """The first of the file: line, user, film, half stars, seconds."""

    def add(self, rows: RatingRows) -> None:
        """Pieces have whole users."""
        self.ratings += len(rows.lines)
        self.users += len(np.unique(rows.user_ids))
        self.films.update(np.unique(rows.movie_ids).tolist())
        self.first = min(self.first, int(rows.seconds.min()))
        self.last = max(self.last, int(rows.seconds.max()))
        foremost = rows.only(np.argsort(rows.lines)[:SHOWN])
        found = zip(foremost.lines.tolist(), *(c.tolist() for c in foremost[:4]), strict=True)
        self.rows = sorted([*self.rows, *found])[:SHOWN]


def dry_run(source: Source, max_rejected: float) -> Iterator[str]:
    """What was understood and what would be left out, line by line.

    Raises: LoadError where a file can't be read, or where too much of it can't be used.
    """
    yield from source.read_as
    counts = _counted(source)
    tags = sum(len(rows.lines) for rows in accepted_tags(source))
    films = len(counts.films)
    period = f", {_day(counts.first)} to {_day(counts.last)}" if source.has_times else ", no times"
    yield (
        f"{source.name}: {ratings_in_words(counts.ratings, films, counts.users)}"
        + (period if counts.ratings else "")
        + (f"; {counted(len(source.movies), 'film')} listed" if source.movies is not None else "")
        + (f"; {counted(tags, 'tag')}" if tags else "")
    )
    yield from _first_rows(source, counts)
    yield from _left_out(source)
    source.check(max_rejected)
    if not counts.ratings:
        raise LoadError(f"{source.ratings.file} has no ratings.")
    yield "Nothing was loaded: this was a dry run."


def _counted(source: Source) -> Counts:
    known = source.rejections.copy()
    for scattered in (False, True):
        counts = Counts()
        try:
            for rows in accepted_ratings(
                replace(source, scattered=scattered), Path(tempfile.gettempdir())
            ):
                counts.add(rows)
        except GivenAgain:
            source.rejections.restore(known)
        else:
            break
    return counts


def _first_rows(source: Source, counts: Counts) -> Iterator[str]:
    if source.movies is None:
        titles: Mapping[int, str] = {}
    else:
        titles = dict(zip(source.movies["movie_id"], source.movies["title"], strict=True))
    users = source.ids.users.originals() if source.ids.users else {}
    films = source.ids.films.originals() if source.ids.films else {}
    for _, user, film, half_stars, seconds in counts.rows:
        title = f" {titles[film]!r}" if film in titles else ""
        moment = f", {datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}"
        when = moment if source.has_times else ""
        rating = _rating(source.scale, half_stars)
        yield f"  user {users.get(user, user)}, film {films.get(film, film)}{title}: {rating}{when}"


def _rating(scale: Scale, half_stars: int) -> str:
    """As it will be shown: in stars, or as a number of the files' own scale."""
    shown = OriginalScale(float(scale.low), float(scale.high), float(scale.step))
    number = f"{shown.value(half_stars):.3g}"
    if shown.is_stars:
        return f"{number} {'star' if half_stars == 2 else 'stars'}"
    return f"{number} ({shown})"


def _left_out(source: Source) -> Iterator[str]:
    rejections = source.rejections
    for reason, rows in rejections.reasons.most_common():
        advice = source.advice(reason)
        yield f"Left out: {reason} ({counted(rows, 'row')}){f'; {advice}' if advice else ''}"
        some = [row for row in rejections.first if row.reason == reason][:SHOWN]
        for row, text in zip(some, lines_of(some, source.texts), strict=True):
            yield f"  {row.file} line {row.line}: {text}" if text else f"  {row.file} {row.line}"


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
