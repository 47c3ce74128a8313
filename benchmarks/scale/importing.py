"""How long an import takes beside a bare COPY of the same file, and how much memory."""

import subprocess
import sys
import time
from pathlib import Path
from typing import TypedDict

import psutil
from sqlalchemy import text

from db.store.driver import driver
from db.store.engine import writing

POLL = 0.02  # seconds

TABLE = "create unlogged table copied (user_id int, movie_id int, rating real, seconds bigint)"


class Import(TypedDict):
    """The contract's names: all of `python -m db load`, the COPY, the loading process's memory."""

    seconds: float
    copy_seconds: float
    peak_rss_bytes: int


def measure_import(source: Path) -> Import:
    """Load a directory in MovieLens' CSV layout; it is then the current dataset."""
    copy_seconds = _bare_copy(source / "ratings.csv")
    start = time.perf_counter()
    peak = _peak_of([sys.executable, "-m", "db", "load", str(source)])
    return Import(
        seconds=time.perf_counter() - start, copy_seconds=copy_seconds, peak_rss_bytes=peak
    )


def _bare_copy(ratings: Path) -> float:
    """Seconds of COPY into an unlogged table, which is dropped again."""
    with writing() as connection:
        connection.execute(text(TABLE))
        connection.commit()
        start = time.perf_counter()
        with driver(connection).cursor() as cursor, open(ratings, "rb") as file:
            cursor.copy_expert("copy copied from stdin (format csv, header)", file, 1 << 20)
        connection.commit()
        seconds = time.perf_counter() - start
        connection.execute(text("drop table copied"))
        connection.commit()
    return seconds


def _peak_of(command: list[str]) -> int:
    """The most memory (resident, bytes) that a process had, seen every POLL seconds."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        seen = psutil.Process(process.pid)
        peak = 0
        while process.poll() is None:
            try:
                peak = max(peak, _resident(seen))
            except psutil.NoSuchProcess:
                break
            time.sleep(POLL)
        said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{said}")
    return peak


def _resident(process: psutil.Process) -> int:
    """The kernel's own record of the peak where there is one, else what is resident now."""
    status = Path(f"/proc/{process.pid}/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return process.memory_info().rss
