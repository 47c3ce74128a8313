"""Clients that ask and wait for the answer: in a closed loop, or with pauses to think."""

import gzip
import http.client
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import NamedTuple

import numpy as np

THINKING = 1.0, 3.0  # seconds between what a visitor does
AT_ONCE = 0.0, 0.0
TIMEOUT = 60.0
HEADERS = {"Accept-Encoding": "gzip", "Content-Type": "application/json"}


@dataclass(frozen=True)
class Ask:
    """A request: a GET of `path`, or a post of `body`.

    kind: what it is counted as. answer: the bytes that must come back, where that is known.
    """

    path: str
    kind: str = ""
    body: str | None = None
    answer: bytes | None = None


Visit = Sequence[Ask]
NextVisit = Callable[[random.Random], Visit]


class Answered(NamedTuple):
    """status: 0 where nothing came. right: as `Ask.answer` has it, or no such thing was asked."""

    kind: str
    status: int
    ms: float
    right: bool


@dataclass
class Answers:
    """What came back in so many seconds."""

    seconds: float
    each: list[Answered] = field(default_factory=list)

    def of(self, kind: str) -> "Answers":
        return Answers(self.seconds, [one for one in self.each if one.kind == kind])

    @property
    def statuses(self) -> Counter[int]:
        return Counter(one.status for one in self.each)

    @property
    def wrong(self) -> int:
        """Answers that are not what was there before."""
        return sum(not one.right for one in self.each)

    @property
    def rate(self) -> float:
        """Good answers a second, those of callbacks that have nothing to say (204) included."""
        return (self.statuses[200] + self.statuses[204]) / self.seconds

    def quantile(self, share: float) -> float:
        """Milliseconds within which that share of the answers came."""
        ms = [one.ms for one in self.each]
        return float(np.quantile(ms, share)) if ms else float("nan")


def besiege(
    port: int,
    next_visit: NextVisit,
    clients: int,
    seconds: float,
    thinking: tuple[float, float] = AT_ONCE,
    ended: Event | None = None,
) -> Answers:
    """So many clients ask for so long, each over a connection of its own that it keeps.

    ended: ends them before that.
    """
    begun = time.monotonic()
    stop = ended or Event()

    def going_on() -> bool:
        return time.monotonic() < begun + seconds and not stop.is_set()

    def client(number: int) -> list[Answered]:
        return list(_client(port, next_visit, random.Random(number), going_on, thinking))

    with ThreadPoolExecutor(clients) as pool:
        each = [one for found in pool.map(client, range(clients)) for one in found]
    return Answers(min(seconds, time.monotonic() - begun), each)


def _client(
    port: int,
    next_visit: NextVisit,
    chance: random.Random,
    going_on: Callable[[], bool],
    thinking: tuple[float, float],
) -> Iterator[Answered]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    time.sleep(chance.uniform(0, thinking[1]))
    while going_on():
        for asked in next_visit(chance):
            yield ask(connection, asked)
        time.sleep(chance.uniform(*thinking))
    connection.close()


def ask(connection: http.client.HTTPConnection, asked: Ask) -> Answered:
    """The answer's status; 0 where the connection broke or nothing came."""
    begun = time.perf_counter()
    status, data = _answer(connection, asked)
    right = status != 200 or asked.answer in (None, data)
    return Answered(asked.kind, status, 1000 * (time.perf_counter() - begun), right)


def _answer(connection: http.client.HTTPConnection, asked: Ask) -> tuple[int, bytes]:
    try:
        connection.request("GET" if asked.body is None else "POST", asked.path, asked.body, HEADERS)
        answer = connection.getresponse()
        data = answer.read()
        zipped = asked.answer is not None and answer.getheader("Content-Encoding") == "gzip"
        return answer.status, gzip.decompress(data) if zipped else data
    except (OSError, http.client.HTTPException):
        connection.close()
        return 0, b""
