"""`python -m benchmarks spark`: what a cluster takes to load ratings, beside `python -m db load`.

Master, two workers of one core each, driver and PostgreSQL share this machine.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from signal import SIGINT
from typing import TypedDict

import numpy as np
import pyarrow.csv
import pyarrow.parquet

from benchmarks.report import table, write_section
from benchmarks.scale.generator import generate
from benchmarks.spark.local_cluster import cluster
from benchmarks.spark.process_costs import MostMemory, spent
from benchmarks.spark.tcp_server import TCPServer
from db.settings import environment

SIZES = (1_000_000, 10_000_000)
BILLION = 1_000_000_000
ROWS = 1 << 20  # of a group in Parquet, so that both workers read


class Loaded(TypedDict):
    """One size: seconds of both, and the most resident memory of Spark's processes together."""

    ratings: int
    spark_seconds: float
    spark_bytes: int
    load_seconds: float


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m benchmarks spark`."""
    parser.add_argument(
        "--ratings",
        type=int,
        nargs="+",
        default=[*SIZES],
        metavar="N",
        help=f"how many to generate and load (default: {' '.join(map(str, SIZES))})",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file too")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Measure, print and write RESULTS.md."""
    sizes = [measure(ratings) for ratings in sorted(arguments.ratings)]
    if arguments.json:
        arguments.json.write_text(json.dumps(sizes, indent=1), encoding="utf-8")
    body = report(sizes)
    print(body)
    given = " ".join(map(str, arguments.ratings))
    write_section("spark", f"python -m benchmarks spark --ratings {given}", body)


def measure(ratings: int) -> Loaded:
    """Generate so many ratings and load them twice, into a server of their own."""
    print(f"{ratings:,} ratings", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="reelscope-spark-") as scratch:
        source = Path(scratch, "ratings")
        source.mkdir()
        generate(source, ratings)
        for name in ("ratings", "movies"):
            rows = pyarrow.csv.read_csv(source / f"{name}.csv")
            pyarrow.parquet.write_table(rows, source / f"{name}.parquet", row_group_size=ROWS)
        server = TCPServer(Path(scratch, "data"))
        changed = {"DATABASE_URL": server.url, "REELSCOPE_HOME": str(Path(scratch, "home"))}
        try:
            return _both(source, Path(scratch), changed, ratings)
        finally:
            server.stop(SIGINT)


def _both(source: Path, scratch: Path, changed: dict[str, str], ratings: int) -> Loaded:
    command = [sys.executable, "-m", "db", "load", str(source)]
    with cluster(scratch, memory="3g") as started, MostMemory(started.ids) as memory:
        options = [
            f"--{n}={source / f}.parquet" for n, f in (("source", "ratings"), ("movies",) * 2)
        ]
        spark = spent(lambda: started.submit("aggregate.py", options, changed))
    load = spent(
        lambda: subprocess.Popen(
            command,
            env=environment({}) | changed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    )
    return Loaded(
        ratings=ratings,
        spark_seconds=spark.seconds,
        spark_bytes=memory.peak,
        load_seconds=load.seconds,
    )


def report(sizes: list[Loaded]) -> str:
    """The table, and what a billion would take by the slope of the last two sizes."""
    rows = [
        (
            f"{size['ratings']:,}",
            f"{size['spark_seconds']:.0f} s",
            f"{size['load_seconds']:.0f} s",
            f"{size['spark_seconds'] / size['load_seconds']:.1f} ×",
            f"{size['spark_bytes'] / 1e9:.1f} GB",
        )
        for size in sizes
    ]
    header = ("Ratings", "aggregate.py", "db load", "", "memory of master and workers")
    text = table(header, rows)
    if len(sizes) < 2:
        return text
    return f"{text}\n\n{_billion(sizes[-2:])}"


def _billion(sizes: list[Loaded]) -> str:
    ratings, seconds = (
        np.array([size[name] for size in sizes]) for name in ("ratings", "spark_seconds")
    )
    slope = float(np.diff(seconds)[0] / np.diff(ratings)[0])
    hours = (seconds[-1] + slope * (BILLION - ratings[-1])) / 3600
    return (
        f"Each further million takes {slope * 1e6:.1f} s between the last two sizes: on these two"
        f" cores a billion ratings would take about {hours:.1f} hours."
    )
