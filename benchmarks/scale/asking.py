"""Every chart under every mix of filters, asked of the product and of its peers."""

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TypedDict

import pandas as pd
from sqlalchemy import Connection, text

from benchmarks.scale.filter_mixes import mixes, parsed
from benchmarks.scale.peers.movie_file import movies, passing_films
from benchmarks.scale.peers.peer import Peer
from benchmarks.scale.same import difference
from benchmarks.scale.timing import once, timed
from dashboard.charting.chart import CHARTS, Chart
from dashboard.state.view import View
from db.store.engine import dataset, reading

PEERS = {
    "PostgreSQL, raw": "benchmarks.scale.peers.postgres",
    "DuckDB": "benchmarks.scale.peers.duckdb_table",
    "Polars": "benchmarks.scale.peers.polars_parquet",
    "pandas": "benchmarks.scale.peers.pandas_table",
}
INSTALL = "python -m pip install -r requirements-benchmark.txt"

MOST_RATED = text("select movie_id from movie_totals order by ratings desc, movie_id limit 1")


class Asked(TypedDict):
    """The contract's names: one chart under one mix of filters, milliseconds."""

    chart: str
    filters: str
    ms: float
    exact_ms: float | None
    """Where the chart is estimated from a sample of users: what exact=1 takes."""
    all_rows_ms: float | None
    """Where the page asks for the best films only: what all rows take, as for the CSV."""
    peers: dict[str, float]


@dataclass
class Questions:
    """Charts × mixes, what the product answered, and how long everyone took."""

    movie: int
    mixes: Sequence[str]
    answers: list[tuple[Chart, str, pd.DataFrame]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    loading: dict[str, float] = field(default_factory=dict)
    """Seconds until each peer had read the ratings."""
    differences: list[str] = field(default_factory=list)

    def ask_peer(self, name: str, source: Path, scratch: Path) -> None:
        """Time a peer; what it answers otherwise than the product joins `differences`."""
        opened = _opened(name, source, scratch)
        if opened is None:
            return
        peer, milliseconds = once(opened.__enter__)
        films = movies(source)
        passing = {mix: passing_films(films, parsed(mix).filters) for mix in self.mixes}
        self.loading[name] = milliseconds / 1000
        try:
            for (chart, mix, ours), asked in zip(self.answers, self.asked, strict=True):
                if chart.id in peer.charts:
                    answer = partial(
                        peer.answer, chart.id, passing[mix], parsed(mix).filters.rated, self.movie
                    )
                    self._compare(name, answer, chart, ours, asked)
        finally:
            opened.__exit__(None, None, None)

    def _compare(
        self,
        name: str,
        answer: Callable[[Sequence[str], int | None], pd.DataFrame],
        chart: Chart,
        ours: pd.DataFrame,
        asked: Asked,
    ) -> None:
        theirs, asked["peers"][name] = timed(partial(answer, chart.order or (), chart.limit))
        unlike = difference(ours[: chart.limit], theirs, chart.keys)
        if chart.limit and not unlike:
            unlike = difference(ours, answer((), None), chart.keys)
        if unlike:
            self.differences.append(f"{name}, {chart.id}?{asked['filters']}: {unlike}")


def measured_charts() -> list[Chart]:
    """Those of ratings, once for each question."""
    import app  # declares every page's charts

    assert app.app
    of_ratings = [chart for chart in CHARTS.values() if chart.remembered]
    return list({(chart.query, chart.parameters): chart for chart in reversed(of_ratings)}.values())


def ask_product() -> Questions:
    """Time the product on the current dataset; its exact answers are kept for the peers."""
    with reading() as connection:
        questions = Questions(connection.scalar(MOST_RATED), mixes(connection))
        sampled = dataset(connection).users_one_in > 1
        for chart in measured_charts():
            for mix in questions.mixes:
                view = replace(parsed(mix), movie=questions.movie if chart.needs_movie else None)
                rows, asked = _asked(chart, mix, connection, view, sampled)
                questions.answers.append((chart, mix, rows))
                questions.asked.append(asked)
    return questions


def _asked(
    chart: Chart, mix: str, connection: Connection, view: View, sampled: bool
) -> tuple[pd.DataFrame, Asked]:
    """All rows, exact, and how long the page's question took."""
    more = {"limit": chart.limit} if chart.limit else {}
    rows, ms = timed(partial(chart.fetch, connection, view, **more))
    asked = Asked(chart=chart.id, filters=mix, ms=ms, exact_ms=None, all_rows_ms=None, peers={})
    if chart.limit:
        rows, asked["all_rows_ms"] = timed(partial(chart.fetch, connection, view))
    if "exact" in chart.parameters and sampled:
        rows, asked["exact_ms"] = once(partial(chart.fetch, connection, replace(view, exact=True)))
    return rows, asked


def _opened(name: str, source: Path, scratch: Path) -> AbstractContextManager[Peer] | None:
    try:
        module = import_module(PEERS[name])
    except ModuleNotFoundError as error:
        print(f"{name} is left out: {error.name} is not installed. {INSTALL}", file=sys.stderr)
        return None
    return module.opened(source, scratch)
