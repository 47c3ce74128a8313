"""Only posts that a page of this app could have sent reach Dash's callback dispatcher.

Dash 4.4 answers 500 to most others: it indexes the body before it has looked at it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dash import Dash
from flask import g, request
from werkzeug.exceptions import BadRequest, HTTPException, UnsupportedMediaType

from dashboard.guard.body import MOST_BYTES, parse
from dashboard.guard.request_log import note_output
from dashboard.state.payloads import UnusableInput

MOST_ITEMS = 1000  # Dash compares every item with every changed one
WILDCARDS = (["MATCH"], ["ALL"], ["ALLSMALLER"])
LOCATION = "_pages_location"  # the component that tells Dash which page to show
ITEM_KEYS = {"id", "property", "value", "allow_optional"}


def install(app: Dash) -> None:
    """Check every post to `app`'s callbacks before Dash sees it."""
    app.server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES

    @app.server.before_request
    def guard() -> None:
        if is_callback(app):
            body = parse(_read())
            check(body, app.callback_map)
            note_output(body)
            check_address(body, app.config.requests_pathname_prefix)
            g.post = body


def is_callback(app: Dash) -> bool:
    """Whether the current request is a post to a callback."""
    return request.endpoint == app.config.routes_pathname_prefix + "_dash-update-component"


def _read() -> bytes:
    # A form can be posted from any site, JSON only from ours: browsers ask first.
    if not request.is_json:
        raise UnsupportedMediaType("The body's content type is not JSON.")
    try:
        return request.get_data()
    except HTTPException:
        raise
    except Exception:  # each server has classes of its own for a broken chunk or a lost connection
        raise BadRequest("The body could not be read.") from None


def check(body: dict, callback_map: Mapping[str, Mapping]) -> None:
    """Raise BadRequest unless `body` is a post to one of the callbacks in `callback_map`."""
    output = body.get("output")
    callback = callback_map.get(output) if isinstance(output, str) else None
    if callback is None or "callback" not in callback:  # without one it runs in the browser
        raise BadRequest("No callback has that output.")
    bound: dict[str, object] = {}
    _check_slots("outputs", _outputs(body, callback), _declared_outputs(callback), bound)
    for name in ("inputs", "state"):
        _check_slots(name, body.get(name, []), _declared(callback[name]), bound)
    _check_changed(body.get("changedPropIds", []), _declared(callback["inputs"]), bound)


def check_address(body: dict, prefix: str) -> None:
    """Raise UnusableInput where Dash's own callback would fail: it takes any address for one."""
    for item in body.get("inputs", []):
        if isinstance(item, dict) and item["id"] == LOCATION:
            value = item.get("value")
            if not isinstance(value, str):
                raise UnusableInput(item["property"], value, "input should be a valid string")
            below = value.startswith(prefix.rstrip("/") or "/")
            if item["property"] == "pathname" and not below:
                raise UnusableInput("pathname", value, f"input should begin with {prefix}")


@dataclass(frozen=True)
class Dependency:
    """An Output, Input or State as its callback declares it; values of a dict id may be wildcards.

    A wildcard is a list of its name: `{"type": "stars", "index": ["ALL"]}`.
    """

    component_id: str | dict
    component_property: str

    @property
    def is_list(self) -> bool:
        """Whether it stands for any number of components."""
        values = self.component_id.values() if isinstance(self.component_id, dict) else ()
        return any(value in (["ALL"], ["ALLSMALLER"]) for value in values)

    def admits(self, item: object, bound: dict[str, object]) -> bool:
        """Whether `item` of a post is one of its components; `bound` holds the MATCHes so far."""
        return (
            isinstance(item, dict)
            and item.keys() <= ITEM_KEYS
            and isinstance(item.get("property"), str)
            # An Output with allow_duplicate is "property@hash" in the post.
            and item["property"].partition("@")[0] == self.component_property
            and self._admits_id(item.get("id"), bound)
        )

    def _admits_id(self, sent: object, bound: dict[str, object]) -> bool:
        declared = self.component_id
        if not isinstance(declared, dict):
            return sent == declared
        if not isinstance(sent, dict) or sent.keys() != declared.keys():
            return False
        return all(_admits_value(key, declared[key], value, bound) for key, value in sent.items())


def _admits_value(key: str, declared: object, sent: object, bound: dict[str, object]) -> bool:
    if declared not in WILDCARDS:
        return sent == declared
    if not isinstance(sent, (str, int, float)):
        return False
    return declared != ["MATCH"] or bound.setdefault(key, sent) == sent


@cache  # holds as many as the app declares
def _dependency(id_: str, property_: str) -> Dependency:
    return Dependency(json.loads(id_) if id_.startswith("{") else id_, property_)


def _declared(specifications: list[Mapping]) -> list[Dependency]:
    return [_dependency(each["id"], each["property"]) for each in specifications]


def _declared_outputs(callback: Mapping) -> list[Dependency]:
    output = callback["output"]
    outputs = output if isinstance(output, (list, tuple)) else [output]
    return _declared([each.to_dict() for each in outputs])


def _outputs(body: dict, callback: Mapping) -> object:
    """The post's outputs as a list: a callback with one output sends it bare."""
    several = isinstance(callback["output"], (list, tuple))
    return body.get("outputs", []) if several else [body.get("outputs")]


def _check_slots(
    name: str, slots: object, declared: list[Dependency], bound: dict[str, object]
) -> None:
    if not isinstance(slots, list) or len(slots) != len(declared):
        raise BadRequest(f"The {name} are not as many as the callback takes.")
    for slot, dependency in zip(slots, declared, strict=True):
        items = slot if dependency.is_list else [slot]
        if not isinstance(items, list) or len(items) > MOST_ITEMS:
            raise BadRequest(f"The {name} are not as many as the callback takes.")
        if not all(dependency.admits(item, bound) for item in items):
            raise BadRequest(f"The {name} are not those that the callback takes.")


def _check_changed(changed: object, declared: list[Dependency], bound: dict[str, object]) -> None:
    if not isinstance(changed, list) or len(changed) > MOST_ITEMS:
        raise BadRequest("changedPropIds is not a list of inputs.")
    for name in changed:
        item = _named(name)
        if not any(dependency.admits(item, dict(bound)) for dependency in declared):
            raise BadRequest("changedPropIds names something that is no input of the callback.")


def _named(name: object) -> dict | None:
    """The id and property of "id.property", the id as JSON if it is a dict's."""
    if not isinstance(name, str):
        return None
    id_, _, property_ = name.rpartition(".")
    try:
        return {"id": json.loads(id_) if id_.startswith("{") else id_, "property": property_}
    except (ValueError, RecursionError):
        return None
