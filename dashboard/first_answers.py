"""What a page's HTML brings along, so that the browser need not ask: Dash's layout, the page's
content, and the view that its address says. The browser's side is assets/early/answers.js.

Each is the answer to a request of its own, as Dash gives it, in the session of the page's. Where
there is none, content and view are left out and asked for as ever.
"""

import json
from functools import partial
from typing import Any

from dash import Dash
from flask import g, request

from dashboard import ids
from dashboard.guard.inner_requests import InnerAnswer, ask_within
from dashboard.state.session import SHARED
from dashboard.wanted_posts import wanted_posts
from db.store.datasets import Dataset

CONTENT = "_pages_content.children"  # begins the output of Dash's own callback
GETS = ("_dash-layout", "_dash-dependencies")


def first_answers(app: Dash) -> bytes:
    """JSON, safe within HTML: {"gets": {path: answer}, "posts": [{output, inputs, answer}]}, and
    what the page will ask next: {"wanted": [post], "theme": the id whose value the browser knows,
    "view": the id of the view's store}.

    The HTML may be kept where all of it is determined by the address and the dataset.
    """
    prefix = app.config.requests_pathname_prefix
    gets = {f"{prefix}{name}": _ask(app, name) for name in GETS}
    good = {path: answer.data for path, answer in gets.items() if answer.status == 200}
    current = request.environ.get(SHARED)
    posts = _posts(app, current.dataset) if current else []
    wanted = _wanted(*good.values(), *posts) if len(posts) == len(GETS) == len(good) else []
    parts = b",".join(b"%s:%s" % (json.dumps(path).encode(), data) for path, data in good.items())
    next_asked = json.dumps({"wanted": wanted, "theme": ids.THEME, "view": ids.VIEW})[1:-1].encode()
    whole = b'{"gets":{%s},"posts":[%s],%s}' % (parts, b",".join(posts), next_asked)
    return whole.replace(b"<", b"\\u003c")  # ends no script


def _wanted(layout: bytes, callbacks: bytes, content: bytes, view: bytes) -> list[dict]:
    """What the page will ask next."""
    answers = [json.loads(each)["answer"]["response"] for each in (content, view)]
    page = [json.loads(layout), *(part.get("children") for part in answers[0].values())]
    view = answers[1][ids.VIEW]["data"]
    return wanted_posts(json.loads(callbacks), page, _address(), view)


def _address() -> dict[str, str]:
    """As the page's script puts it into ids.URL."""
    search = f"?{request.query_string.decode()}" if request.query_string else ""
    return {"path": request.path, "search": search}


def _ask(app: Dash, name: str, post: bytes | None = None) -> InnerAnswer:
    return ask_within(app.server, app.config.routes_pathname_prefix + name, post)


def _posts(app: Dash, dataset: Dataset) -> list[bytes]:
    """Answers to the callbacks that run first, and only on what the address says."""
    address = _address()
    location = {"pathname": address["path"], "search": address["search"]}
    content = {f"_pages_location.{name}": value for name, value in location.items()}
    asked = [(CONTENT, content), (f"{ids.VIEW}.data", {f"{ids.URL}.data": address})]
    found = []
    for output, inputs in asked:
        post = _post(app.callback_map, output, inputs)
        answer = _ask(app, "_dash-update-component", json.dumps(post).encode())
        if answer.status != 200:
            continue
        about = json.dumps({"output": post["output"], "inputs": inputs})
        found.append(about[:-1].encode() + b',"answer":' + answer.data.strip() + b"}")
    g.lasting = dataset if len(found) == len(asked) else None  # no layout asks the database
    return found


def _post(callbacks: dict, begin: str, inputs: dict[str, Any]) -> dict:
    """What the browser posts for the output that begins so; other inputs as nobody has set them."""
    output = next(each for each in callbacks if each.lstrip(".").startswith(begin))
    declared = callbacks[output]
    outputs = [part.to_dict() for part in _flat(declared["output"])]
    item = partial(_item, inputs)
    return {
        "output": output,
        "outputs": outputs if output.startswith("..") else outputs[0],
        "inputs": [item(each) for each in declared["inputs"]],
        "state": [item(each) for each in declared["state"]],
        "changedPropIds": list(inputs),
    }


def _flat(output: Any) -> list:
    return list(output) if isinstance(output, (list, tuple)) else [output]


def _item(inputs: dict[str, Any], declared: dict) -> dict:
    name = f"{declared['id']}.{declared['property']}"
    return {"id": declared["id"], "property": declared["property"], "value": inputs.get(name)}
