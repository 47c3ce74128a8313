"""The benchmark posts what the callbacks take, whatever inputs they have by now."""

import json

import app
from benchmarks.page_times.callback_times import MIXES, chart_post, recommend_post
from dashboard import guard
from recommender.serving.training import train


def posted(make, *values):
    guard.warm(app.app)
    body = make(app.app.callback_map, *values)
    answer = app.server.test_client().post("/_dash-update-component", json=body)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)["response"]


def test_a_chart(database):
    unfiltered, comedy = (
        next(part["figure"]["data"] for part in drawn.values() if "figure" in part)
        for drawn in (posted(chart_post, "rating-distribution", mix) for mix in MIXES[:2])
    )
    assert unfiltered and comedy
    assert unfiltered != comedy, "the filters are in the post"


def test_recommendations(database):
    train(["popularity"])
    shown = json.dumps(posted(recommend_post, "popularity", dict.fromkeys([296, 318, 356], 5.0)))
    assert shown.count("/films/") >= 10
    assert "/films/296" not in shown, "the ratings are in the post"
