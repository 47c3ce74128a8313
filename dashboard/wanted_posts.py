"""The callbacks that a page asks first, once its view is known: so that they can be asked at once.

Read from what the page has and from Dash's list of callbacks. A callback with an input that another
one makes is left out: only the browser knows what that will be.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from dashboard import ids

MATCH = '["MATCH"]'
Parts = Mapping[str, Mapping[str, Any]]
"""The properties of each part of a page, by its id as Dash writes it."""


def wanted_posts(
    callbacks: list[dict], page: object, address: Mapping[str, str], view: Mapping[str, Any]
) -> list[dict]:
    """What the browser will post, words first, then charts as the page has them.

    callbacks: as Dash lists them. page: components as plain JSON. address, view: the data of
    ids.URL and ids.VIEW. The theme is null: the browser knows it.
    """
    given = {ids.URL: address, ids.VIEW: view, ids.THEME: None}
    parts = dict(_parts(page))
    charts = [json.loads(each)["chart"] for each in parts if '"type":"graph"' in each]
    first = [each for each in callbacks if not each["prevent_initial_call"]]
    made = {name for each in first for name in _outputs(each)} - {f"{id}.data" for id in given}
    parts |= {id: {"data": value} for id, value in given.items()}
    asked = [each for each in first if not each["clientside_function"]]
    words = [each for each in asked if MATCH not in each["output"]]
    drawn = [_of(chart, each) for chart in charts for each in asked if MATCH in each["output"]]
    return [_post(each, parts) for each in words + drawn if _is_known(each, parts, made)]


def _parts(component: object) -> Iterator[tuple[str, dict]]:
    if isinstance(component, list):
        for each in component:
            yield from _parts(each)
    elif isinstance(component, dict) and "props" in component:
        props = component["props"]
        if "id" in props:
            yield _written(props["id"]), props
        yield from _parts(props.get("children"))


def _written(id: str | dict) -> str:
    return id if isinstance(id, str) else json.dumps(id, sort_keys=True, separators=(",", ":"))


def _outputs(callback: dict) -> list[str]:
    output: str = callback["output"]
    return output[2:-2].split("...") if output.startswith("..") else [output]


def _of(chart: str, callback: dict) -> dict:
    """A callback of any chart as that of one; its output is posted as it is declared."""
    any_chart, this = json.dumps(MATCH)[1:-1], json.dumps(json.dumps(chart))[1:-1]
    chosen: dict = json.loads(json.dumps(callback).replace(any_chart, this))
    return chosen | {"declared": callback["output"]}


def _is_known(callback: dict, parts: Parts, made: set[str]) -> bool:
    """Whether the page has its parts, and it follows address or view and nothing else made."""
    names = [_name(each) for each in callback["inputs"]]
    needed = [name.rpartition(".")[0] for name in names + _outputs(callback)]
    follows = not {f"{ids.URL}.data", f"{ids.VIEW}.data"}.isdisjoint(names)
    return follows and all(id in parts for id in needed) and made.isdisjoint(names)


def _name(part: dict) -> str:
    return f"{part['id']}.{part['property']}"


def _post(callback: dict, parts: Parts) -> dict:
    outputs = [_part(*name.rpartition(".")[::2]) for name in _outputs(callback)]
    several = callback["output"].startswith("..")
    post = {
        "output": callback.get("declared", callback["output"]),
        "outputs": outputs if several else outputs[0],
        "inputs": [_item(each, parts) for each in callback["inputs"]],
    }
    state = [_item(each, parts) for each in callback["state"]]
    return post | ({"state": state} if state else {})  # as Dash posts it


def _part(id: str, name: str) -> dict:
    return {"id": json.loads(id) if id.startswith("{") else id, "property": name}


def _item(declared: dict, parts: Parts) -> dict:
    """With its value, where the page has one."""
    props, name = parts.get(declared["id"], {}), declared["property"]
    return _part(declared["id"], name) | ({"value": props[name]} if name in props else {})
