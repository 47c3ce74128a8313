"""Charts and recommendations, as the browser posts for them."""

import random
import statistics
import time

import numpy as np

from dashboard import ids
from dashboard.state import cache
from dashboard.theme import THEMES
from recommender.serving import shelves, training
from recommender.serving.trained_models import TrainedModels

MIXES = (
    "",
    "genres=Comedy",
    "genres=Comedy,Drama&without=Horror",
    "released=1990-1999",
    "rated=2000-01..2009-12",
    "rated=2001-03..2009-10&genres=Action,Crime&min=5",
)
OUTPUT = (
    '..{"chart":["MATCH"],"type":"graph"}.figure...{"chart":["MATCH"],"type":"empty"}.hidden'
    '...{"chart":["MATCH"],"type":"csv-link"}.href..'
)
REPEATS = 15
VISITORS = 200


def measure_charts() -> list[dict]:
    """Median milliseconds of each chart's callback over the filter mixes, and the slowest mix's."""
    import app
    from dashboard import guard
    from dashboard.charting.chart import CHARTS

    guard.warm(app.app)
    client = app.server.test_client()
    found = []
    for chart in CHARTS.values():
        by_mix = [_median_ms(client, _chart_post(chart.id, mix)) for mix in MIXES]
        found.append(
            {"chart": chart.id, "median_ms": statistics.median(by_mix), "slowest_ms": max(by_mix)}
        )
    return found


def measure_recommendations() -> dict:
    """p95 milliseconds from a profile of 15 films to the shelves' JSON, per model."""
    import app
    from recommender.models import MODELS

    matrix = training.current_matrix()
    models = TrainedModels(matrix.fingerprint)
    popular = [int(movie) for movie in matrix.movie_ids[matrix.by_popularity[:300]]]
    client = app.server.test_client()
    rng = random.Random(0)
    found = {}
    for key in MODELS:
        if models.model(key) is None:
            continue
        posts = [
            _recommend_post(
                key, {movie: rng.randint(1, 10) / 2 for movie in rng.sample(popular, 15)}
            )
            for _ in range(VISITORS)
        ]
        times = [_milliseconds(client, post) for post in posts]
        found[key] = {
            "median_ms": statistics.median(times),
            "p95_ms": float(np.percentile(times, 95)),
        }
    return found


def _chart_post(chart: str, query: str) -> dict:
    """What the browser posts to draw a chart."""

    def part(role: str) -> dict:
        return ids.chart_part(role, chart)

    outputs = [("graph", "figure"), ("empty", "hidden"), ("csv-link", "href")]
    query = f"{query}&movie=318".strip("&")
    return {
        "output": OUTPUT,
        "outputs": [{"id": part(role), "property": prop} for role, prop in outputs],
        "inputs": [
            {"id": ids.VIEW, "property": "data", "value": {"query": query, "by": ids.URL}},
            {"id": ids.THEME, "property": "data", "value": next(iter(THEMES))},
            {"id": part("marks"), "property": "data", "value": None},
        ],
        "state": [{"id": part("graph"), "property": "id", "value": part("graph")}],
        "changedPropIds": [f"{ids.VIEW}.data"],
    }


def _recommend_post(model: str, ratings: dict[int, float]) -> dict:
    movies = [{"movie_id": movie, "stars": stars} for movie, stars in ratings.items()]
    inputs = {
        f"{ids.RECOMMEND}.n_clicks": 1,
        "preference.value": "any",
        "split-year.value": shelves.SPLIT_YEAR,
        f"{ids.RECOMMEND_GENRES}.value": [],
        "model.value": model,
        "compare.value": False,
    }
    return {
        "output": "results.children",
        "outputs": {"id": "results", "property": "children"},
        "inputs": [
            dict(zip(("id", "property"), key.rsplit(".", 1), strict=True), value=value)
            for key, value in inputs.items()
        ],
        "state": [
            {
                "id": ids.PROFILE,
                "property": "data",
                "value": {"version": 1, "fingerprint": None, "movies": movies},
            }
        ],
        "changedPropIds": [f"{ids.RECOMMEND}.n_clicks"],
    }


def _post(client, body: dict) -> None:
    answer = client.post("/_dash-update-component", json=body)
    if answer.status_code != 200:
        raise RuntimeError(f"{body['output']}: {answer.status_code} {answer.text[:200]}")


def _milliseconds(client, post: dict) -> float:
    cache.clear()
    start = time.perf_counter()
    _post(client, post)
    return 1000 * (time.perf_counter() - start)


def _median_ms(client, post: dict) -> float:
    _post(client, post)
    return statistics.median(_milliseconds(client, post) for _ in range(REPEATS))
