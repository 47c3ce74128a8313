"""The pages of a film and of the map, while the models of a new dataset are still to be trained."""

import json

import pytest

import app
from dashboard.state import learned
from recommender.serving import artifacts, training
from tests.recommender.serving.two_datasets import forget_models, load_first, load_second

FORMER = "from the models of first, trained on "
GONE = ", without the films that are gone; those of second are being trained."


@pytest.fixture
def former_models(scratch, monkeypatch, tmp_path):
    """Those of the first dataset are trained, and the second is loaded."""
    monkeypatch.setattr(artifacts, "home", lambda: tmp_path)
    monkeypatch.setattr(learned, "home", lambda: tmp_path)
    monkeypatch.setattr(learned, "KNOWN_SECONDS", 0)  # training takes less here
    forget_models()
    load_first()
    training.train(["item-cosine", "nmf"])
    load_second()


def told(outputs: list[str], inputs: dict[str, object]) -> dict[str, str]:
    """What a callback answers, as JSON by "id.property"."""
    parts = [_part(each) for each in outputs]
    named = f"..{'...'.join(outputs)}.." if len(outputs) > 1 else outputs[0]
    given = [_part(key) | {"value": value} for key, value in inputs.items()]
    post = {
        "output": named,
        "outputs": parts if len(parts) > 1 else parts[0],
        "inputs": given,
        "state": [],
        "changedPropIds": ["view.data"],
    }
    answer = app.server.test_client().post("/_dash-update-component", json=post)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found = answer.get_json()["response"]
    return {
        f"{id}.{name}": json.dumps(value, ensure_ascii=False)
        for id, values in found.items()
        for name, value in values.items()
    }


def _part(each: str) -> dict:
    id, _, name = each.rpartition(".")
    return {"id": json.loads(id) if id.startswith("{") else id, "property": name}


@pytest.mark.parametrize("part", ["similar", "loved"])
def test_a_films_neighbours_come_from_the_former_models_and_it_is_said(former_models, part):
    outputs = [f"film-{part}.children", f"film-{part}-about.children"]
    found = told(outputs, {"view.data": {"query": "movie=100"}})
    assert FORMER in found[outputs[1]] and GONE in found[outputs[1]]
    if part == "similar":
        assert "Number c" in found[outputs[0]], "which the same people like"
    assert "Number g" not in found[outputs[0]], "which is gone"

    training.train(["item-cosine"])
    assert FORMER not in told(outputs, {"view.data": {"query": "movie=100"}})[outputs[1]]


def test_the_map_says_of_what_day_it_is(former_models):
    outputs = [
        '{"chart":"taste-map","type":"marks"}.data',
        "map-said.children",
        "map-poll.disabled",
    ]
    inputs = {"view.data": {"query": ""}, "map-profile.data": None, "map-poll.n_intervals": 0}
    found = told(outputs, inputs)["map-said.children"]
    assert "10 films, the best known first" in found
    assert "This map comes from the models of first, trained on " in found and GONE in found


def test_a_taste_says_whose_models_its_themes_are_of(former_models):
    inputs = {"view.data": {"query": "user=1"}, "taste-profile.data": None}
    said = "Themes and place come from the models of first, trained on "
    assert said in told(["taste.children"], inputs)["taste.children"]

    training.train(["item-cosine", "nmf", "encoder"])
    assert said not in told(["taste.children"], inputs)["taste.children"]
