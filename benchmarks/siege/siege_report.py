"""The siege's tables for RESULTS.md."""

from benchmarks.report import table
from benchmarks.siege.besieged import LAUNCHER, PARTS
from benchmarks.siege.crowds import CLOSED_LOOP, OTHERS
from benchmarks.siege.kills import READERS, Killed
from benchmarks.siege.memory import Memory, MemoryWatch
from benchmarks.siege.next_visits import HEALTH, RECOMMEND
from benchmarks.siege.page_views import CHART, HTML
from benchmarks.siege.soak import VISITORS, Soaked
from benchmarks.siege.visitors import Answers, Visit

EXPECTED = 200, 204  # 204: of a callback that has nothing to say
MEMORY = ("largest worker's own", LAUNCHER, *PARTS, "all")
QUANTILES = ("median ms", "p99 ms", "slowest ms")


def requests(pages: dict[str, Visit]) -> str:
    """How many requests a first load costs."""
    worst = max(pages, key=lambda page: len(pages[page]))
    counts = ", ".join(f"`{page}` {len(asked)}" for page, asked in pages.items())
    return f"Requests of a first load without files, at most {len(pages[worst])}: {counts}."


def capacity(found: dict[str, Answers]) -> str:
    """What is answered a second; pages count as one each."""
    health = found[HEALTH.kind].rate
    views = {name: each.of(HTML) if each.of(HTML).each else each for name, each in found.items()}
    rows = [
        (name, f"{each.rate:,.0f}", f"{each.rate / health:.3f}", statuses(found[name]))
        for name, each in views.items()
    ]
    said = f"{CLOSED_LOOP} connections that ask again at once:"
    return f"{said}\n\n{table(('asked', 'a second', 'of `/healthz`', 'statuses'), rows)}"


def crowds(found: dict[int, Answers]) -> str:
    """By number of visitors, p99 of each kind."""
    kinds = (CHART, RECOMMEND, HTML)
    rows = [
        (
            number,
            f"{each.rate:.0f}",
            *(f"{each.of(kind).quantile(0.99):,.0f}" for kind in kinds),
            f"{each.quantile(1.0):,.0f}",
            statuses(each),
        )
        for number, each in found.items()
    ]
    header = ("visitors", "a second", *(f"{kind} p99 ms" for kind in kinds), "slowest ms")
    return f"Visitors who think 1 to 3 s:\n\n{table((*header, 'statuses'), rows)}"


def slow(found: dict[str, Answers]) -> str:
    rows = [(name, *quantiles(each), statuses(each)) for name, each in found.items()]
    said = "`/healthz` beside slow clients:"
    return f"{said}\n\n{table(('clients', *QUANTILES, 'statuses'), rows)}"


def hostile(found: dict[str, tuple[Answers, Answers]]) -> str:
    quiet = found["nobody"][0].quantile(0.99)
    rows = [
        (
            name,
            *quantiles(others),
            f"{others.quantile(0.99) / quiet:.1f}",
            statuses(others),
            statuses(load),
        )
        for name, (others, load) in found.items()
    ]
    header = ("beside", *QUANTILES, "p99 to the quiet one", "statuses", "the hostile ones'")
    return f"Charts of {OTHERS} visitors beside hostile connections:\n\n{table(header, rows)}"


def kills(found: dict[str, Killed]) -> str:
    rows = [
        (
            name,
            len(each.back),
            f"{max(each.back):.1f}",
            f"{each.answers.quantile(1.0):,.0f}",
            each.answers.wrong,
            statuses(each.answers),
        )
        for name, each in found.items()
    ]
    header = ("killed", "times", "back after s, at most", "slowest ms", "wrong answers", "statuses")
    said = f"What {READERS} readers see while parts are killed (0: no answer; the page asks again):"
    return f"{said}\n\n{table(header, rows)}"


def soak(found: Soaked) -> str:
    """What was answered, and memory on the way."""
    answers, wrong = found.answers, sum(found.answers.statuses.values())
    wrong -= sum(found.answers.statuses[status] for status in EXPECTED)
    said = (
        f"A soak of {found.minutes:g} minutes with {VISITORS} visitors: {len(answers.each):,}"
        f" requests, {statuses(answers)}: {wrong:,} errors, p99 {answers.quantile(0.99):,.0f} ms."
        " Memory on the way, as below:"
    )
    rows = [(f"{mark:g} minutes", *_memory(taken)) for mark, taken in found.memory.items()]
    worker, tree = found.growth(lambda taken: taken.worker), found.growth(lambda taken: taken.tree)
    grows = f"In 10 minutes the largest worker grows by {worker:,.1f} MB, all by {tree:,.1f}."
    return f"{said}\n\n{table(('after', *MEMORY), rows)}\n\n{grows}"


def memory(watch: MemoryWatch) -> str:
    """The most in each part of the siege, and what there is at the end."""
    parts = [*watch.peaks.items(), ("at the end", watch.last)]
    rows = [(part, *_memory(peak)) for part, peak in parts]
    said = (
        "Memory at most, MB. A worker's own is what no other process shares; of the rest, what n"
        " share counts as an n-th to each. Training is of models, and their measuring:"
    )
    return f"{said}\n\n{table(('during', *MEMORY), rows)}"


def _memory(taken: Memory) -> tuple[str, ...]:
    each = (taken.parts.get(name, 0.0) for name in (LAUNCHER, *PARTS))
    return tuple(f"{megabytes:,.0f}" for megabytes in (taken.worker, *each, taken.tree))


def quantiles(found: Answers) -> tuple[str, ...]:
    return tuple(f"{found.quantile(share):,.1f}" for share in (0.5, 0.99, 1.0))


def statuses(found: Answers) -> str:
    return ", ".join(f"{status}: {number:,}" for status, number in sorted(found.statuses.items()))
