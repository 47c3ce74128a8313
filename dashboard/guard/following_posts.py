"""Posts that follow the one that makes a page's view: asked along with it, before Dash can.

A page that has a new view asks for all that it shows under it: the browser knows these posts from
the last view and sends them along (assets/early/answers.js), with that view in place of the new.
"""

import json

from dashboard import ids


def new_view(answer: bytes) -> dict | None:
    """The view that a callback's answer puts into the page's store; None where it puts none."""
    try:
        said = json.loads(answer)["response"][ids.VIEW]["data"]
    except (ValueError, KeyError, TypeError):
        return None
    return said if isinstance(said, dict) else None


def under(view: dict, post: bytes) -> bytes:
    """The post as the page will send it under `view`; what is none is left for the guard."""
    try:
        asked = json.loads(post)
        for item in [*asked["inputs"], *asked.get("state", [])]:
            if item["id"] == ids.VIEW:
                item["value"] = view
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return post
    return json.dumps(asked).encode()
