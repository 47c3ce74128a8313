"""`python -m benchmarks siege`: what the server bears, into RESULTS.md."""

import argparse
import subprocess
import sys
from pathlib import Path

from benchmarks.own_home import own_home
from benchmarks.report import write_section
from benchmarks.scale.generator import generate
from benchmarks.siege import crowds, next_visits, siege_report
from benchmarks.siege.besieged import TRAINED_SECONDS, Besieged, serving, wait_for
from benchmarks.siege.kills import kill_parts
from benchmarks.siege.memory import MemoryWatch
from benchmarks.siege.next_visits import Posts
from benchmarks.siege.page_views import record
from benchmarks.siege.soak import soak
from db.store.engine import dataset, reading

VISITORS = (10, 25, 50, 100)
BESIDE_TRAINING = (10, 50)
KILLS = 5  # of each
QUIETLY = {"REELSCOPE_LOG_LEVEL": "ERROR"}  # what is killed here says so each time


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--seconds, --soak, --ratings."""
    parser.add_argument(
        "--seconds", type=float, default=10.0, help="of each measurement (default: 10)"
    )
    parser.add_argument("--soak", type=float, default=30.0, metavar="MINUTES", help="(default: 30)")
    parser.add_argument(
        "--ratings",
        type=int,
        metavar="N",
        help="visitors alone, of so many generated ratings, while models are trained of them",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Measure in a home of its own, print, and write the section of RESULTS.md."""
    with own_home(**QUIETLY) as scratch:
        if options.ratings:
            section, given = "siege-large", f"--ratings {options.ratings}"
            load_generated(scratch, options.ratings)
            body = beside_training(options.seconds)
        else:
            section, given = "siege", f"--soak {options.soak:g}"
            body = _sample(options.seconds, options.soak)
    print(body)
    command = f"python -m benchmarks siege --seconds {options.seconds:g} {given}"
    write_section(section, command, body)


def load_generated(scratch: Path, ratings: int) -> None:
    """Generate them, and load them in place of the sample."""
    _say(f"{ratings:,} ratings")
    source = scratch / "generated"
    source.mkdir()
    generate(source, ratings)
    subprocess.run([sys.executable, "-m", "db", "load", str(source)], check=True)


def beside_training(seconds: float) -> str:
    """Visitors of the dataset that is loaded, from the start on: the report's tables."""
    with serving() as besieged, MemoryWatch(besieged) as memory:
        _say("recording pages")
        wandering = next_visits.wandering(record(besieged.port), Posts())
        people = {}
        for number in BESIDE_TRAINING:
            _say(f"{number} visitors")
            memory.begin(f"{number} visitors")
            people[number] = crowds.crowd(besieged.port, wandering, number, 2 * seconds)
        trained = besieged.is_trained()
        memory.look()
        with reading() as connection:
            ratings = dataset(connection).ratings
    said = "had ended" if trained else "had not ended"
    about = f"{ratings:,} generated ratings; training of the default model {said} afterwards."
    return "\n\n".join((about, siege_report.crowds(people), siege_report.memory(memory)))


def _sample(seconds: float, minutes: float) -> str:
    with serving() as besieged, MemoryWatch(besieged) as memory:
        _say("training the default model")
        wait_for(besieged.is_trained, TRAINED_SECONDS)
        return besiege_all(besieged, memory, seconds, minutes)


def besiege_all(besieged: Besieged, memory: MemoryWatch, seconds: float, minutes: float) -> str:
    """One siege after another; the report's tables."""
    port, posts = besieged.port, Posts()

    def begin(part: str) -> None:
        _say(part)
        memory.begin(part)

    begin("recording pages")
    pages = record(port)
    begin("capacity")
    capacity = crowds.capacity(port, posts, pages, seconds)
    wandering = next_visits.wandering(pages, posts)
    people = {}
    for number in VISITORS:
        begin(f"{number} visitors")
        people[number] = crowds.crowd(port, wandering, number, 2 * seconds)
    begin("slow clients")
    slow = crowds.beside_slow(port, seconds)
    begin("hostile clients")
    hostile = crowds.beside_hostile(port, posts, 2 * seconds)
    begin("kills")
    killed = kill_parts(besieged, posts, KILLS)
    begin(f"soak of {minutes:g} minutes")
    soaked = soak(besieged, wandering, minutes)
    memory.look()
    return "\n\n".join(
        (
            "The sample; models are trained and measured beside, and give way.",
            siege_report.requests(pages),
            siege_report.capacity(capacity),
            siege_report.crowds(people),
            siege_report.slow(slow),
            siege_report.hostile(hostile),
            siege_report.kills(killed),
            siege_report.soak(soaked),
            siege_report.memory(memory),
        )
    )


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
