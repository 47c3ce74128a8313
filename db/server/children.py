"""Child processes: they end when we end, whatever ends us, and at once when told to."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.home import home
from db.server.tethered import tethered
from db.settings import HOME, environment

ROOT = Path(__file__).parents[2]
PATIENCE = 4.0  # seconds for a child to end by itself
KILLED = 1.0  # and, once it is killed, for that to be seen


@contextmanager
def child(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """`python ARGUMENTS` in the project's directory while the block runs.

    In a session of its own: Ctrl-C in the terminal is for us, who then end it. Its settings are
    ours as we read them: a relative home, say, is relative to our working directory.
    """
    process = subprocess.Popen(
        tethered([sys.executable, *arguments], signal.SIGTERM, ROOT),
        stdin=subprocess.DEVNULL,
        env=environment({HOME: home()}),
        start_new_session=True,
    )
    try:
        yield process
    finally:
        end(process)


def why(code: int) -> str:
    """How a process ended, by its return code."""
    if code >= 0:
        return f"exit code {code}"
    return f"killed by {signal.Signals(-code).name}"


def end(process: subprocess.Popen[bytes]) -> None:
    """End the child and what it started.

    No wait is without an end: of low priority on a busy machine a killed one takes its time, and
    an exception of a signal that came within Popen leaves a lock taken that every wait then needs.
    """
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(KILLED)
