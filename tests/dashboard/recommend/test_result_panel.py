"""The page says which models answer."""

import json
import os
import re
from datetime import UTC, datetime

import pytest

import app
from recommender.serving import artifacts, training
from tests.recommender.serving.two_datasets import forget_models, load_first, load_second

PROFILE = {
    "version": 1,
    "fingerprint": None,
    "movies": [{"movie_id": 100, "stars": 5.0}, {"movie_id": 98, "stars": 4.5}],
}
OF_BEFORE = "These come from the models of {}, trained on {}{}; those of {} are being trained."
GONE = ", without the films that are gone"


@pytest.fixture
def results(scratch, monkeypatch, tmp_path):
    """`results(compare)`: what the panel shows, as text; an empty database, and no models yet."""
    monkeypatch.setattr(artifacts, "home", lambda: tmp_path)
    forget_models()
    client = app.server.test_client()

    def shown(compare: bool = False, films=PROFILE) -> str:
        values = {
            ("recommend", "n_clicks"): 1,
            ("preference", "value"): "any",
            ("split-year", "value"): 2000,
            ("recommend-genres", "value"): [],
            ("recommend-without", "value"): [],
            ("model", "value"): "user-cosine",
            ("compare", "value"): compare,
            ("surprise", "value"): 0,
            ("variety", "value"): 0,
            ("profile-settled", "data"): None,
        }
        inputs = [{"id": id_, "property": what, "value": values[id_, what]} for id_, what in values]
        post = {
            "output": "results.children",
            "outputs": {"id": "results", "property": "children"},
            "inputs": inputs,
            "state": [{"id": "profile", "property": "data", "value": films}],
            "changedPropIds": ["recommend.n_clicks"],
        }
        answer = client.post("/_dash-update-component", json=post)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return json.dumps(answer.get_json(), ensure_ascii=False)

    return shown


def trained_at_noon(day: int) -> str:
    """Train a model as if on this day of February 2024, and say when that was."""
    training.train(["user-cosine"])
    (manifest,) = artifacts.home().glob("models/*/user-cosine/manifest.json")
    moment = datetime(2024, 2, day, 12, tzinfo=UTC).timestamp()
    os.utime(manifest, (moment, moment))
    return f"{day} Feb 2024, 12:00 UTC"


def test_former_models_answer_and_are_named_until_the_new_ones_are_trained(results):
    load_first()
    assert "Number" not in results()
    trained = trained_at_noon(29)
    load_second()
    for shown in (results(), results(compare=True)):
        assert OF_BEFORE.format("first", trained, GONE, "second") in shown
        assert "/films/96" in shown and "Number e" in shown  # in the numbers of the second
        assert "Number f" not in shown and "Number g" not in shown
    training.train(["user-cosine"])
    for shown in (results(), results(compare=True)):
        assert "trained on" not in shown and "/films/96" in shown


def test_after_ratings_were_added_the_dataset_has_former_models_of_its_own(results):
    load_first()
    trained = trained_at_noon(1)
    load_first((31, 1, 4.0, 0))
    of_first = PROFILE | {"movies": [{"movie_id": 0, "stars": 5.0}]}
    assert OF_BEFORE.format("first as it was", trained, "", "first") in results(films=of_first)


def test_of_many_ratings_the_latest_count_and_the_panel_says_so(results):
    load_first()
    training.train(["user-cosine"])
    listed = int(re.findall(r"/films/(\d+)", results())[0])
    many = [{"movie_id": 10**6 + number, "stars": 3.0} for number in range(1_000)]
    films = [{"movie_id": listed, "stars": 5.0}, *many, *PROFILE["movies"]]
    for compare in (False, True):
        assert "count here" not in results(compare)
        shown = results(compare, PROFILE | {"movies": films})
        assert "Of your 1,003 ratings the latest 1,000 count here." in shown
        assert "/films/" in shown and f'/films/{listed}"' not in shown
