"""A request that the server makes of itself for another one's answer: as guarded, no network."""

from dataclasses import dataclass
from io import BytesIO

from flask import Flask, request
from werkzeug.test import run_wsgi_app

from db.store.datasets import Dataset

TOLD = "reelscope.told"
"""In the environment of such a request: a dict for what its headers do not say of the answer."""


@dataclass(frozen=True)
class InnerAnswer:
    """status, body and the seconds after which to ask again ("" where nobody said).

    lasting: the dataset that it is of, where it may be kept. learned: what had been trained and
    measured, if it depends on that. read: whether it opened a session; without one, an answer
    depends on what was asked alone.
    """

    status: int
    data: bytes
    again: str
    lasting: Dataset | None
    learned: object
    read: bool


def ask_within(server: Flask, path: str, post: bytes | None = None, origin=None) -> InnerAnswer:
    """The answer to a GET of `path`, or to a post of JSON, for whoever sent the present request.

    origin: the environment of that request, for where it is no longer the present one.
    """
    environ = {
        name: value
        for name, value in (request.environ if origin is None else origin).items()
        if not name.startswith(("werkzeug.", "HTTP_IF_", "HTTP_RANGE"))
    }
    told: dict = {}
    environ |= {
        TOLD: told,
        "REQUEST_METHOD": "GET" if post is None else "POST",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "CONTENT_TYPE": "" if post is None else "application/json",
        "CONTENT_LENGTH": str(len(post or b"")),
        "HTTP_ACCEPT_ENCODING": "identity",
        "wsgi.input": BytesIO(post or b""),
    }
    with server.app_context():  # a `g` of its own
        body, status, headers = run_wsgi_app(server.wsgi_app, environ)
    number, again = int(status.partition(" ")[0]), headers.get("Retry-After", "")
    may = told.get("lasting"), told.get("learned"), told.get("read", True)
    return InnerAnswer(number, b"".join(body), again, *may)
