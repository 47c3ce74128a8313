"""`python -m benchmarks siege`: what the server bears, into RESULTS.md."""

import argparse
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import psutil

from benchmarks.page_times.callback_times import MIXES, chart_post
from benchmarks.report import table, write_section
from benchmarks.siege.slow_clients import ATTACKS, attack
from benchmarks.siege.visitors import Answers, Ask, besiege
from dashboard.launch.address import Address
from dashboard.launch.web_server import KeptServer
from db.store.engine import available

HEALTH = Ask("/healthz")
CALLBACK = "/_dash-update-component"
CHARTS = ("average-rating-by-month", "ratings-by-month", "rating-distribution", "top-movies")
CLOSED_LOOP = 16  # connections
VISITORS = (10, 25, 50, 100)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--seconds."""
    parser.add_argument(
        "--seconds", type=float, default=10.0, help="of each measurement (default: 10)"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Measure on the loaded dataset, print, and write the section of RESULTS.md."""
    with serving() as (port, process):
        capacities = capacity(port, options.seconds)
        crowds = {number: crowd(port, number, 2 * options.seconds) for number in VISITORS}
        slow = {name: beside(port, name, options.seconds) for name in ATTACKS}
        hostile = hostile_exports(port, options.seconds)
        memory = unique_memory(process)
    body = report(capacities, crowds, slow, hostile, memory)
    print(body)
    write_section("siege", f"python -m benchmarks siege --seconds {options.seconds:g}", body)


@contextmanager
def serving() -> Iterator[tuple[int, psutil.Process]]:
    """The port of a server of our own on the loaded dataset, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with available(), KeptServer(Address("127.0.0.1", port)) as server:
        yield port, psutil.Process(server.process.pid)


def chart(query: str, name: str = CHARTS[0]) -> Ask:
    """The post that draws a chart under a query string."""
    import app
    from dashboard import guard

    if not app.app.callback_map:
        guard.warm(app.app)
    return Ask(CALLBACK, chart_post(app.app.callback_map, name, query))


def capacity(port: int, seconds: float) -> dict[str, Answers]:
    """Answers to each kind of request from clients that ask again at once."""
    repeated = chart("")
    kinds = {
        "`/healthz`": lambda _: HEALTH,
        "HTML": lambda _: Ask("/"),
        "a chart again": lambda _: repeated,
        "a chart under filters of its own": lambda chance: chart(
            f"released={chance.randint(1930, 1980)}-{chance.randint(1981, 2016)}"
            f"&min={chance.randint(1, 10**6)}"
        ),
    }
    return {name: besiege(port, ask, CLOSED_LOOP, seconds, False) for name, ask in kinds.items()}


def crowd(port: int, visitors: int, seconds: float) -> Answers:
    """Charts of the overview under six views, from visitors who think."""
    asked = [chart(query, name) for name in CHARTS for query in MIXES]
    return besiege(port, lambda chance: chance.choice(asked), visitors, seconds, True)


def beside(port: int, name: str, seconds: float) -> Answers:
    """`/healthz`, asked by one client while slow ones hold on."""
    sent, number = ATTACKS[name]
    with attack(port, sent, number):
        return besiege(port, lambda _: HEALTH, 1, seconds, False)


def hostile_exports(port: int, seconds: float) -> dict[str, Answers]:
    """Charts of ten visitors, alone and beside twenty connections that ask for whole exports."""
    exports = {
        "among the same export": lambda _: Ask("/export/top-movies.csv"),
        "among exports of their own": lambda chance: Ask(
            f"/export/top-movies.csv?min={chance.randint(1, 60)}"
            f"&released={chance.randint(1930, 1980)}-"
        ),
    }
    found = {"alone": crowd(port, 10, seconds)}
    for name, ask in exports.items():
        load = Thread(target=besiege, args=(port, ask, 20, seconds, False))
        load.start()
        found[name] = crowd(port, 10, seconds)
        load.join()
    return found


def unique_memory(server: psutil.Process) -> list[float]:
    """MB that each process of the server has for itself."""
    workers = server.children(recursive=True) or [server]
    return sorted(each.memory_full_info().uss / 1e6 for each in workers)


def report(capacities, crowds, slow, hostile, memory) -> str:
    """Four tables and a line."""
    health = capacities["`/healthz`"].rate
    kinds = [
        (name, f"{each.rate:,.0f}", f"{each.rate / health:.2f}", _statuses(each))
        for name, each in capacities.items()
    ]
    people = [
        (number, f"{each.rate:.0f}", *_quantiles(each), _statuses(each))
        for number, each in crowds.items()
    ]
    attacks = [(name, *_quantiles(each), _statuses(each)) for name, each in slow.items()]
    others = [(name, *_quantiles(each), _statuses(each)) for name, each in hostile.items()]
    quantiles = ("median ms", "p99 ms", "slowest ms")
    return "\n\n".join(
        (
            f"The sample; {CLOSED_LOOP} connections that ask again at once:",
            table(("asked", "a second", "of `/healthz`'s", "statuses"), kinds),
            "Charts, by visitors who think 1 to 3 s:",
            table(("visitors", "a second", *quantiles, "statuses"), people),
            "`/healthz` beside slow clients:",
            table(("clients", *quantiles, "statuses"), attacks),
            "Charts of ten visitors beside 20 connections that export `top-movies`:",
            table(("charts", *quantiles, "statuses"), others),
            "Unique memory of a worker afterwards: "
            + ", ".join(f"{each:.0f} MB" for each in memory)
            + ".",
        )
    )


def _quantiles(found: Answers) -> tuple[str, ...]:
    return tuple(f"{found.quantile(share):,.1f}" for share in (0.5, 0.99, 1.0))


def _statuses(found: Answers) -> str:
    return ", ".join(f"{status}: {number:,}" for status, number in sorted(found.statuses.items()))
