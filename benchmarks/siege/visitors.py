"""Clients that ask and wait for the answer: in a closed loop, or with pauses to think."""

import http.client
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

THINKING = 1.0, 3.0  # seconds between a visitor's requests
TIMEOUT = 60.0
HEADERS = {"Accept-Encoding": "gzip", "Content-Type": "application/json"}


@dataclass(frozen=True)
class Ask:
    """A request: a GET of `path`, or the post of a callback."""

    path: str
    post: dict | None = None


@dataclass
class Answers:
    """What came back: how often each status (0: nothing), and after how many ms."""

    seconds: float
    statuses: Counter = field(default_factory=Counter)
    ms: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return self.statuses[200] / self.seconds

    def quantile(self, share: float) -> float:
        """Milliseconds within which that share of the answers came."""
        return float(np.quantile(self.ms, share)) if self.ms else float("nan")


def besiege(
    port: int, next_ask: Callable[[random.Random], Ask], clients: int, seconds: float, think: bool
) -> Answers:
    """So many clients ask for so long, each over a connection of its own that it keeps."""
    found = Answers(seconds)
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(clients) as pool:
        for one in pool.map(lambda n: list(_client(port, next_ask, n, end, think)), range(clients)):
            for status, ms in one:
                found.statuses[status] += 1
                found.ms.append(ms)
    return found


def _client(
    port: int, next_ask: Callable[[random.Random], Ask], number: int, end: float, think: bool
) -> Iterator[tuple[int, float]]:
    chance = random.Random(number)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    if think:
        time.sleep(chance.uniform(0, THINKING[1]))
    while time.monotonic() < end:
        begun = time.perf_counter()
        status = ask(connection, next_ask(chance))
        yield status, 1000 * (time.perf_counter() - begun)
        if think:
            time.sleep(chance.uniform(*THINKING))
    connection.close()


def ask(connection: http.client.HTTPConnection, asked: Ask) -> int:
    """The answer's status; 0 where the connection broke or nothing came."""
    try:
        if asked.post is None:
            connection.request("GET", asked.path, headers=HEADERS)
        else:
            connection.request("POST", asked.path, json.dumps(asked.post), HEADERS)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        connection.close()
        return 0
