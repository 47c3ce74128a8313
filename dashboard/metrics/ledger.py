"""What each web worker has answered, in memory that they share: made before they are forked.

Each worker writes to a page of its own, so that nobody waits for another and one that is killed
leaves nothing locked; one that takes its place goes on with its page. With another WSGI server,
whose processes share nothing of ours, each has its own ledger.
"""

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

import numpy as np

WORKERS = 8
ROUTES = 128
OTHERS = "others"
"""Under which the requests of any route after these are counted."""
LATEST = 128
"""Requests of a route whose durations each worker remembers."""
STATUSES = (200, 204, 206, 304, 400, 401, 403, 404, 405, 408, 413, 414, 415, 416, 429, 500, 503)
ELSE = 0
"""As which any other status is counted."""

ROUTE = np.dtype(
    [
        ("name", "S96"),
        ("statuses", "u8", (len(STATUSES) + 1,)),
        ("seconds", "f8"),
        ("latest", "f4", (LATEST,)),
    ]
)
PAGE = np.dtype(
    [
        ("starts", "u8"),
        ("under_way", "i8"),
        ("kept", "i8"),
        ("kept_bytes", "i8"),
        ("from_kept", "u8"),
        ("connections", "i8"),
        ("routes", ROUTE, (ROUTES,)),
    ]
)
NOW = ("under_way", "kept", "kept_bytes", "connections")
"""What is true of a process only while it lives."""


@dataclass(frozen=True)
class RouteCounts:
    """Of all workers. statuses: {status: requests}. latest: seconds of the latest requests."""

    statuses: dict[int, int]
    seconds: float
    latest: np.ndarray

    @property
    def requests(self) -> int:
        return sum(self.statuses.values())


class Ledger:
    """Counts of all workers; `take` says which of them writes here."""

    def __init__(self) -> None:
        self._pages = np.frombuffer(mmap.mmap(-1, WORKERS * PAGE.itemsize), PAGE)
        self._lock = Lock()
        self._rows: dict[str, int] = {}
        self._page = self._pages[0]

    def take(self, worker: int) -> None:
        """Write to that worker's page from now on: a process, once, at its start."""
        self._page = self._pages[worker]
        self._page["starts"] += 1
        for name in NOW:
            self._page[name] = 0
        names = self._page["routes"]["name"]
        self._rows = {name.decode(): row for row, name in enumerate(names) if name}

    def take_none(self, worker: int) -> None:
        """That worker has started, once; what it answers is counted by those who ask it."""
        self._pages[worker]["starts"] += 1
        self._page = np.zeros(1, PAGE)[0]

    def begin(self) -> None:
        """A request begins."""
        with self._lock:
            self._page["under_way"] += 1

    def end(self) -> None:
        """A request has ended, however."""
        with self._lock:
            self._page["under_way"] -= 1

    def count(self, route: str, status: int, seconds: float, from_kept: bool) -> None:
        """A request is answered."""
        with self._lock:
            row = self._page["routes"][self._row(route)]
            place = STATUSES.index(status) if status in STATUSES else len(STATUSES)
            row["latest"][int(row["statuses"].sum()) % LATEST] = seconds
            row["statuses"][place] += 1
            row["seconds"] += seconds
            self._page["from_kept"] += from_kept

    def note(self, **now: int) -> None:
        """What is kept, and how many connections are used, as it is now."""
        for name, value in now.items():
            self._page[name] = value

    def total(self, name: str) -> int:
        """The sum of all workers' pages."""
        return int(self._pages[name].sum())

    def routes(self) -> Iterator[tuple[str, RouteCounts]]:
        """Each route that was asked for, by name."""
        every = self._pages["routes"].reshape(-1).copy()
        for name in sorted(set(every["name"]) - {b""}):
            yield name.decode(), _together(every[every["name"] == name])

    def _row(self, route: str) -> int:
        if route not in self._rows:
            row = len(self._rows)
            if row >= ROUTES - 1:
                route, row = OTHERS, ROUTES - 1
            self._page["routes"][row]["name"] = route.encode()
            self._rows[route] = row
        return self._rows[route]


def _together(rows: np.ndarray) -> RouteCounts:
    counts = rows["statuses"].sum(axis=0)
    statuses = {status: int(n) for status, n in zip((*STATUSES, ELSE), counts, strict=True) if n}
    latest = [row["latest"][: int(row["statuses"].sum())] for row in rows]
    return RouteCounts(statuses, float(rows["seconds"].sum()), np.concatenate(latest))
