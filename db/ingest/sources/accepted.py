"""What is left of a source once every rule is applied; what is not is counted in its rejections."""

from collections.abc import Iterator
from pathlib import Path

from db.ingest.read_ahead import ahead
from db.ingest.sources.checks import UsableRatings, checked_tags
from db.ingest.sources.ordering import by_user
from db.ingest.sources.source import Piece, RatingRows, Source, Table, TagRows


def accepted_ratings(source: Source, directory: Path) -> Iterator[RatingRows]:
    """Pieces in which one user follows the other; `directory` is for nameless temporary files.

    Read ahead in a thread. Raises: LoadError where the file turns out damaged, GivenAgain as
    `by_user` does.
    """
    usable = UsableRatings(source.ratings, source.movies)
    return _counted(source, source.ratings, by_user(usable, directory, source.scattered))


def accepted_tags(source: Source) -> Iterator[TagRows]:
    """Pieces in the file's order; none where the source has no tags."""
    if source.tags:
        pieces = (checked_tags(piece, source.movies) for piece in source.tags.read())
        yield from _counted(source, source.tags, pieces)


def _counted(source: Source, table: Table, pieces: Iterator[Piece]) -> Iterator:
    for piece in ahead(pieces):
        source.rejections.add(table.file, piece.read, piece.rejected)
        if len(piece.rows.lines):
            yield piece.rows
