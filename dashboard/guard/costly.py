"""Few costly requests at a time: the rest of the threads stay free for charts.

Whole exports and comparisons of all models cost a hundred times what a chart does. Two run at once
in each process and a few more wait; who comes on top of these is asked to come again.
"""

from threading import BoundedSemaphore

from dash import Dash
from flask import g, request
from werkzeug.exceptions import TooManyRequests

from dashboard import ids

RUNNING = 2  # at once, in each worker
ADMITTED = 8  # running and waiting: half of a worker's threads
WAITING_SECONDS = 20.0
AGAIN_SECONDS = 5

SENTENCE = "Many exports and comparisons are being made just now; please try again in a moment."

_running = BoundedSemaphore(RUNNING)
_admitted = BoundedSemaphore(ADMITTED)


def install(app: Dash) -> None:
    """Let few costly requests in at a time; 429 with Retry-After for more."""

    @app.server.before_request
    def admit() -> None:
        if not is_costly():
            return
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
