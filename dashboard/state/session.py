"""What one request works with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import g, has_request_context
from sqlalchemy import Connection

from db.store.datasets import Dataset
from db.store.engine import dataset, reading
from recommender.serving.trained_models import TrainedModels


@dataclass(frozen=True)
class Session:
    """One dataset and its models, the same from a request's first question to its last.

    connection: as `reading()` gives it, on `dataset`. It ends with the block that opened the
    session; dataset and models may be used after it.
    """

    connection: Connection
    dataset: Dataset
    models: TrainedModels


@contextmanager
def session() -> Iterator[Session]:
    """The session of a request, made once and handed down: which dataset is current is read here.

    Raises NoDataset, or DatabaseUnavailable where the server doesn't answer (any more).
    """
    with reading() as connection:
        current = dataset(connection)
        if has_request_context():
            g.dataset = current.name  # for the log
        yield Session(connection, current, TrainedModels(current.fingerprint))
