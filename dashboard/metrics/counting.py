"""Every request is counted, by route and status, and how long it took."""

import re
import time
from functools import cache
from threading import Thread

from dash import Dash
from flask import g, request
from werkzeug.wrappers import Response

from dashboard.guard import kept_answers
from dashboard.metrics.ledger import Ledger
from db.store.engine import connections_used

EVERY = 1.0  # seconds between looks at what a worker keeps and uses
NONE = "none"  # the route of an address that is none of ours
TYPE = re.compile(r'"type":"([^"]+)"')

LEDGER = Ledger()


def install(app: Dash) -> None:
    """Count `app`'s requests; after the request log, whose clock it reads."""

    def count(response: Response) -> Response:
        seconds = time.perf_counter() - g.begun
        LEDGER.count(route(), response.status_code, seconds, "from_kept" in g)
        return response

    # Before Dash's own, which may fail, and after all that makes the answer
    app.server.before_request_funcs.setdefault(None, []).insert(0, LEDGER.begin)
    app.server.after_request_funcs.setdefault(None, []).insert(0, count)

    @app.server.teardown_request
    def end(_: BaseException | None) -> None:
        LEDGER.end()


def route() -> str:
    """The current request's: its callback's first output, or the rule of its address."""
    if post := g.get("post"):
        return f"callback {_first(post['output'])}"
    return request.url_rule.rule if request.url_rule else NONE


@cache  # holds as many as the app declares
def _first(outputs: str) -> str:
    """The first of a callback's outputs, without the index of its component.

    Dash writes them "..a.children...b.children.." and {"index":["MATCH"],"type":"c"}.children.
    """
    first = outputs.strip(".").split("...")[0].partition("@")[0]
    if first.startswith("{"):
        component, _, property_ = first.rpartition(".")
        found = TYPE.search(component)
        return f"{found.group(1) if found else component}.{property_}"
    return first


def observe() -> None:
    """Write down what this process keeps and uses now."""
    answers, size = kept_answers.held()
    LEDGER.note(kept=answers, kept_bytes=size, connections=connections_used())


def observe_on(worker: int) -> None:
    """In a worker, once: count on its page, and observe each second."""
    LEDGER.take(worker)

    def go_on() -> None:
        while True:
            observe()
            time.sleep(EVERY)

    Thread(target=go_on, daemon=True).start()
