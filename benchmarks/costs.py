"""`python -m benchmarks costs`: what the default takes to learn and to answer, by size."""

import argparse
import multiprocessing
import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.report import table, write_section
from db.errors import DatabaseError, LoadError
from recommender.data.rating_matrix import RatingMatrix
from recommender.models import DEFAULT_MODEL, MODELS
from recommender.models.base import Profile, Recommender, TrainingError
from recommender.models.ranking import best
from recommender.serving.ratings import read_log

VISITORS, GIVEN, LENGTH = 200, 15, 10  # users whose ratings are given, of each so many; a list
WELL_KNOWN = 500  # films that they give
MEGABYTE = 1024  # kilobytes


@dataclass(frozen=True)
class Cost:
    """Of one model on one dataset.

    memory: the whole process's highest, MB, while it is fitted; memory_before: what the ratings
    take. p95_ms: of a list of ten, then of the processor; p95_reasons_ms: with its reasons.
    """

    dataset: str
    ratings: int
    model: str
    cpu_seconds: float
    seconds: float
    memory: float
    memory_before: float
    p95_ms: tuple[float, float]
    p95_reasons_ms: tuple[float, float]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--data and --model."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        action="append",
        required=True,
        help="what to learn, as for `recommender evaluate` (repeat)",
    )
    parser.add_argument("--model", choices=MODELS, default=DEFAULT_MODEL)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Measure each dataset in a process of its own, print, and write the section of RESULTS.md."""
    costs = []
    for data in options.data:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
            try:
                costs.append(alone.submit(measure, options.model, data).result())
            except (DatabaseError, LoadError, TrainingError) as error:
                sys.exit(str(error))
        print(costs[-1], file=sys.stderr, flush=True)
    print(body := report(costs))
    named = "".join(f" --data {Path(data).name}" for data in options.data)
    model = "" if options.model == DEFAULT_MODEL else f" --model {options.model}"
    write_section("costs", f"python -m benchmarks costs{named}{model}", body)


def measure(key: str, data: str) -> Cost:
    """Raises DatabaseError, LoadError or TrainingError."""
    log = read_log(data)
    matrix, name, ratings = log.matrix, log.name, len(log)
    del log
    before = forget_peak()
    start, cpu = time.perf_counter(), time.process_time()
    model = MODELS[key]().fit(matrix)
    taken, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = memory("VmHWM")
    given = profiles(matrix)
    p95, p95_reasons = (_p95(model, given, reasons) for reasons in (False, True))
    return Cost(name, ratings, key, cpu, taken, peak, before, p95, p95_reasons)


def _p95(model: Recommender, given: list[Profile], reasons: bool) -> tuple[float, float]:
    times = np.array([_milliseconds(model, profile, reasons) for profile in given])
    passed, of_processor = np.percentile(times, 95, axis=0).tolist()
    return passed, of_processor


def forget_peak() -> float:
    """Let the highest memory use (Linux: VmHWM) start anew at what is used now, MB."""
    Path("/proc/self/clear_refs").write_text("5")
    return memory("VmRSS")


def memory(field: str) -> float:
    """Of this process, by its name in /proc/self/status; MB."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(rf"{field}:\s+(\d+) kB", status)[0]) / MEGABYTE


def profiles(matrix: RatingMatrix, seed: int = 0) -> list[Profile]:
    """Ratings of users drawn at random, 15 at most, of well-known films."""
    rng = np.random.default_rng(seed)
    known = np.zeros(matrix.n_movies, dtype=bool)
    known[matrix.by_popularity[:WELL_KNOWN]] = True
    found = []
    for row in rng.permutation(matrix.n_users)[:VISITORS]:
        ratings = slice(matrix.csr.indptr[row], matrix.csr.indptr[row + 1])
        films, stars = matrix.csr.indices[ratings], matrix.csr.data[ratings]
        some = rng.permutation(np.flatnonzero(known[films]))[:GIVEN]
        ids = matrix.movie_ids[films[some]].tolist()
        found.append(dict(zip(ids, stars[some].astype(float).tolist(), strict=True)))
    return [profile for profile in found if profile]


def _milliseconds(model: Recommender, profile: Profile, reasons: bool) -> tuple[float, float]:
    """That pass until a list is there, and what the processor takes."""
    matrix, start, cpu = model.matrix_, time.perf_counter(), time.process_time()
    unseen = matrix.without([*profile])
    listed = best(model.score(profile), matrix.counts, LENGTH, unseen)
    if reasons:
        model.explain_all(profile, matrix.movie_ids[listed].tolist())
    return (time.perf_counter() - start) * 1000, (time.process_time() - cpu) * 1000


def report(costs: list[Cost]) -> str:
    """A line a dataset."""
    header = (
        *("ratings", "dataset", "model", "fit, s of processor", "fit, s", "highest memory, MB"),
        *("before it, MB", "p95 of a list, ms (of processor)", "with its reasons, ms"),
    )
    rows = [
        (
            *(f"{each.ratings:,}", each.dataset, f"`{each.model}`"),
            *(f"{each.cpu_seconds:.1f}", f"{each.seconds:.1f}"),
            *(f"{each.memory:,.0f}", f"{each.memory_before:,.0f}"),
            *("{:.1f} ({:.1f})".format(*p95) for p95 in (each.p95_ms, each.p95_reasons_ms)),
        )
        for each in costs
    ]
    return (
        f"{table(header, rows)}\n\nEach in a process of its own; memory is all of that process,"
        f" the ratings included. Lists are for {VISITORS} users, who give at most {GIVEN} of their"
        f" ratings of the {WELL_KNOWN} best known films."
    )
