"""What visitors ask: charts, recommendations, pages, and what costs most."""

import json
import random
from collections.abc import Callable
from typing import Any

from benchmarks.page_times.callback_times import MIXES, chart_post, recommend_post
from benchmarks.siege.page_views import CHART, HTML
from benchmarks.siege.visitors import Ask, NextVisit, Visit
from db.store.engine import reading
from db.store.training_data import all_movies
from recommender.models import DEFAULT_MODEL

HEALTH = Ask("/healthz", "`/healthz`")
CALLBACK = "/_dash-update-component"
CHARTS = ("average-rating-by-month", "ratings-by-month", "rating-distribution", "top-movies")
RECOMMEND, COMPARE = "recommendations", "comparisons"
RATED = 15  # films of a usual visitor
EXPORT = "/export/top-movies.csv"


class Posts:
    """Posts as the browser sends them, for a dataset's films."""

    def __init__(self) -> None:
        import app
        from dashboard import guard

        if not app.app.callback_map:
            guard.warm(app.app)
        self.callbacks = app.app.callback_map
        with reading() as connection:
            self.films = [int(each) for each in all_movies(connection).movie_id]

    def chart(self, query: str, name: str = CHARTS[0]) -> Ask:
        """The post that draws a chart under a query string."""
        return _post(CHART, chart_post(self.callbacks, name, query))

    def recommend(self, chance: random.Random) -> Ask:
        """Of a visitor who has rated some films, others each time."""
        films = chance.sample(self.films, RATED)
        return _post(RECOMMEND, recommend_post(self.callbacks, DEFAULT_MODEL, _stars(films)))

    def compare(self, films: int) -> Ask:
        """All models side by side for a profile of that many films."""
        post = recommend_post(self.callbacks, DEFAULT_MODEL, _stars(self.films[:films]), True)
        return _post(COMPARE, post)

    def filtered(self, chance: random.Random) -> Ask:
        """A chart under filters that nobody else has."""
        released = f"released={chance.randint(1930, 1980)}-{chance.randint(1981, 2016)}"
        return self.chart(f"{released}&min={chance.randint(1, 10**6)}")

    def overview(self) -> list[Ask]:
        """Four charts under six views."""
        return [self.chart(query, name) for name in CHARTS for query in MIXES]


def _post(kind: str, body: dict[str, Any]) -> Ask:
    return Ask(CALLBACK, kind, json.dumps(body))


def _stars(films: list[int]) -> dict[int, float]:
    return {film: 0.5 + (film % 10) / 2 for film in films}


def always(asked: Ask) -> NextVisit:
    return lambda _: (asked,)


def one(make: Callable[[random.Random], Ask]) -> NextVisit:
    return lambda chance: (make(chance),)


def page_views(pages: dict[str, Visit]) -> NextVisit:
    """One page after another, with all that it asks."""
    return lambda chance: chance.choice(list(pages.values()))


def wandering(pages: dict[str, Visit], posts: Posts) -> NextVisit:
    """Pages, and as often recommendations or a chart under other filters."""

    def next_visit(chance: random.Random) -> Visit:
        then = chance.choice((posts.recommend, posts.filtered))
        return chance.choice((*pages.values(), (then(chance),)))

    return next_visit


def own_export(chance: random.Random) -> Ask:
    """An export under filters that nobody else has."""
    return Ask(f"{EXPORT}?min={chance.randint(1, 60)}&released={chance.randint(1930, 1980)}-")


def html() -> Ask:
    return Ask("/", HTML)
