"""Whether the process lives and whether it can answer, for load balancers and start scripts."""

from flask import Flask, Response

from db.errors import DatabaseError
from db.store.engine import FIRST_SECONDS, reading
from db.version import VERSION


def install(server: Flask, prefix: str) -> None:
    """Add /healthz and /readyz to `server` below the URL `prefix`."""
    server.add_url_rule(f"{prefix}healthz", "healthz", healthz)
    server.add_url_rule(f"{prefix}readyz", "readyz", readyz)


def healthz() -> Response:
    """200 while the process lives, and which version it is."""
    return _line(200, f"ok\nReelscope {VERSION}")


def readyz() -> Response:
    """200 when the database answers and a dataset is loaded, else 503; never waits for models."""
    try:
        with reading(FIRST_SECONDS):
            return _line(200, "ready")
    except DatabaseError as error:
        return _line(503, str(error))


def _line(status: int, text: str) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(f"{text}\n", status, headers, mimetype="text/plain")
