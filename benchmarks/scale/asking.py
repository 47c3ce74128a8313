"""Every chart under every mix of filters, asked of the product and of its peers."""

import sys
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TypedDict

import pandas as pd
from sqlalchemy import text

from benchmarks.scale.charts import CHARTS, MIXES, Chart, parsed
from benchmarks.scale.peers.peer import Peer
from benchmarks.scale.same import difference
from benchmarks.scale.timing import once, timed
from db.engine import dataset, reading

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
    peers: dict[str, float]


@dataclass
class Questions:
    """Charts × mixes, what the product answered, and how long everyone took."""

    movie: int
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
        self.loading[name] = milliseconds / 1000
        try:
            for (chart, mix, ours), asked in zip(self.answers, self.asked, strict=True):
                theirs, asked["peers"][name] = timed(lambda: self._answer(peer, chart, mix))  # noqa: B023 - called at once
                if unlike := difference(ours, theirs, chart.keys):
                    self.differences.append(f"{name}, {chart.id}?{mix}: {unlike}")
        finally:
            opened.__exit__(None, None, None)

    def _answer(self, peer: Peer, chart: Chart, mix: str) -> pd.DataFrame:
        return peer.answer(chart.id, parsed(mix), self.movie)


def ask_product() -> Questions:
    """Time the product on the current dataset; its exact answers are kept for the peers."""
    with reading() as connection:
        questions = Questions(connection.scalar(MOST_RATED))
        sampled = dataset(connection).users_one_in > 1
        for chart in CHARTS:
            for mix in MIXES:
                given = (connection, parsed(mix), questions.movie)
                rows, ms = timed(lambda: chart.read(*given))  # noqa: B023 - called at once
                asked = Asked(chart=chart.id, filters=mix, ms=ms, exact_ms=None, peers={})
                if chart.estimated and sampled:
                    rows, asked["exact_ms"] = once(lambda: chart.read(*given, exact=True))  # noqa: B023 - called at once
                questions.answers.append((chart, mix, rows))
                questions.asked.append(asked)
    return questions


def _opened(name: str, source: Path, scratch: Path) -> AbstractContextManager[Peer] | None:
    try:
        module = import_module(PEERS[name])
    except ModuleNotFoundError as error:
        print(f"{name} is left out: {error.name} is not installed. {INSTALL}", file=sys.stderr)
        return None
    return module.opened(source, scratch)
