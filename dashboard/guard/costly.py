"""Few costly requests at a time: the rest of the threads stay free for charts.

Whole exports and comparisons of all models cost a hundred times what a chart does, a profile of ten
thousand films ten times as much, and exact figures where a sample would do as long as there are
ratings. One runs at a time in the back room, for all workers, and a few wait; who comes on top of
these is asked to come again. So is a client who asks for more than a person ever does, while
others' are still taken. A process without a back room (another WSGI server's) does one at a time
itself.
"""

import time
from threading import BoundedSemaphore, Lock

from cachetools import LRUCache
from dash import Dash
from flask import g, request
from werkzeug.exceptions import ServiceUnavailable, TooManyRequests
from werkzeug.wrappers import Response

from dashboard import ids
from dashboard.guard.back_room import HANDED, BackRoom, BackRoomFull, BackRoomLost
from dashboard.guard.kept_answers import TOGETHER
from db.errors import DatabaseError
from db.store.datasets import Dataset
from db.store.engine import known_dataset

RUNNING = 1  # at once, in a process that has no back room
ADMITTED = 6  # running and waiting: as many as a browser asks at once, a third of the threads
LARGE = 65_536  # bytes of a post: that has a profile of a thousand films
EXACT = "exact=1"  # in a view's query string
WAITING_SECONDS = 20.0
AGAIN_SECONDS = 5
LOST_SECONDS = 2  # until there is another back room
REST = "reelscope.rest"
"""In a request's environment: seconds for which nothing more shall be read of its connection."""
REFUSED_REST = 1.0  # who asks again at once would be refused a hundred times a second
EXPORT_REST = 0.1  # also of one that is kept: so many of them are no person's

MOST = 300.0  # costly requests that a client may send at once, to each worker: every chart by genre
EVERY = 1.0  # seconds until it may send one more
HERE = ("127.0.0.1", "::1", "")
"""Whoever runs it, or a proxy that does not say who asks: nobody to be told apart."""
CLIENTS = 10_000  # the latest, whose budgets are known

SENTENCE = "Many exports and comparisons are being made just now; please try again in a moment."
BUDGET = "That is more exports and comparisons than one visitor may ask for; please wait a little."
LOST = "What was doing this has ended, and another takes its place; please try again in a moment."

_room: BackRoom | None = None
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


def use(room: BackRoom) -> None:
    """From now on this process hands over what is costly."""
    global _room
    _room = room


def install(app: Dash) -> None:
    """Let few costly requests in at a time; 429 with Retry-After for more."""

    @app.server.before_request
    def admit() -> Response | None:
        return _admitted_to() if is_costly() else None

    @app.server.after_request
    def tell(response: Response) -> Response:
        told, read = request.environ.get(HANDED), g.get("lasting") or g.get("from_kept")
        lasting = read and not g.get("learned")  # whose state is not sent along
        if told is not None and lasting and response.status_code == 200:
            told["dataset"] = read.id
        return response

    @app.server.teardown_request
    def release(_: BaseException | None) -> None:
        for each in g.pop("admitted", ()):
            each.release()


def install_early(app: Dash) -> None:
    """The same for large posts, which cost already where they are read: before anything does.

    Connections rest after an export, and after what was refused.
    """
    update = app.config.routes_pathname_prefix + "_dash-update-component"

    @app.server.before_request
    def admit_large() -> Response | None:
        if request.endpoint == "export":
            request.environ[REST] = EXPORT_REST
        large = (request.content_length or 0) > LARGE
        return _admitted_to() if large and request.endpoint in (update, TOGETHER) else None


def _admitted_to() -> Response | None:
    """The answer of the back room; None where the request is to be answered here, as admitted.

    Raises TooManyRequests, or ServiceUnavailable where the back room has ended.
    """
    if HANDED in request.environ or "admitted" in g:
        return None
    _pay()
    if not _admitted.acquire(blocking=False):
        raise _later()
    g.admitted = [_admitted]
    if _room is not None:
        return _handed_to(_room)
    if not _running.acquire(timeout=WAITING_SECONDS):
        raise _later()
    g.admitted.append(_running)
    return None


def _pay() -> None:
    """Take the request from its client's budget. Raises TooManyRequests."""
    client = request.remote_addr or ""
    if client not in HERE and (wait := _budgets.take(client, time.monotonic())):
        request.environ[REST] = REFUSED_REST
        raise TooManyRequests(BUDGET, retry_after=int(wait) + 1)


def _handed_to(room: BackRoom) -> Response:
    """What the back room answers to the current request, to be kept as if it were our own."""
    try:
        answer = room.ask(request.environ, request.get_data())
    except BackRoomFull:
        raise _later() from None
    except BackRoomLost:
        raise ServiceUnavailable(LOST, retry_after=LOST_SECONDS) from None
    if answer.dataset is not None:
        g.lasting = _current(answer.dataset)
    data = answer.data or ()  # bytes would say their length, and HEAD has none but says GET's
    response = Response(data, answer.status, answer.headers)
    if response.is_streamed:  # a thread is taken until the last piece
        response.call_on_close(g.admitted.pop().release)
    return response


def _current(number: int) -> Dataset | None:
    """The current dataset if that is its id."""
    try:
        current = known_dataset()
    except DatabaseError:
        return None
    return current if current.id == number else None


def is_costly() -> bool:
    """Whether the current request is for a whole export, a comparison or exact figures."""
    if request.endpoint == "export":
        return True
    items = g.get("post", {}).get("inputs", []) + g.get("post", {}).get("state", [])
    return any(isinstance(each, dict) and _costs(each) for each in items)


def _costs(item: dict) -> bool:
    value = item.get("value")
    if item["id"] == ids.COMPARE:
        return value is True
    return isinstance(value, dict) and EXACT in str(value.get("query", ""))


def _later() -> TooManyRequests:
    request.environ[REST] = REFUSED_REST
    return TooManyRequests(SENTENCE, retry_after=AGAIN_SECONDS)
