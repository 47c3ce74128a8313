"""Posts to `/_dash-update-component`: well-formed ones, and what an attacker makes of them."""

import json

import pytest

from dashboard.state.session import Session
from db.ingest.swap import load
from db.store.engine import dataset, reading
from db.store.evaluations import save_evaluation
from recommender.evaluate.protocols import PROTOCOLS
from recommender.serving.training import train
from tests.db.importing import source


@pytest.fixture(scope="session")
def evaluated(database):
    """A database in which two models were measured on the sample."""
    with reading() as connection:
        about = {"dataset": "sample", "fingerprint": dataset(connection).fingerprint}
    for protocol, measured in (
        *(("visitor", _listing), ("questions", _listing)),
        *(("rating", _rating), ("stars", _ranges)),
    ):
        version = PROTOCOLS[protocol].version
        results = [
            measured(model, quality) | {"split": "5 folds", "version": version}
            for model, quality in (("nmf", 0.29), ("popularity", 0.21))
        ]
        save_evaluation(about | {"protocol": protocol, "seed": 0, "results": results})


@pytest.fixture
def session(connection) -> Session:
    """A request's session on the sample."""
    return Session(connection, dataset(connection))


@pytest.fixture(scope="session")
def mapped(database):
    """A database of whose films there is a map."""
    train(["nmf"])


def _listing(model: str, ndcg: float) -> dict:
    stages = ("given 1", "given 3", "given 5", "given 10", "after 10", "after 30")
    measures = {"ndcg@10": ndcg, **{f"ndcg@10 {stage}": ndcg - 0.04 for stage in stages}}
    measures |= {"ndcg@10 gained after 10": 0.02, "ndcg@10 gained after 30": 0.03}
    measures |= {"fame": 0.5, "coverage": 0.1, "novelty": 2.0, "diversity": 0.7, "p95_ms": 0.5}
    measures |= {
        f"{name} surprise {level:+.1f}": ndcg - abs(level) / 10
        for name in ("ndcg@10", "stratified_ndcg@10", "fame", "coverage")
        for level in (-1.0, 0.0, 0.4, 1.0)
    }
    return _result(model, measures, {"visitors": 600})


def _rating(model: str, rmse: float) -> dict:
    calibration = {f"actual at {stars}": stars - 0.1 for stars in (3.0, 3.5, 4.0)}
    return _result(model, {"rmse": rmse, **calibration}, {"ratings": 900, "users": 60})


def _ranges(model: str, rmse: float) -> dict:
    stages = ("", " given 1", " given 3", " given 5", " given 10")
    found = {"rmse": rmse, "covered": 0.8, "width": 2.2}
    measures = {name + stage: value for name, value in found.items() for stage in stages}
    return _result(model, measures, {"visitors": 60})


def _result(model: str, measures: dict, counts: dict) -> dict:
    intervals = {name: [value - 0.02, value + 0.02] for name, value in measures.items()}
    about = {"model": model, "fit_seconds": 1.0, "measures": measures, "intervals": intervals}
    return about | counts


@pytest.fixture(scope="session")
def well_formed():
    """`well_formed(callback_map, output, value=None)`: the post that a page sends."""
    return _well_formed


@pytest.fixture(scope="session")
def malformed():
    """`malformed(post)`: pairs of a name and the bytes of a post that no page sends."""
    return _malformed


def _well_formed(callback_map, output, value=None):
    """The post that a page sends for `output`, with `value` for every input and state.

    A MATCH is bound to 1; ALL and ALLSMALLER stand for two components.
    """
    callback = callback_map[output]
    declared = callback["output"]
    several = isinstance(declared, (list, tuple))
    outputs = [_slot(each.to_dict()) for each in (declared if several else [declared])]
    return {
        "output": output,
        "outputs": outputs if several else outputs[0],
        "inputs": [_slot(each, value=value) for each in callback["inputs"]],
        "state": [_slot(each, value=value) for each in callback["state"]],
        "changedPropIds": [],
    }


def _slot(declared, **value):
    if not declared["id"].startswith("{"):
        return {"id": declared["id"], "property": declared["property"], **value}
    id_ = json.loads(declared["id"])
    items = [
        {"id": {key: _bind(part, n) for key, part in id_.items()}, "property": declared["property"]}
        | value
        for n in (1, 2)
    ]
    several = any(part in (["ALL"], ["ALLSMALLER"]) for part in id_.values())
    return items if several else items[0]


def _bind(part, n):
    if part == ["MATCH"]:
        return 1
    return n if isinstance(part, list) else part


def _malformed(post):
    """Name and bytes of posts that no page sends, made from the well-formed `post`."""
    yield from _not_json(post)
    yield from _not_objects()
    for name, changed in (*_wrong_parts(post), *_wrong_items(post), *_wrong_changes(post)):
        yield name, json.dumps(changed).encode()


