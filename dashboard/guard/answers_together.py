"""Callbacks that a page asks at the same moment, in one request: /_answers.

The body is {"posts": [text, ...]}, each text the body of a post to Dash. The answer is a line for
each in the same order, sent as soon as it is made: [status, Retry-After, what Dash answered].
Each is a request of its own to the guard; the browser's side is assets/early/answers.js.
"""

import zlib
from collections.abc import Iterator

import brotli
from dash import Dash
from flask import Response, g, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from dashboard.guard import kept_answers
from dashboard.guard.body import parse
from dashboard.guard.compression import ANSWER_LEVELS, ENCODINGS
from dashboard.guard.inner_requests import TOLD, InnerAnswer, ask_within
from db.store.datasets import Dataset

PATH = kept_answers.TOGETHER
MOST = 50  # posts; no page asks for so many at once
CONTENT = "application/x-ndjson"


def install(app: Dash) -> None:
    """Add the address to `app`."""
    prefix = app.config.routes_pathname_prefix
    update = f"{prefix}_dash-update-component"

    @app.server.post(f"{prefix}{PATH}", endpoint=PATH)
    def answers() -> Response:
        posts = posts_of(request)
        return Response(_lines(app, update, posts), headers=_headers())

    @app.server.after_request
    def tell(response: Response) -> Response:
        told = request.environ.get(TOLD)
        if told is not None and response.status_code == 200:
            lasting = g.get("lasting") or g.get("from_kept")
            told.update(lasting=lasting, learned=g.get("learned"), read="dataset" in g)
        return response


def posts_of(asked) -> list[bytes]:
    """The bodies. Raises BadRequest, or UnsupportedMediaType, where they are none."""
    if not asked.is_json:
        raise UnsupportedMediaType("The body's content type is not JSON.")
    posts = parse(asked.get_data()).get("posts")
    if not isinstance(posts, list) or not 0 < len(posts) <= MOST:
        raise BadRequest(f"posts should be a list of 1 to {MOST} texts.")
    if not all(isinstance(post, str) for post in posts):
        raise BadRequest("A post is not a text.")
    return [post.encode() for post in posts]


def _headers() -> dict[str, str]:
    encoding = request.accept_encodings.best_match(ENCODINGS)
    said = {"Content-Type": CONTENT, "Vary": "Accept-Encoding"}
    return said | ({"Content-Encoding": encoding} if encoding else {})


def _lines(app: Dash, update: str, posts: list[bytes]) -> Iterator[bytes]:
    """Line by line, compressed; kept whole where each may be kept and all are of one dataset."""
    environ, headers = request.environ, _headers()
    question, encoding = g.get("question"), headers.get("Content-Encoding")

    def made() -> Iterator[bytes]:
        pack = Packing(encoding)
        sent: list[bytes] = []
        read: set[tuple[Dataset | None, object]] = set()
        for place, post in enumerate(posts, start=1):
            answer = ask_within(app.server, update, post, environ)
            if answer.read:
                read.add((answer.lasting, answer.learned))
            sent.append(pack.packed(line(answer), last=place == len(posts)))
            yield sent[-1]
        datasets, learned = {each for each, _ in read}, {each for _, each in read} - {None}
        if len(datasets) == 1 and len(learned) <= 1 and (dataset := datasets.pop()):
            said = tuple(headers.items())
            whole = kept_answers.Answer(dataset, b"".join(sent), said, *learned)
            kept_answers.keep(encoding, question, whole)

    return made()


def line(answer: InnerAnswer) -> bytes:
    """As the browser reads it."""
    body = answer.data.replace(b"\n", b" ").strip() or b"null"  # in JSON only blanks are line ends
    return b'[%d,"%s",%s]\n' % (answer.status, answer.again.encode(), body)


class Packing:
    """A body in an encoding, or None, of which each part can be read when it comes."""

    def __init__(self, encoding: str | None) -> None:
        self.brotli = brotli.Compressor(quality=ANSWER_LEVELS["br"]) if encoding == "br" else None
        level = ANSWER_LEVELS["gzip"]
        wrapped = 16 + zlib.MAX_WBITS
        self.gzip = zlib.compressobj(level, zlib.DEFLATED, wrapped) if encoding == "gzip" else None

    def packed(self, part: bytes, last: bool) -> bytes:
        """The bytes to send for it."""
        if self.brotli is not None:
            begun = self.brotli.process(part)
            return begun + (self.brotli.finish() if last else self.brotli.flush())
        if self.gzip is not None:
            return self.gzip.compress(part) + self.gzip.flush(
                zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH
            )
        return part
