"""Charts and recommendations, as the browser posts for them."""

import json
import random
import statistics
import time
from typing import Any

import numpy as np

from dashboard import ids
from dashboard.guard import kept_answers
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
GRAPH = '"type":"graph"}.figure'
RESULTS = "results.children"
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
        by_mix = [
            _median_ms(client, chart_post(app.app.callback_map, chart.id, mix)) for mix in MIXES
        ]
        found.append(
            {"chart": chart.id, "median_ms": statistics.median(by_mix), "slowest_ms": max(by_mix)}
        )
    return found


def measure_recommendations() -> dict:
    """p95 milliseconds from a profile of 15 films to the shelves' JSON, per model."""
    import app
    from dashboard import guard
    from recommender.models import MODELS

    guard.warm(app.app)
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
            recommend_post(
                app.app.callback_map,
                key,
                {movie: rng.randint(1, 10) / 2 for movie in rng.sample(popular, 15)},
            )
            for _ in range(VISITORS)
        ]
        times = [_milliseconds(client, post) for post in posts]
        found[key] = {
            "median_ms": statistics.median(times),
            "p95_ms": float(np.percentile(times, 95)),
        }
    return found


def chart_post(callbacks: dict, chart: str, query: str) -> dict:
    """What the browser posts to draw a chart."""
    output = next(output for output in callbacks if GRAPH in output)
    graph = ids.chart_part("graph", chart)
    values = {
        f"{ids.VIEW}.data": {"query": query, "by": ids.URL},
        f"{ids.THEME}.data": next(iter(THEMES)),
        f"{_written(graph)}.id": graph,
    }
    return _filled(callbacks[output], output, values, chart) | {
        "changedPropIds": [f"{ids.VIEW}.data"]
    }


def recommend_post(
    callbacks: dict, model: str, ratings: dict[int, float], compare: bool = False
) -> dict:
    """What the browser posts for recommendations, by all models where they are compared."""
    movies = [{"movie_id": movie, "stars": stars} for movie, stars in ratings.items()]
    values = {
        f"{ids.RECOMMEND}.n_clicks": 1,
        "preference.value": "any",
        "split-year.value": shelves.SPLIT_YEAR,
        f"{ids.RECOMMEND_GENRES}.value": [],
        f"{ids.MODEL}.value": model,
        f"{ids.COMPARE}.value": compare,
        f"{ids.PROFILE}.data": {"version": 1, "fingerprint": None, "movies": movies},
    }
    return _filled(callbacks[RESULTS], RESULTS, values) | {
        "changedPropIds": [f"{ids.RECOMMEND}.n_clicks"]
    }


def _filled(callback: dict, output: str, values: dict[str, Any], chart: str = "") -> dict:
    """The post of a callback as it is declared, for a chart where its ids match one.

    values: by "id.property"; what they leave out is null, as on a page that nobody has touched.
    """

    def item(declared: dict) -> dict:
        written = declared["id"].replace('["MATCH"]', json.dumps(chart))
        value = values.get(f"{written}.{declared['property']}")
        return {**part(written, declared["property"]), "value": value}

    def part(written: str, name: str) -> dict:
        return {"id": json.loads(written) if written[0] == "{" else written, "property": name}

    declared = callback["output"]
    several = isinstance(declared, (list, tuple))
    outputs = [
        part(each["id"].replace('["MATCH"]', json.dumps(chart)), each["property"])
        for each in (output.to_dict() for output in (declared if several else [declared]))
    ]
    return {
        "output": output,
        "outputs": outputs if several else outputs[0],
        "inputs": [item(each) for each in callback["inputs"]],
        "state": [item(each) for each in callback["state"]],
    }


def _written(identifier: dict) -> str:
    """As Dash writes the id of a part."""
    return json.dumps(identifier, sort_keys=True, separators=(",", ":"))


def _post(client, body: dict) -> None:
    answer = client.post("/_dash-update-component", json=body)
    if answer.status_code != 200:
        raise RuntimeError(f"{body['output']}: {answer.status_code} {answer.text[:200]}")


def _milliseconds(client, post: dict) -> float:
    cache.clear()
    kept_answers.clear()
    start = time.perf_counter()
    _post(client, post)
    return 1000 * (time.perf_counter() - start)


def _median_ms(client, post: dict) -> float:
    _post(client, post)
    return statistics.median(_milliseconds(client, post) for _ in range(REPEATS))
