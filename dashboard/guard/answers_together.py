"""Callbacks that a page asks at the same moment, in one request: /_answers.

The body is {"posts": [text, ...]}, each text the body of a post to Dash. The answer is a line for
each in the same order, sent as soon as it is made: [status, Retry-After, what Dash answered].
Each is a request of its own to the guard; the browser's side is assets/early/answers.js.

"following": [text, ...] are asked next, under the view that the last of the posts makes; where it
makes none, they have no lines.
"""

from collections import deque
from collections.abc import Iterator

from dash import Dash
from flask import Response, g, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from dashboard.guard import kept_answers
from dashboard.guard.body import parse
from dashboard.guard.compression import ENCODINGS, Packing
from dashboard.guard.following_posts import new_view, under
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
        posts, following = posts_of(request)
        return Response(_lines(app, update, posts, following), headers=_headers())

    @app.server.after_request
    def tell(response: Response) -> Response:
        told = request.environ.get(TOLD)
        if told is not None and response.status_code == 200:
            lasting = g.get("lasting") or g.get("from_kept")
            told.update(lasting=lasting, learned=g.get("learned"), read="dataset" in g)
        return response


def posts_of(asked) -> tuple[list[bytes], list[bytes]]:
    """The bodies of posts, and of those that follow.

    Raises BadRequest, or UnsupportedMediaType, where they are none.
    """
    if not asked.is_json:
        raise UnsupportedMediaType("The body's content type is not JSON.")
    body = parse(asked.get_data())
    posts, following = body.get("posts"), body.get("following", [])
    if not isinstance(posts, list) or not isinstance(following, list) or not posts:
        raise BadRequest("posts should be a list of texts, as should those that follow.")
    if len(posts) + len(following) > MOST:
        raise BadRequest(f"There should be at most {MOST} posts.")
    if not all(isinstance(post, str) for post in posts + following):
        raise BadRequest("A post is not a text.")
    return [post.encode() for post in posts], [post.encode() for post in following]


def _headers() -> dict[str, str]:
    encoding = request.accept_encodings.best_match(ENCODINGS)
    said = {"Content-Type": CONTENT, "Vary": "Accept-Encoding"}
    return said | ({"Content-Encoding": encoding} if encoding else {})


def _lines(app: Dash, update: str, posts: list[bytes], following: list[bytes]) -> Iterator[bytes]:
    """Line by line, compressed; kept whole where each may be kept and all are of one dataset."""
    environ, headers = request.environ, _headers()
    question, encoding = g.get("question"), headers.get("Content-Encoding")
    asked = deque(posts)

    def made() -> Iterator[bytes]:
        pack = Packing(encoding)
        sent: list[bytes] = []
        read: set[tuple[Dataset | None, object]] = set()
        while asked:
            answer = ask_within(app.server, update, asked.popleft(), environ)
            if following and not asked:
                asked.extend(_under_new_view(answer, following))
                following.clear()
            if answer.read:
                read.add((answer.lasting, answer.learned))
            sent.append(pack.packed(line(answer), last=not asked))
            yield sent[-1]
        datasets, learned = {each for each, _ in read}, {each for _, each in read} - {None}
        if len(datasets) == 1 and len(learned) <= 1 and (dataset := datasets.pop()):
            said = tuple(headers.items())
            whole = kept_answers.Answer(dataset, b"".join(sent), said, *learned)
            kept_answers.keep(encoding, question, whole)

    return made()


def _under_new_view(answer: InnerAnswer, following: list[bytes]) -> list[bytes]:
    """What follows an answer: nothing where it makes no view."""
    view = new_view(answer.data) if answer.status == 200 else None
    return [] if view is None else [under(view, post) for post in following]


def line(answer: InnerAnswer) -> bytes:
    """As the browser reads it."""
    body = answer.data.replace(b"\n", b" ").strip() or b"null"  # in JSON only blanks are line ends
    return b'[%d,"%s",%s]\n' % (answer.status, answer.again.encode(), body)
