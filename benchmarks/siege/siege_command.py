"""`python -m benchmarks siege`: what the server bears, into RESULTS.md."""

import argparse
import sys

from benchmarks.own_home import own_home
from benchmarks.report import write_section
from benchmarks.siege import crowds, next_visits, siege_report
from benchmarks.siege.besieged import TRAINED_SECONDS, Besieged, serving, wait_for
from benchmarks.siege.kills import kill_parts
from benchmarks.siege.memory import MemoryWatch
from benchmarks.siege.next_visits import Posts
from benchmarks.siege.page_views import record
from benchmarks.siege.soak import soak

VISITORS = (10, 25, 50, 100)
KILLS = 5  # of each


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--seconds, --soak."""
    parser.add_argument(
        "--seconds", type=float, default=10.0, help="of each measurement (default: 10)"
    )
    parser.add_argument("--soak", type=float, default=30.0, metavar="MINUTES", help="(default: 30)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Measure the sample in a home of its own, print, and write the section of RESULTS.md."""
    quiet = own_home(REELSCOPE_LOG_LEVEL="ERROR")  # what is killed here says so each time
    with quiet, serving() as besieged, MemoryWatch(besieged) as memory:
        print("training the default model", file=sys.stderr, flush=True)
        wait_for(besieged.is_trained, TRAINED_SECONDS)
        body = besiege_all(besieged, memory, options.seconds, options.soak)
    print(body)
    given = f"--seconds {options.seconds:g} --soak {options.soak:g}"
    write_section("siege", f"python -m benchmarks siege {given}", body)


def besiege_all(besieged: Besieged, memory: MemoryWatch, seconds: float, minutes: float) -> str:
    """One siege after another; the report's tables."""
    port, posts = besieged.port, Posts()

    def begin(part: str) -> None:
        print(part, file=sys.stderr, flush=True)
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
