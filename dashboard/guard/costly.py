"""Few costly requests at a time: the rest of the threads stay free for charts.

Whole exports and comparisons of all models cost a hundred times what a chart does. One runs at a
time in each process and a few wait; who comes on top of these is asked to come again. So is a
client who asks for more than a person ever does, while others' are still taken.
"""

import time
from threading import BoundedSemaphore, Lock

from cachetools import LRUCache
from dash import Dash
from flask import g, request
from werkzeug.exceptions import TooManyRequests

from dashboard import ids

RUNNING = 1  # at once, in each worker: its charts share the interpreter with it
ADMITTED = 5  # running and waiting: a third of a worker's threads
WAITING_SECONDS = 20.0
AGAIN_SECONDS = 5

MOST = 300.0  # costly requests that a client may send at once, to each worker: every chart by genre
EVERY = 1.0  # seconds until it may send one more
HERE = ("127.0.0.1", "::1", "")
"""Whoever runs it, or a proxy that does not say who asks: nobody to be told apart."""
CLIENTS = 10_000  # the latest, whose budgets are known

SENTENCE = "Many exports and comparisons are being made just now; please try again in a moment."
BUDGET = "That is more exports and comparisons than one visitor may ask for; please wait a little."

_running = BoundedSemaphore(RUNNING)
_admitted = BoundedSemaphore(ADMITTED)


class Budgets:
    """What clients have left: each request takes 1, and time gives it back, up to `most`."""

    def __init__(self, most: float, every: float) -> None:
        """every: seconds in which 1 is given back."""
        self.most, self.every = most, every
        self.left: LRUCache[str, tuple[float, float]] = LRUCache(CLIENTS)
        self.lock = Lock()

    def take(self, client: str, now: float) -> float:
        """0, or the seconds that the client has to wait."""
        with self.lock:
            left, then = self.left.get(client, (self.most, now))
            left = min(self.most, left + (now - then) / self.every)
            enough = left >= 1
            self.left[client] = left - enough, now
        return 0.0 if enough else (1 - left) * self.every


_budgets = Budgets(MOST, EVERY)


def install(app: Dash) -> None:
    """Let few costly requests in at a time; 429 with Retry-After for more."""

    @app.server.before_request
    def admit() -> None:
        if not is_costly():
            return
        client = request.remote_addr or ""
        if client not in HERE and (wait := _budgets.take(client, time.monotonic())):
            raise TooManyRequests(BUDGET, retry_after=int(wait) + 1)
        if not _admitted.acquire(blocking=False):
            raise _later()
        if not _running.acquire(timeout=WAITING_SECONDS):
            _admitted.release()
            raise _later()
        g.admitted = True

    @app.server.teardown_request
    def release(_: BaseException | None) -> None:
        if g.pop("admitted", False):
            _running.release()
            _admitted.release()


def is_costly() -> bool:
    """Whether the current request is for a whole export or a comparison of all models."""
    if request.endpoint == "export":
        return True
    items = g.get("post", {}).get("inputs", []) + g.get("post", {}).get("state", [])
    return any(isinstance(each, dict) and _compares(each) for each in items)


def _compares(item: dict) -> bool:
    return item["id"] == ids.COMPARE and item.get("value") is True


def _later() -> TooManyRequests:
    return TooManyRequests(SENTENCE, retry_after=AGAIN_SECONDS)
