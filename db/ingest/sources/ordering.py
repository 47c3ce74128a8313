"""Ratings user by user, each user–film pair once.

MovieLens' files list one user after the other, so that a repeated pair is found by looking at one
user at a time. A file in any other order is first sorted through temporary files, in memory
bounded by the largest of them.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from db.ingest.sources.rejections import PAIR
from db.ingest.sources.source import Piece, RatingRows

READ = Callable[[], Iterator[Piece[RatingRows]]]

PARTS = 64  # temporary files, each with the ratings of 1 in 64 users
SCATTER = np.uint32(2654435769)  # 2^32 over the golden ratio (Knuth): spreads ids evenly

RECORD = np.dtype(
    [
        ("user_ids", np.int32),
        ("movie_ids", np.int32),
        ("half_stars", np.int16),
        ("seconds", np.int32),
        ("lines", np.int64),
    ]
)


def by_user(read: READ, directory: Path) -> Iterator[Piece[RatingRows]]:
    """All that `read` gives, user by user; of a repeated pair the first in the file stays.

    `directory` is for temporary files, which have no names: nobody has to remove them.
    """
    last_user, films = -1, np.empty(0, np.int32)  # whose films so far these are
    done = 0
    for piece in read():
        users = piece.rows.user_ids
        if len(users):
            if users[0] < last_user or (users[1:] < users[:-1]).any():
                break
            if users[0] != last_user:
                films = films[:0]
            piece = _once(piece, int(users[0]), films)
            kept = piece.rows.movie_ids[piece.rows.user_ids == users[-1]]
            films = np.concatenate([films, kept]) if users[-1] == users[0] == last_user else kept
            last_user = int(users[-1])
        yield piece
        done += 1
    else:
        return
    yield from _sorted(read, done, directory)


def _once(piece: Piece[RatingRows], user: int, films: np.ndarray) -> Piece[RatingRows]:
    """The piece in order of user and film, without pairs that it repeats, or that `films` has."""
    rows = piece.rows
    keys = rows.user_ids.astype(np.int64) << 32 | rows.movie_ids
    repeated = np.zeros(len(keys), bool)
    if not (keys[1:] > keys[:-1]).all():
        order = np.argsort(keys, kind="stable")
        rows, keys = rows.only(order), keys[order]
        repeated[1:] = keys[1:] == keys[:-1]
    of_user = int(np.searchsorted(rows.user_ids, user, "right"))
    repeated[:of_user] |= np.isin(rows.movie_ids[:of_user], films)
    if not repeated.any():
        return piece._replace(rows=rows)
    rejected = {**piece.rejected, PAIR: np.sort(rows.lines[repeated])}
    return Piece(rows.only(~repeated), rejected, piece.read)


def _sorted(read: READ, done: int, directory: Path) -> Iterator[Piece[RatingRows]]:
    """Everything again from the beginning, sorted, but for the first `done` pieces: those were
    given away already, and are here only to tell which pairs they have."""
    given = 0
    with ExitStack() as stack:
        parts = [stack.enter_context(tempfile.TemporaryFile(dir=directory)) for _ in range(PARTS)]
        for number, piece in enumerate(read()):
            _scatter(piece.rows, parts)
            if number < done:
                given = max(given, *piece.rows.lines[-1:].tolist(), 0)
            else:
                yield Piece(piece.rows.only(slice(0)), piece.rejected, piece.read)
        for part in parts:
            part.seek(0)
            records = np.frombuffer(part.read(), RECORD)
            yield from _part_once(
                RatingRows(*(records[name] for name in RatingRows._fields)), given
            )


def _scatter(rows: RatingRows, parts: list) -> None:
    """Append every row to its user's part."""
    records = np.empty(len(rows.lines), RECORD)
    for name, column in rows._asdict().items():
        records[name] = column
    of_part = (rows.user_ids.astype(np.uint32) * SCATTER >> np.uint32(26)).astype(np.uint8)
    records = records[np.argsort(of_part, kind="stable")]
    ends = np.cumsum(np.bincount(of_part, minlength=PARTS))
    for part, start, end in zip(parts, [0, *ends[:-1]], ends, strict=True):
        part.write(records[start:end].tobytes())


def _part_once(rows: RatingRows, given: int) -> Iterator[Piece[RatingRows]]:
    keys = rows.user_ids.astype(np.int64) << 32 | rows.movie_ids
    order = np.argsort(keys, kind="stable")
    rows, keys = rows.only(order), keys[order]
    new = rows.lines > given
    repeated = np.concatenate([[False], keys[1:] == keys[:-1]])[: len(keys)]
    rejected = {PAIR: np.sort(rows.lines[repeated & new])}
    yield Piece(rows.only(~repeated & new), rejected if len(rejected[PAIR]) else {}, 0)
