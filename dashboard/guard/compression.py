"""Compressed responses. plotly.js is 4.8 MB, 1.3 MB in Brotli; it is compressed once a process.

Not by Flask-Compress (1.25): it sends br where `br;q=0` forbids that, has one level for files and
for answers, and keeps what it compressed by address, under which each callback's answer is another.
"""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

import brotli
from dash import Dash
from flask import request
from werkzeug.wrappers import Response

from dashboard.guard.headers import is_static

TYPES = {"application/json", "application/javascript", "image/svg+xml"}  # and text/*
SMALLEST = 500  # bytes; below, headers outweigh the gain
ENCODINGS = ("br", "gzip")  # browsers offer Brotli only over HTTPS or to the same machine

# Per encoding, where time and size balance: 0.1 s for plotly.js, 1 ms for a chart's JSON.
FILE_LEVELS = {"br": 5, "gzip": 6}
ANSWER_LEVELS = {"br": 4, "gzip": 4}


def install(app: Dash) -> None:
    """Compress what `app` answers in the best encoding that the browser offers."""

    @app.server.after_request
    def compress(response: Response) -> Response:
        if not _is_compressible(response):
            return response
        response.vary.add("Accept-Encoding")
        encoding = request.accept_encodings.best_match(ENCODINGS)
        if encoding is not None and response.is_streamed and not response.direct_passthrough:
            response.response = _packed(response.iter_encoded(), encoding)
            response.content_encoding = encoding
        elif encoding is not None:
            response.direct_passthrough = False  # a file is read, to be compressed
            kept = is_static(app) and response.status_code == 200
            data = response.get_data()
            response.set_data(_file(data, encoding) if kept else _answer(data, encoding))
            response.content_encoding = encoding
        return _revalidate(response)


def _is_compressible(response: Response) -> bool:
    return (
        response.status_code not in (204, 206, 304)
        and response.content_encoding is None
        and (response.mimetype in TYPES or response.mimetype.startswith("text/"))
        and (response.content_length is None or response.content_length >= SMALLEST)
    )


def _revalidate(response: Response) -> Response:
    """304 if the browser has it: its ETag is now weak, one for all encodings (RFC 9110, 8.8.3)."""
    etag, _ = response.get_etag()
    if etag is None or request.method not in ("GET", "HEAD"):
        return response
    response.set_etag(etag, weak=True)
    return response.make_conditional(request)


def _encode(data: bytes, encoding: str, level: int) -> bytes:
    if encoding == "br":
        return brotli.compress(data, quality=level)
    return gzip.compress(data, level)


@lru_cache(maxsize=128)  # more than the files that a page can name, in both encodings
def _file(data: bytes, encoding: str) -> bytes:
    return _encode(data, encoding, FILE_LEVELS[encoding])


def _answer(data: bytes, encoding: str) -> bytes:
    return _encode(data, encoding, ANSWER_LEVELS[encoding])


def _packed(parts: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    pack = Packing(encoding)
    for part in parts:
        yield pack.packed(part, last=False)
    yield pack.packed(b"", last=True)


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
