"""How much is answered, to how many, beside whom."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from benchmarks.siege import next_visits
from benchmarks.siege.next_visits import Posts
from benchmarks.siege.slow_clients import ATTACKS, attack
from benchmarks.siege.visitors import THINKING, Answers, NextVisit, Visit, besiege

CLOSED_LOOP = 16  # connections
BIG_PROFILE = 9_998  # films
HOSTILE = 20  # connections
OTHERS = 10  # visitors beside them


def capacity(
    port: int, posts: Posts, pages: dict[str, Visit], seconds: float
) -> dict[str, Answers]:
    """Answers to each kind of request from clients that ask again at once."""
    kinds: dict[str, NextVisit] = {
        next_visits.HEALTH.kind: next_visits.always(next_visits.HEALTH),
        "HTML": next_visits.always(next_visits.html()),
        "a chart again": next_visits.always(posts.chart("")),
        "a chart under filters of its own": next_visits.one(posts.filtered),
        "recommendations": next_visits.one(posts.recommend),
        "pages, with all they ask": next_visits.page_views(pages),
    }
    return {name: besiege(port, visit, CLOSED_LOOP, seconds) for name, visit in kinds.items()}


def crowd(port: int, visit: NextVisit, visitors: int, seconds: float) -> Answers:
    """Visitors who think."""
    return besiege(port, visit, visitors, seconds, THINKING)


def beside_slow(port: int, seconds: float) -> dict[str, Answers]:
    """`/healthz`, asked by one client alone, and while slow ones hold on."""
    health = next_visits.always(next_visits.HEALTH)
    found = {"none": besiege(port, health, 1, seconds)}
    for name, (sent, number) in ATTACKS.items():
        with attack(port, sent, number):
            found[name] = besiege(port, health, 1, seconds)
    return found


def beside_hostile(port: int, posts: Posts, seconds: float) -> dict[str, tuple[Answers, Answers]]:
    """Charts of ten visitors, alone and beside connections that ask for what costs most; and
    what these are answered."""
    charts = next_visits.one(lambda chance: chance.choice(posts.overview()))
    loads: dict[str, NextVisit] = {
        "the same export": next_visits.always(next_visits.Ask(next_visits.EXPORT)),
        "exports of their own": next_visits.one(next_visits.own_export),
        f"comparisons for {BIG_PROFILE:,} films": next_visits.always(posts.compare(BIG_PROFILE)),
    }
    found = {"nobody": (crowd(port, charts, OTHERS, seconds), Answers(seconds))}
    for name, visit in loads.items():
        with _loaded(port, visit, seconds) as load:
            others = crowd(port, charts, OTHERS, seconds)
        found[name] = others, load[0]
    return found


@contextmanager
def _loaded(port: int, visit: NextVisit, seconds: float) -> Iterator[list[Answers]]:
    """Hostile connections while the block runs; it then has what they were answered."""
    found: list[Answers] = []
    load = Thread(target=lambda: found.append(besiege(port, visit, HOSTILE, seconds)))
    load.start()
    yield found
    load.join()
