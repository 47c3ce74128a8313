"""How long charts, recommendations and pages take on the loaded dataset, one worker, warm.

Charts and recommendations are timed as the browser asks for them: the callback's POST through
Flask, query, figure and JSON included, nothing cached. Pages are timed in Chromium against a
server of its own.
"""

import argparse
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.report import table, write_section
from dashboard import cache
from db.engine import available, reading
from db.errors import NoDataset
from db.load import load
from db.sources import SOURCES
from recommender import training

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
VISITS = 3
DRAWN = "[...document.querySelectorAll('.dash-graph')].every((g) => g.querySelector('.main-svg'))"
PAGES = ("/", "/genres", "/users", "/polarising", "/films", "/films/318", "/recommend")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", help="write the figures to this file as well")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Measure, print, and write the section of RESULTS.md."""
    with available():
        _prepare()
        threadpool_limits(1, "blas")  # as in the web workers
        figures = {"charts": measure_charts(), "recommendations": measure_recommendations()}
    figures["pages"] = measure_pages()
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=1)
    body = report(figures)
    print(body)
    write_section("pages", "python -m benchmarks pages", body)


def _prepare() -> None:
    """Load the sample where nothing is loaded, and train what is missing."""
    try:
        with reading():
            pass
    except NoDataset:
        load(SOURCES["sample"]())
    training.train()


def measure_charts() -> list[dict]:
    """Median milliseconds of each chart's callback over the filter mixes, and the slowest mix's."""
    import app
    from dashboard import guard
    from dashboard.charts import CHARTS

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
    from dashboard import models
    from recommender.models import MODELS

    matrix = training.current_matrix()
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


def measure_pages() -> list[dict]:
    """Seconds until each page's charts are drawn and kilobytes of JavaScript: medians."""
    from playwright.sync_api import sync_playwright

    from benchmarks.chromium import launch

    with _server() as base, sync_playwright() as playwright:
        browser = launch(playwright)
        _visits(browser, base + PAGES[0])  # the browser's own start is not the page's
        found = []
        for path in PAGES:
            visits = [_visits(browser, base + path) for _ in range(VISITS)]
            medians = {name: statistics.median(v[name] for v in visits) for name in visits[0]}
            found.append({"page": path, **medians})
        browser.close()
    return found


def _visits(browser, url: str) -> dict:
    """A new visitor's first and second visit."""
    context = browser.new_context(bypass_csp=True)  # or Playwright can't poll
    first, second = (_visit(context, url) for _ in range(2))
    context.close()
    return {f"first_{k}": v for k, v in first.items()} | {
        f"second_{k}": v for k, v in second.items()
    }


def report(figures: dict) -> str:
    """The figures as Markdown."""
    charts = [
        (f"`{row['chart']}`", f"{row['median_ms']:.1f}", f"{row['slowest_ms']:.1f}")
        for row in figures["charts"]
    ]
    models = [
        (f"`{key}`", f"{row['median_ms']:.1f}", f"{row['p95_ms']:.1f}")
        for key, row in figures["recommendations"].items()
    ]
    pages = [
        (
            f"`{row['page']}`",
            f"{row['first_seconds']:.2f}",
            f"{row['second_seconds']:.2f}",
            f"{row['first_script_kb']:,.0f}",
            f"{row['second_script_kb']:,.0f}",
        )
        for row in figures["pages"]
    ]
    return "\n\n".join(
        [
            f"Chart callbacks on the server, ms, {len(MIXES)} filter mixes, {REPEATS} calls each:",
            table(("chart", "median of mixes", "slowest mix"), charts),
            f"Recommendations for {VISITORS} visitors of 15 ratings, ms:",
            table(("model", "median", "p95"), models),
            f"Pages in Chromium on loopback until all charts are drawn, medians of {VISITS}:",
            table(
                (
                    "page",
                    "first visit, s",
                    "second visit, s",
                    "first visit, KB of JavaScript",
                    "second",
                ),
                pages,
            ),
        ]
    )


def _chart_post(chart: str, query: str) -> dict:
    """What the browser posts to draw a chart."""

    def part(role: str) -> dict:
        return {"type": role, "chart": chart}

    outputs = [("graph", "figure"), ("empty", "hidden"), ("csv-link", "href")]
    query = f"{query}&movie=318".strip("&")
    return {
        "output": OUTPUT,
        "outputs": [{"id": part(role), "property": prop} for role, prop in outputs],
        "inputs": [
            {"id": "view", "property": "data", "value": {"query": query, "by": "url"}},
            {"id": "theme", "property": "data", "value": "light"},
            {"id": part("marks"), "property": "data", "value": None},
        ],
        "state": [{"id": part("graph"), "property": "id", "value": part("graph")}],
        "changedPropIds": ["view.data"],
    }


def _recommend_post(model: str, ratings: dict[int, float]) -> dict:
    movies = [{"movie_id": movie, "stars": stars} for movie, stars in ratings.items()]
    inputs = {
        "recommend.n_clicks": 1,
        "preference.value": "any",
        "split-year.value": 1995,
        "recommend-genres.value": [],
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
                "id": "profile",
                "property": "data",
                "value": {"version": 1, "fingerprint": None, "movies": movies},
            }
        ],
        "changedPropIds": ["recommend.n_clicks"],
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


def _visit(context, url: str) -> dict:
    """Load a page until its charts are drawn and nothing is under way."""
    page = context.new_page()
    sizes = {}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    scripts = set()
    session.on(
        "Network.responseReceived",
        lambda event: scripts.add(event["requestId"]) if event["type"] == "Script" else None,
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    start = time.perf_counter()
    page.goto(url)
    page.wait_for_selector("#page-title")
    page.wait_for_function(DRAWN)
    seconds = time.perf_counter() - start
    page.wait_for_load_state("networkidle")
    page.close()
    return {
        "seconds": seconds,
        "script_kb": sum(sizes.get(request, 0) for request in scripts) / 1000,
    }


@contextmanager
def _server():
    """`python app.py` on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)], env=os.environ, stdout=subprocess.DEVNULL
    )
    try:
        base = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while not _ready(base):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server did not start")
            time.sleep(0.2)
        yield base
    finally:
        process.terminate()
        process.wait(20)


def _ready(base: str) -> bool:
    try:
        return urllib.request.urlopen(f"{base}/readyz", timeout=2).status == 200
    except OSError:
        return False
