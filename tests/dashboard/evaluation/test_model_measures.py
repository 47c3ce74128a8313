import pandas as pd
import pytest

from dashboard.evaluation.model_measures import (
    COLUMNS,
    comparable,
    model_measures,
    surprise_measures,
)
from db.filters.rating_filters import RatingFilters

KEPT = ["dataset", "fingerprint", "protocol", "seed", "model", "result", "measured_at"]


def kept(*results: dict) -> pd.DataFrame:
    rows = [("set", "f", "visitor", 0, "nmf", result, None) for result in results]
    return pd.DataFrame(rows, columns=KEPT)


def test_figures_of_another_version_of_a_protocol_are_left_out():
    found = comparable(kept({"version": 2}, {"version": 1}, {}))
    assert [result.get("version") for result in found["result"]] == [2]


@pytest.mark.parametrize("results", [(), ({},)])
def test_where_nothing_is_left_the_columns_stay(results):
    found = comparable(kept(*results))
    assert found.empty and list(found.columns) == KEPT


def test_before_anything_is_measured_there_are_no_rows(scratch_sample):
    rows = model_measures(scratch_sample, RatingFilters())
    assert rows.empty and list(rows.columns) == COLUMNS
    levels = surprise_measures(scratch_sample, RatingFilters())
    assert levels.empty and list(levels.columns) == [*COLUMNS, "surprise"]