def _not_json(post):
    text = json.dumps(post)
    yield "empty", b""
    yield "blank", b"   "
    yield "truncated", text[:-1].encode()
    yield "two documents", (text + text).encode()
    yield "trailing comma", (text[:-1] + ",}").encode()
    yield "single quotes", text.replace('"', "'").encode()
    yield "UTF-16", text.encode("utf-16")
    yield "UTF-8 with a byte-order mark", b"\xef\xbb\xbf" + text.encode()
    yield "invalid UTF-8", b'{"output": "\xff\xfe"}'
    yield "NUL bytes", text.encode() + b"\0"
    yield "a form", b"output=greeting.children"
    yield "XML", b"<output>greeting.children</output>"
    for constant in ("NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 23, "9" * 5000):
        yield f"a number {constant[:30]}", _with_extra(text, constant)
    yield "half a surrogate pair", _with_extra(text, r'"\ud800"')
    yield "the other half", _with_extra(text, r'"\uDFFF"')
    yield "half a surrogate pair as a key", _with_extra(text, r'{"\ud83d": 1}')
    for levels in (33, 500, 5_000, 100_000):
        yield f"{levels} lists deep", _with_extra(text, "[" * levels + "]" * levels)
        yield f"{levels} objects deep", _with_extra(text, '{"a":' * levels + "1" + "}" * levels)


def _with_extra(text, value):
    return f'{text[:-1]}, "extra": {value}}}'.encode()


def _not_objects():
    for value in ("null", "true", "1", '"text"', "[]", "[[]]", "[{}]", "{}"):
        yield f"only {value}", value.encode()


WRONG = (None, True, 0, 1.5, "", "text", [], {}, [None], [[]], [{}], {"id": "name"})


def _wrong_parts(post):
    for part in ("output", "outputs", "inputs", "state", "changedPropIds"):
        for value in WRONG:
            if not _is_right(post, part, value):
                yield f"{part} = {value!r}", {**post, part: value}
    for part in ("output", "inputs"):
        yield f"without {part}", {key: value for key, value in post.items() if key != part}
    for output in ("nothing.children", ".", "..", "....", "...", "__class__", "\0", "a" * 100_000):
        yield f"output {output[:20]!r}", {**post, "output": output}


def _is_right(post, part, value):
    """Whether a page may send `value`: no state, nothing changed, no component for an ALL."""
    if part == "changedPropIds" and value == []:
        return True
    of_lists = part in ("inputs", "state") and all(isinstance(slot, list) for slot in post[part])
    return value == post[part] or (of_lists and value == [[]] * len(post[part]))


def _wrong_items(post):
    for part in ("outputs", "inputs", "state"):
        slots = post.get(part)
        if not slots:
            continue
        listed = slots if isinstance(slots, list) else [slots]
        yield f"{part} once more", {**post, part: [*listed, listed[0]]}
        yield f"{part} one short", {**post, part: listed[1:] or None}
        for name, item in _wrong_item(listed[0]):
            wrong = [item, *listed[1:]] if isinstance(slots, list) else item
            yield f"{part}: {name}", {**post, part: wrong}


def _wrong_item(slot):
    if isinstance(slot, list):
        yield "a list as an object", {"0": slot}
        yield "too many components", slot * 600
        for name, item in _wrong_item(slot[0]):
            yield f"in a list, {name}", [item, *slot[1:]]
        return
    yield "nothing", None
    yield "in a list", [slot]
    yield "text", "name.value"
    for key in ("id", "property"):
        yield f"no {key}", {each: value for each, value in slot.items() if each != key}
        for value in (None, 1, [], {}, {"type": "other"}, "other", "\0", ["name"]):
            yield f"{key} = {value!r}", {**slot, key: value}
    yield "an unknown key", {**slot, "__class__": "x"}
    if isinstance(slot["id"], dict):
        yield from _wrong_ids(slot)


def _wrong_ids(slot):
    for key in slot["id"]:
        for value in (None, [], {}, ["ALL"], ["MATCH"], [1]):
            yield f"id's {key} = {value!r}", {**slot, "id": {**slot["id"], key: value}}
    yield "an id with one key more", {**slot, "id": {**slot["id"], "more": 1}}
    yield "an id as text", {**slot, "id": json.dumps(slot["id"])}


UNDECLARED = (None, 1, {}, [], "", ".", "x", "x.y", "{.value", "{}.value", '{"a":1}.value')


def _wrong_changes(post):
    for name in (*UNDECLARED, "\0.value", "[" * 5000, "{" * 5000 + ".value"):
        yield f"changed {str(name)[:20]!r}", {**post, "changedPropIds": [name]}
    first = post["inputs"][0]
    if isinstance(first, dict) and isinstance(first["id"], str):
        name = f"{first['id']}.{first['property']}"
        yield "too many changed", {**post, "changedPropIds": [name] * 1001}


@pytest.fixture
def scratch_sample(scratch):
    """A connection on a small dataset of whose models nothing was measured."""
    load(source())
    with reading() as unmeasured:
        yield unmeasured
