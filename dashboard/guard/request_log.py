"""One line a request in the log.

No query string and no body is in it: they may hold what a visitor looks for and how they rate.
"""

import json
import logging
import time
from urllib.parse import quote

from dash import Dash
from flask import g, request
from werkzeug.wrappers import Response

logger = logging.getLogger(__name__)

HEALTH = ("healthz", "readyz")  # asked every few seconds
LONGEST = 200  # characters of a path or of a callback's output
LINE = "%(method)s %(path)s %(output)s %(status)d %(ms).1f ms %(bytes)d bytes %(dataset)s"


def install(app: Dash) -> None:
    """Log every answer of `app`: install it first, so that it sees what all others made of it."""

    def begin() -> None:
        g.begun = time.perf_counter()

    # Before Dash's own, which sets the app up in the first request and may fail
    app.server.before_request_funcs.setdefault(None, []).insert(0, begin)

    @app.server.after_request
    def log(response: Response) -> Response:
        line = {
            "method": quote(request.method),
            "path": quote(request.path)[:LONGEST],
            "output": g.get("output", "-"),
            "status": response.status_code,
            "ms": round(1000 * (time.perf_counter() - g.begun), 1),
            "bytes": response.content_length or 0,
            "dataset": g.get("dataset", "-"),
        }
        level = logging.DEBUG if request.endpoint in HEALTH else logging.INFO
        logger.log(level, LINE, line, extra={"fields": line})
        return response


def note_output(body: dict) -> None:
    """Remember which callback is asked, by the first thing that it fills."""
    outputs = body.get("outputs")
    first = outputs[0] if isinstance(outputs, list) and outputs else outputs
    if isinstance(first, list):  # as many as there are
        first = first[0] if first else None
    if first:
        id_, property_ = first["id"], first["property"].partition("@")[0]
        name = id_ if isinstance(id_, str) else json.dumps(id_, separators=(",", ":"))
        g.output = f"{name}.{property_}"[:LONGEST]
