"""Addresses: too long, malformed, or of no page."""

from collections.abc import Callable

from dash import Dash
from dash._pages import _path_to_page  # the router's own rule, which Dash does not export
from flask import Response, abort, request

from dashboard.page_registry import NOT_FOUND
from db.errors import DatabaseError

LONGEST_ADDRESS = 4000  # bytes of path and query

Exists = Callable[[str], bool]


def install(app: Dash, exists: Exists) -> None:
    """Refuse malformed addresses, and answer 404 with the app's shell where there is no page."""
    prefix = app.config.routes_pathname_prefix
    shell = {prefix, prefix + "<path:path>"}  # Dash's endpoints for every page

    @app.server.before_request
    def check_address() -> None:
        if len(request.path) + len(request.query_string) > LONGEST_ADDRESS:
            abort(414)
        if any(character < " " for character in request.path):
            abort(400, "The address holds control characters.")
        if "," in request.headers.get("Host", ""):
            abort(400, "There is more than one Host header.")
        try:
            _ = request.url  # Dash puts it into every page
        except UnicodeError:
            abort(400, "The Host header is not a host's name.")

    @app.server.after_request
    def set_status(response: Response) -> Response:
        if request.endpoint in shell and response.status_code == 200:
            path = "/" + request.path.removeprefix(prefix)
            response.status_code = 200 if is_page(path, exists) else 404
        return response


def is_page(path: str, exists: Exists) -> bool:
    """Whether `path` (below the prefix) is a page; `exists` is asked about those with variables."""
    page, variables = _path_to_page(path.strip("/"))
    if not page or page["module"].endswith(NOT_FOUND):
        return False
    try:
        return not variables or exists(path)
    except DatabaseError:
        return True  # the page itself says so, and recovers
