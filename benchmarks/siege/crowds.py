"""How much is answered, to how many, beside whom."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from benchmarks.siege import asking
from benchmarks.siege.asking import Questions
from benchmarks.siege.slow_clients import ATTACKS, attack
from benchmarks.siege.visitors import THINKING, Answers, NextVisit, Visit, besiege

CLOSED_LOOP = 16  # connections
BIG_PROFILE = 9_998  # films
HOSTILE = 20  # connections
OTHERS = 10  # visitors beside them


def capacity(
    port: int, questions: Questions, pages: dict[str, Visit], seconds: float
) -> dict[str, Answers]:
    """Answers to each kind of request from clients that ask again at once."""
    kinds: dict[str, NextVisit] = {
        asking.HEALTH.kind: asking.always(asking.HEALTH),
        "HTML": asking.always(asking.html()),
        "a chart again": asking.always(questions.chart("")),
        "a chart under filters of its own": asking.one(questions.filtered),
        "recommendations": asking.one(questions.recommend),
        "pages, with all they ask": asking.page_views(pages),
    }
    return {name: besiege(port, visit, CLOSED_LOOP, seconds) for name, visit in kinds.items()}


def crowd(port: int, visit: NextVisit, visitors: int, seconds: float) -> Answers:
    """Visitors who think."""
    return besiege(port, visit, visitors, seconds, THINKING)


def beside_slow(port: int, seconds: float) -> dict[str, Answers]:
    """`/healthz`, asked by one client alone, and while slow ones hold on."""
    health = asking.always(asking.HEALTH)
    found = {"none": besiege(port, health, 1, seconds)}
    for name, (sent, number) in ATTACKS.items():
        with attack(port, sent, number):
            found[name] = besiege(port, health, 1, seconds)
    return found


def beside_hostile(
    port: int, questions: Questions, seconds: float
) -> dict[str, tuple[Answers, Answers]]:
    """Charts of ten visitors, alone and beside connections that ask for what costs most; and
    what these are answered."""
    charts = asking.one(lambda chance: chance.choice(questions.overview()))
    loads: dict[str, NextVisit] = {
        "the same export": asking.always(asking.Ask(asking.EXPORT)),
        "exports of their own": asking.one(asking.own_export),
        f"comparisons for {BIG_PROFILE:,} films": asking.always(questions.compare(BIG_PROFILE)),
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
