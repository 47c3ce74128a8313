"""Models are trained in a child process of low priority, for every dataset that becomes current,
and then measured.

Run as a program it is that child.
"""

import logging
import os
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from db import logs
from db.errors import DatabaseError, DatabaseUnavailable, NoDataset
from db.home import HomeError, home
from db.ingest.steps import Steps
from db.server.children import child, why
from db.store.engine import FIRST_SECONDS, dataset, reading

PROGRAM = "recommender.serving.trainer"  # its __name__ is another, as a program
logger = logging.getLogger(PROGRAM)

LOWEST_PRIORITY = 19
AUTOGROUP = Path("/proc/self/autogroup")
RETRY = 60.0  # seconds from the start of one that failed, or whose work was lost, to the next


class Training:
    """Starts a training process whenever there is a dataset that it has not trained for.

    And again where something is gone of what was trained: what is damaged is put aside.
    """

    def __init__(self) -> None:
        self.fingerprint: str | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.made: set[str] = set()
        """What there was when training had ended."""
        self.said = False
        """Whether it has been logged how it ended."""
        self.stack = ExitStack()

    def __enter__(self) -> "Training":
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def look(self) -> None:
        """Start training where the current dataset is a new one; one process at a time."""
        fingerprint = current_fingerprint()
        new = fingerprint not in (None, self.fingerprint)
        if not new and self.process and self._occupied(self.process):
            return
        if fingerprint and (new or self._failed() or self._lost(fingerprint)):
            self.stack.close()  # what trains for a dataset that is gone
            self.process = self.stack.enter_context(child("-m", PROGRAM))
            self.fingerprint, self.started, self.made = fingerprint, time.monotonic(), set()
            self.said = False

    def _occupied(self, process: subprocess.Popen[bytes]) -> bool:
        """Whether training is under way, or began so recently that it would fail again."""
        if process.poll() is None:
            return True
        if self._failed() and not self.said:
            self.said = True
            logger.error("Training ended (%s); it begins again soon.", why(process.returncode))
        return time.monotonic() < self.started + RETRY

    def _lost(self, fingerprint: str) -> bool:
        there = trained_for(fingerprint)
        self.made |= there
        return not self.made <= there

    def _failed(self) -> bool:
        return self.process is not None and self.process.returncode != 0


def current_fingerprint() -> str | None:
    """Of the current dataset; None while there is none or the database is away."""
    try:
        with reading(FIRST_SECONDS) as connection:
            return dataset(connection).fingerprint
    except DatabaseError:
        return None


def trained_for(fingerprint: str) -> set[str]:
    """The names of what there is of a dataset; what is unfinished or put aside has a dot first."""
    return {path.name for path in (home() / "models" / fingerprint).glob("[!.]*")}


def give_way() -> None:
    """Let everybody else be served first.

    Linux shares processors between sessions before it looks at a process's own priority
    (sched(7), autogroup), and this one has a session of its own: its priority is lowered as well.
    """
    os.nice(LOWEST_PRIORITY)
    with suppress(OSError):  # another system, or a kernel without it
        AUTOGROUP.write_text(str(LOWEST_PRIORITY))


def main() -> None:
    logs.configure()
    give_way()
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # two on a busy machine wait for each other
    # Heavy, and for this process only
    from recommender.models.base import TrainingError
    from recommender.serving.measuring import measure_missing
    from recommender.serving.training import train

    steps = Steps()
    try:
        try:
            seconds = train(
                report=lambda _, done, of: steps.report("Training the models", done / of)
            )
            for key, taken in seconds.items():
                logger.info("%s: trained in %.1f s", key, taken)
        except TrainingError as error:  # the others are there, and trying again would not help
            logger.error("%s", error)
        measure_missing(lambda done, of: steps.report("Measuring the models", done / of))
    except (DatabaseUnavailable, NoDataset, HomeError, OSError) as error:
        logger.warning("The models can't be trained: %s Trying again soon.", error)
        sys.exit(1)
    except DatabaseError as error:  # nor would it here
        logger.error("%s", error)
    steps.end()


if __name__ == "__main__":
    main()
