"""`python -m benchmarks spark-ease`: what EASE takes by train_ease.py, and what without Spark.

Both read the same PostgreSQL. Master, two workers of one core each, driver and server share this
machine.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from signal import SIGINT

import numpy as np

from benchmarks.report import table, write_section
from benchmarks.spark import local_ease
from benchmarks.spark.local_cluster import cluster
from benchmarks.spark.process_costs import MostMemory, Spent, spent
from benchmarks.spark.tcp_server import TCPServer
from db.settings import environment


@dataclass(frozen=True)
class Trained:
    """One dataset, learned twice, from the start of a program to its end."""

    ratings: int
    driver: Spent
    """By Spark."""
    workers: int
    """Bytes of master and workers."""
    here: Spent
    """Without it."""
    apart: float
    """How far two weights are apart at most."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--data."""
    parser.add_argument(
        "--data",
        action="append",
        required=True,
        metavar="SOURCE",
        help="ratings to learn from, as for `db load` (repeat)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Measure, print and write RESULTS.md."""
    body = report([measure(source) for source in arguments.data])
    print(body)
    named = "".join(f" --data {Path(source).name}" for source in arguments.data)
    write_section("spark-ease", f"python -m benchmarks spark-ease{named}", body)


def measure(source: str) -> Trained:
    """Load a source into a server of its own and train twice."""
    with tempfile.TemporaryDirectory(prefix="reelscope-ease-") as scratch:
        server = TCPServer(Path(scratch, "data"))
        changed = {"DATABASE_URL": server.url, "REELSCOPE_HOME": str(Path(scratch, "home"))}
        try:
            load = [sys.executable, "-m", "db", "load", source]
            subprocess.run(load, env=environment({}) | changed, check=True)
            return _both(server.url, Path(scratch), changed)
        finally:
            server.stop(SIGINT)


def _both(url: str, scratch: Path, changed: dict[str, str]) -> Trained:
    folders = {name: scratch / name / "ease" for name in ("cluster", "here")}
    for folder in folders.values():
        folder.parent.mkdir()
    options = ["--source", url, "--output", str(folders["cluster"])]
    with cluster(scratch, memory="3g") as started, MostMemory(started.ids) as workers:
        driver = spent(lambda: started.submit("train_ease.py", options, changed))
    command = [sys.executable, "-m", local_ease.__name__, str(folders["here"].parent)]
    here = spent(lambda: _started(command, changed))
    weights = [np.load(folder / "weights_.npy") for folder in folders.values()]
    apart = float(np.abs(weights[0] - weights[1]).max())
    return Trained(_ratings(changed), driver, workers.peak, here, apart)


def _started(command: list[str], changed: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen(
        command,
        env=environment({}) | changed,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _ratings(changed: dict[str, str]) -> int:
    with _started([sys.executable, "-m", "db", "status", "--json"], changed) as process:
        return json.loads(process.communicate()[0])["ratings"]


def report(trained: list[Trained]) -> str:
    """The table."""
    rows = [
        (
            f"{each.ratings:,}",
            f"{each.driver.seconds:.0f} s",
            f"{each.here.seconds:.0f} s",
            f"{each.driver.memory / 1e9:.1f} + {each.workers / 1e9:.1f} GB",
            f"{each.here.memory / 1e9:.1f} GB",
            f"{each.apart:.1g}",
        )
        for each in trained
    ]
    header = (
        *("Ratings", "train_ease.py", "without Spark", "memory of driver + master and workers"),
        *("memory without Spark", "weights apart, at most"),
    )
    return table(header, rows)
