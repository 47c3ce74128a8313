"""What one request works with."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property, partial

from flask import g, has_request_context, request
from sqlalchemy import Connection

from dashboard.state.learned import learned
from db.store.datasets import Dataset
from db.store.engine import REQUEST_SECONDS, dataset, reading
from db.store.training_data import all_movies
from recommender.serving.trained_models import TrainedModels

SHARED = "reelscope.session"
"""In the environment of a request whose sessions are all one: that one."""


@dataclass(frozen=True)
class Session:
    """One dataset and its models, the same from a request's first question to its last.

    connection: as `reading()` gives it, on `dataset`. It ends with the block that opened the
    session; the dataset, and models that were asked for inside it, may be used after it.
    """

    connection: Connection
    dataset: Dataset

    @cached_property
    def models(self) -> TrainedModels:
        """What is trained, with former models where these answer until it is."""
        return TrainedModels.of(self.dataset, partial(all_movies, self.connection))


@contextmanager
def session(lasting: bool = False, until_learned: bool = False) -> Iterator[Session]:
    """The session of a request, made once and handed down: which dataset is current is read here.

    lasting: the answer depends on the dataset and the callback's inputs alone, so it may be kept.
    until_learned: if it does not, it depends on what has been trained and measured as well, and
    may be kept until that changes.

    Raises NoDataset, or DatabaseUnavailable where the server doesn't answer (any more).
    """
    shared = request.environ.get(SHARED) if has_request_context() else None
    with nullcontext(shared) if shared else _opened() as current:
        if has_request_context():
            g.dataset = current.dataset.name  # for the log
            g.lasting = current.dataset if lasting or until_learned else None
            # Before any of it is opened: what comes meanwhile is then seen as another
            looks = until_learned and not lasting
            fingerprint = current.dataset.fingerprint
            g.learned = learned(fingerprint, current.connection) if looks else None
        yield current


@contextmanager
def shared_session() -> Iterator[None]:
    """Inside, this request and those that it makes of itself have one session.

    Raises NoDataset, or DatabaseUnavailable where the server doesn't answer (any more).
    """
    with session() as current:
        request.environ[SHARED] = current
        try:
            yield
        finally:
            del request.environ[SHARED]


@contextmanager
def _opened() -> Iterator[Session]:
    with reading(REQUEST_SECONDS) as connection:
        yield Session(connection, dataset(connection))
