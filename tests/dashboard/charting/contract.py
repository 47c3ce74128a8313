"""What holds for every chart: its rows are the oracle's, in order, and no raw rating was read.

The functions raise AssertionError; tests call them for each of CHARTS under many filters, and once
for charts that are wrong.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import signature

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from dashboard.charting.chart import Chart
from dashboard.state.session import Session
from dashboard.state.view import View
from recommender.models import DEFAULT_MODEL, MODELS
from recommender.serving import artifacts
from tests.db import plain_pandas

# Scans of the tables of all ratings by this connection that the server has not yet written down.
# Those of earlier transactions may be among them; none is written down within a transaction.
SCANS = text("""
    select coalesce(sum(seq_scan + coalesce(idx_scan, 0)), 0) from pg_stat_xact_user_tables
    where relname in ('ratings', 'tags')
""")


def map_positions(
    ratings: pd.DataFrame, session: Session, model: str, min_ratings: int | None
) -> pd.DataFrame:
    """The rated films that are on the map, and where its files say that they are."""
    saved = artifacts.models_directory(session.dataset.fingerprint) / f"map-{model}"
    where = pd.DataFrame(np.load(saved / "positions.npy").astype(float), columns=["x", "y"])
    places = where.assign(movie_id=np.load(saved / "movie_ids.npy"))
    films = plain_pandas.film_sums(ratings).reset_index()
    return films[films["ratings"] >= (min_ratings or 1)].merge(places, on="movie_id")


def measures_by(protocol: str) -> Callable[..., pd.DataFrame]:
    """Each figure that was kept of the protocol, as its JSON has it, the latest first."""
    return lambda ratings, session: _kept_measures(session, protocol)


def measures_at_levels(ratings: pd.DataFrame, session: Session) -> pd.DataFrame:
    """Figures of the visitor protocol named as in "fame surprise +0.4", their level apart."""
    rows = _kept_measures(session, "visitor")
    named = rows["measure"].str.extract(r"^(.+) surprise ([+-].+)$")
    rows = rows.assign(measure=named[0], surprise=named[1].astype(float))
    return rows[rows["measure"].notna()]


def _kept_measures(session: Session, protocol: str) -> pd.DataFrame:
    kept = session.connection.execute(
        text("""
            select dataset, fingerprint, protocol, seed, model, result from reelscope.evaluations
            where fingerprint = :here and protocol = :protocol order by measured_at desc, model
        """),
        {"here": session.dataset.fingerprint, "protocol": protocol},
    )
    rows = []
    for row in kept:
        figures = row.result["measures"] | {"fit_seconds": row.result["fit_seconds"]}
        for measure, value in figures.items():
            low, high = row.result["intervals"].get(measure, (None, None))
            rows.append(
                {
                    **{name: getattr(row, name) for name in ("dataset", "fingerprint", "protocol")},
                    "split": row.result.get("split"),
                    "seed": row.seed,
                    "n": row.result["ratings" if protocol == "rating" else "visitors"],
                    "model": row.model,
                    "label": MODELS[row.model].label,
                    "default": row.model == DEFAULT_MODEL,
                    "measure": measure,
                    "value": value,
                    "low": low,
                    "high": high,
                    "best": None,
                }
            )
    return pd.DataFrame(rows)


ORACLES: dict[str, Callable[..., pd.DataFrame]] = {
    **plain_pandas.ORACLES,
    "taste-map": map_positions,
    "model-quality": measures_by("visitor"),
    "model-learning-curve": measures_by("visitor"),
    "model-trade-offs": measures_by("visitor"),
    "model-surprise": measures_at_levels,
    "model-question-curve": measures_by("questions"),
    "model-answers-worth": measures_by("questions"),
    "model-calibration": measures_by("rating"),
    "model-star-ranges": measures_by("stars"),
}


def expected(
    chart: Chart, ratings: pd.DataFrame, view: View, session: Session, every: pd.DataFrame
) -> pd.DataFrame:
    """The rows that a chart must have.

    ratings: those that pass, as plain_pandas has them; every: all of the dataset.
    """
    assert chart.id in ORACLES, (
        f"chart {chart.id} has no oracle: write in plain pandas what its rows are and add it to"
        " ORACLES in tests/db/plain_pandas.py"
    )
    oracle = ORACLES[chart.id]
    known = {name: getattr(view, name) for name in chart.parameters}
    known |= {"min_ratings": view.filters.min_ratings, "session": session}
    if "of_any_genre" in signature(oracle).parameters:
        known["of_any_genre"] = plain_pandas.passing(every, view.filters.leaving_out("genres"))
    asked = {name: known[name] for name in list(signature(oracle).parameters)[1:] if name in known}
    return oracle(ratings, **asked)


def check_rows(chart: Chart, rows: pd.DataFrame, wanted: pd.DataFrame) -> None:
    """The same columns and rows, and these in the order that the chart declares."""
    keys = list(chart.keys)
    assert not rows.duplicated(keys).any(), f"{keys} do not tell the rows of {chart.id} apart"
    if chart.order != ():
        assert_sorted(rows, chart.order or chart.keys)
        rows, wanted = (each.sort_values(keys) for each in (rows, wanted))
    assert_same(rows, wanted)


@contextmanager
def no_rating_read(connection: Connection, chart: Chart) -> Iterator[None]:
    """Charts read rollups: their cost does not grow with the number of ratings."""
    before = connection.scalar(SCANS)
    yield
    scans = connection.scalar(SCANS) - before
    assert not scans, f"chart {chart.id} read the table of all ratings {scans} times"


def assert_sorted(rows: pd.DataFrame, order: tuple[str, ...]) -> None:
    """By these columns, descending where there is a "-" before the name."""
    columns = []
    for name in order:
        values = rows[name.removeprefix("-")]
        codes = values.rank(method="dense").to_numpy()
        columns.append(-codes if name.startswith("-") else codes)
    assert (np.lexsort(columns[::-1]) == np.arange(len(rows))).all(), f"not sorted by {order}"


def assert_same(actual: pd.DataFrame, wanted: pd.DataFrame) -> None:
    """Whole numbers and text exactly, floats to 1e-9; rows in the order given."""
    assert list(actual.columns) == list(wanted.columns)
    actual, wanted = (rows.reset_index(drop=True) for rows in (actual, wanted))
    pd.testing.assert_frame_equal(
        actual, wanted, check_dtype=False, check_exact=False, rtol=1e-9, atol=1e-9
    )
    for column in actual.columns:
        if not pd.api.types.is_float_dtype(actual[column]) and len(actual):
            assert list(actual[column].dropna()) == list(wanted[column].dropna()), column
