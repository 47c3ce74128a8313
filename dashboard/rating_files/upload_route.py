"""Where the browser sends a file of ratings: it is read in memory, answered with, and forgotten."""

import json

from flask import Flask, Response, request

from dashboard.rating_files.file_entries import RatingFileError
from dashboard.rating_files.preview import preview
from dashboard.rating_files.rating_file import read_rating_file
from dashboard.rating_files.uploads import MOST_BYTES
from dashboard.state.session import session

PATH = "rating-file"
BINARY = "application/octet-stream"  # a form of another site cannot post that unasked
LONGEST_NAME = 60


def install(server: Flask, prefix: str) -> None:
    """Add the route to `server` below the URL `prefix`."""
    server.add_url_rule(f"{prefix}{PATH}", "rating_file", read, methods=["POST"])


def read() -> Response:
    """What the posted file would bring; ?name=, and what the visitor chose: ?scale=, ?person=.

    400 with {"error"}, a sentence, where the file can't be used.
    """
    if request.mimetype != BINARY:
        return _json({"error": f"A file is sent as {BINARY}."}, 415)
    request.max_content_length = MOST_BYTES + 1
    chosen = {key: request.args.get(key, "") for key in ("scale", "person")}
    name = request.args.get("name", "")[-LONGEST_NAME:] or "The file"
    try:
        file = read_rating_file(name, request.get_data(), **chosen)
    except RatingFileError as error:
        return _json({"error": str(error)}, 400)
    with session() as current:
        return _json(preview(current.connection, current.dataset.fingerprint, file), 200)


def _json(answer: dict, status: int) -> Response:
    return Response(json.dumps(answer), status, mimetype="application/json")
