"""Instances on one database train once: one of them does, the others take what it made.

Only on a database of others' (DATABASE_URL): the embedded one has one instance.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.errors import DatabaseError
from db.store.engine import configured_url, reading
from db.store.shared_artifacts import PIECE_BYTES, Lease, found, keep, may_keep, pieces
from recommender.data import arrays
from recommender.data.arrays import ArtifactError
from recommender.models import MODELS
from recommender.serving.provenance import provenance, roots_of, still_true

logger = logging.getLogger(__name__)

POLL = 2.0  # seconds between looks for what another instance is making


class Sharing:
    """Of what is learned from one dataset, while the block of `sharing` lasts."""

    def __init__(self, fingerprint: str, lease: Lease | None) -> None:
        self.fingerprint, self.lease = fingerprint, lease

    def obtain(self, directory: Path) -> None:
        """Returns when it is there, or is ours to make.

        Raises: NoDataset, DatabaseUnavailable.
        """
        while not (self._has(directory) or self._take(directory) or self._leads()):
            time.sleep(POLL)

    def give(self, directory: Path) -> None:
        """Keep it for the others, if we are the one who makes it and it was made."""
        if self.lease and self.lease.held and self._has(directory):
            about = arrays.described(directory)
            with reading() as connection:
                there = [said for _, said in found(connection, self.fingerprint, directory.name)]
            if about not in there:
                self._keep(directory, about)

    def _keep(self, directory: Path, about: dict) -> None:
        try:
            keep(self.fingerprint, directory.name, about, _read(directory))
        except DatabaseError as error:  # the others train it then
            logger.warning("%s can't be shared: %s", directory.name, error)

    def _leads(self) -> bool:
        return self.lease is None or self.lease.take()

    @staticmethod
    def _has(directory: Path) -> bool:
        try:
            return _ours(arrays.described(directory))
        except ArtifactError:
            return False

    def _take(self, directory: Path) -> bool:
        if not configured_url():
            return False
        with reading() as connection:
            for number, about in found(connection, self.fingerprint, directory.name):
                if _ours(about):
                    arrays.receive(directory, pieces(connection, number))
                    logger.info("%s: taken from another instance", directory.name)
                    return True
        return False


@contextmanager
def sharing(fingerprint: str) -> Iterator[Sharing]:
    """Raises: NoDataset, DatabaseUnavailable."""
    if not configured_url() or not may_keep():
        yield Sharing(fingerprint, None)
        return
    roots = dict.fromkeys(root for kind in MODELS.values() for root in roots_of(kind))
    with Lease(f"training {fingerprint} {provenance(tuple(roots))['code']}") as lease:
        yield Sharing(fingerprint, lease)


@contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    """Waits until no other instance on the database is in such a block.

    Raises: DatabaseUnavailable.
    """
    with Lease(what) as lease:
        while configured_url() and not lease.take():
            time.sleep(POLL)
        yield


def _ours(about: dict) -> bool:
    """Whether today's code would make what is described so."""
    made_by = about.get("made_by")
    return isinstance(made_by, dict) and still_true(made_by, tuple(made_by.get("roots", ())))


def _read(directory: Path) -> Iterator[tuple[str, int, bytes]]:
    for path in sorted(directory.iterdir()):
        with path.open("rb") as file:
            number = 0
            while piece := file.read(PIECE_BYTES):
                yield path.name, number, piece
                number += 1
