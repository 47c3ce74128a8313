"""Ratings user by user, each user–film pair once: of those given again, the latest.

MovieLens' files list one user after the other, so that a repeated pair is found by looking at one
user at a time. A file in any other order is first sorted through temporary files, in memory
bounded by the largest of them.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from db.ingest.sources.rejections import PAIR
from db.ingest.sources.source import Piece, RatingRows, Table

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
NO_ROWS = RatingRows(*(np.empty(0, np.int64) for _ in RatingRows._fields))


class GivenAgain(Exception):
    """A rating that was given away already turns out to be followed by a later one."""


def by_user(
    table: Table[RatingRows], directory: Path, scattered: bool = False
) -> Iterator[Piece[RatingRows]]:
    """All ratings of a table, user by user; of a repeated pair the latest stays.

    Of those of one time it is the last in the file. `directory` is for temporary files, which have
    no names: nobody has to remove them. `scattered`: whether to sort the file from the outset.

    Raises: GivenAgain where a file is found to be out of order when it is too late for that.
    """
    waiting = NO_ROWS  # those of the last user, who may have more
    done = 0  # pieces
    for piece in () if scattered else table.read():
        users = piece.rows.user_ids
        if len(users):
            if (users[1:] < users[:-1]).any() or users[0] < waiting.user_ids[-1:].max(initial=-1):
                break
            rows = _joined(waiting, piece.rows)
            last = int(np.searchsorted(rows.user_ids, rows.user_ids[-1]))
            waiting = rows.only(slice(last, None))
            piece = _once(piece._replace(rows=rows.only(slice(last))))
        yield piece
        done += 1
    else:
        if not scattered:
            yield _once(Piece(waiting, {}, 0))
            return
    given = int(waiting.lines[0]) - 1 if len(waiting.lines) else 0
    yield from _sorted(table, done, given, directory)


def latest(rows: RatingRows) -> tuple[np.ndarray, np.ndarray]:
    """The order of user, film and time, and which ratings in it are the latest of their pair."""
    keys = rows.user_ids.astype(np.int64) << 32 | rows.movie_ids
    order = np.lexsort((rows.seconds, keys))
    return order, _ends(keys[order])


def _ends(keys: np.ndarray) -> np.ndarray:
    """Where the next key is another."""
    return np.concatenate([keys[1:] != keys[:-1], [True]])[: len(keys)]


def _joined(first: RatingRows, second: RatingRows) -> RatingRows:
    if not len(first.lines):
        return second
    return RatingRows(*map(np.concatenate, zip(first, second, strict=True)))


def _once(piece: Piece[RatingRows]) -> Piece[RatingRows]:
    """The piece in order of user and film, without pairs that it repeats."""
    rows = piece.rows
    keys = rows.user_ids.astype(np.int64) << 32 | rows.movie_ids
    if (keys[1:] > keys[:-1]).all():
        return piece
    order, last = latest(rows)
    rows = rows.only(order)
    if last.all():
        return piece._replace(rows=rows)
    rejected = {**piece.rejected, PAIR: np.sort(rows.lines[~last])}
    return Piece(rows.only(last), rejected, piece.read)


def _sorted(
    table: Table[RatingRows], done: int, given: int, directory: Path
) -> Iterator[Piece[RatingRows]]:
    """Everything again from the beginning, sorted, but for the first `done` pieces and the rows
    up to line `given`: those were given away already, and are here only to tell their pairs."""
    with ExitStack() as stack:
        parts = [stack.enter_context(tempfile.TemporaryFile(dir=directory)) for _ in range(PARTS)]
        for number, piece in enumerate(table.read()):
            _scatter(piece.rows, parts)
            if number >= done:
                yield Piece(piece.rows.only(slice(0)), piece.rejected, piece.read)
        for part in parts:
            part.seek(0)
            records = np.frombuffer(part.read(), RECORD)
            yield _part_once(RatingRows(*(records[name] for name in RatingRows._fields)), given)


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


def _part_once(rows: RatingRows, given: int) -> Piece[RatingRows]:
    order, last = latest(rows)
    rows = rows.only(order)
    new = rows.lines > given
    pairs = np.cumsum(np.concatenate([[0], last[:-1]])[: len(last)])
    if np.isin(pairs[~new], pairs[last & new]).any():
        raise GivenAgain
    repeated = rows.lines[~last & new]
    return Piece(rows.only(last & new), {PAIR: np.sort(repeated)} if len(repeated) else {}, 0)
