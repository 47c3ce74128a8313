"""What a visitor is told when a request fails: one plain line, never a stack trace."""

import json
import logging

from dash import Dash
from dash.exceptions import DependencyException, InvalidResourceError
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from dashboard.guard.callback_posts import is_callback
from dashboard.state.payloads import UnusableInput
from db.errors import DatabaseBusy, DatabaseError, MissingRight, NoDataset

logger = logging.getLogger(__name__)

UNAVAILABLE = "The database can't be reached; trying again"
BUSY = "The database is busy; trying again"
REFUSED = "The database refuses to be read here; the log says which right is missing."
BUG = "Something went wrong here. It has been logged."

NO_SUCH_FILE = (InvalidResourceError, DependencyException)  # Dash's messages list those it has


def install(app: Dash) -> None:
    """Answer every exception of `app` by its kind; bugs are logged in full.

    Only an UnusableInput is the visitor's fault: a ValueError or TypeError of ours is a bug.
    """

    def answer(error: Exception) -> Response:
        if isinstance(error, NO_SUCH_FILE):
            error = NotFound()
        if isinstance(error, HTTPException):
            return _http_answer(app, error)
        if isinstance(error, DatabaseError):
            logger.warning("%s", error)
            line = _in_words(error)
            return _line(app, Response(status=503, headers={"Retry-After": "2"}), line)
        if isinstance(error, UnusableInput):
            logger.info("A callback refused its input %s", error.name)
            return _line(app, Response(status=400), str(error))
        logger.error("A request failed", exc_info=error)
        return _line(app, Response(status=500), BUG)

    app.server.register_error_handler(Exception, answer)
    app.server.register_error_handler(InvalidResourceError, answer)  # in place of Dash's own


def _in_words(error: DatabaseError) -> str:
    if isinstance(error, NoDataset):
        return str(error)
    if isinstance(error, MissingRight):
        return REFUSED
    return BUSY if isinstance(error, DatabaseBusy) else UNAVAILABLE


def _http_answer(app: Dash, error: HTTPException) -> Response:
    """The error's own status and headers (405 names the methods it allows), and one line."""
    own_words = error.description != type(error).description and error.description
    response = Response(status=error.code, headers=error.get_headers())
    return _line(app, response, own_words or f"{error.name}.")


def _line(app: Dash, response: Response, line: str) -> Response:
    """`response` with `line` as {"error": line} for a callback, as plain text for others."""
    if is_callback(app):
        response.data, response.content_type = json.dumps({"error": line}), "application/json"
    else:
        response.data, response.content_type = f"{line}\n", "text/plain; charset=utf-8"
    return response
