"""This against that: the second set's columns are the chart's own under it; differences by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import app  # declares every page's charts
from dashboard.charting import versus
from dashboard.charting.chart import CHARTS
from dashboard.charting.versus import side_by_side
from dashboard.state.view import View
from dashboard.theme import THEMES
from tests.dashboard.figures.validated import validated
from tests.db import plain_pandas, plain_ratings

assert app.app, "the app is built once"

COMPARED = {name: chart for name, chart in CHARTS.items() if chart.versus}
SETS = [
    "genres=Drama&vs=genres%3DHorror",
    "rated=..2004&vs=rated%3D2005..",
    "released=1990-1999&vs=all",
    "genres=War&min=20&vs=without%3DWar%26released%3D-1979",
]
PASSING = 527  # Schindler's List: a film of the first set in each
OWN = ("difference", "difference_low", "difference_high")


@pytest.mark.parametrize("query", SETS)
@pytest.mark.parametrize("chart", COMPARED.values(), ids=COMPARED)
def test_both_sets_columns_are_the_charts_own(session, chart, query):
    view = View.from_query(query + (f"&movie={PASSING}" if chart.needs_movie else ""))
    both = chart.read(session, view)
    keys = list(chart.keys)
    for filters, begin in ((view.filters, ""), (view.vs, "vs_")):
        alone = chart.read(session, replace(view, filters=filters, vs=None))
        columns = {name: begin + name for name in alone if name not in keys}
        found = both[keys + list(columns.values())].dropna(how="all", subset=list(columns.values()))
        expected = alone.rename(columns=columns).sort_values(keys)
        pd.testing.assert_frame_equal(
            found.reset_index(drop=True), expected.reset_index(drop=True), check_dtype=False
        )
    assert [name for name in both if name in OWN] == list(both.columns[-len(OWN) :]) or (
        both.columns[-1] == "difference"
    )
    assert both[keys].equals(both[keys].drop_duplicates().sort_values(keys))


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("query", SETS)
@pytest.mark.parametrize("chart", COMPARED.values(), ids=COMPARED)
def test_a_figure_shows_both(session, chart, query, theme):
    view = View.from_query(query + (f"&movie={PASSING}" if chart.needs_movie else ""))
    rows, others = chart.drawn(session, view), chart.others(session, view)
    alone = validated(chart.draw(rows, theme, view, {}))
    both = validated(chart.draw(rows, theme, view, {}, others))
    assert both != alone and both.data


def test_others_compare_nothing(session):
    view = View.from_query("vs=all")
    for chart in CHARTS.values():
        if chart.versus is None and chart.remembered and not chart.needs_movie:
            assert chart.others(session, view) is None
            assert chart.read(session, view).equals(chart.read(session, View()))


def averages(**columns) -> pd.DataFrame:
    names = ("ratings", "average_rating", "low", "high")
    rows = [dict(zip(names, row, strict=True)) | {"genre": key} for key, row in columns.items()]
    return pd.DataFrame(rows)[["genre", *names]]


def test_a_difference_of_averages_has_both_intervals_in_its_own():
    first = averages(a=(9, 4.0, 3.7, 4.3), b=(1, 2.0, 2.0, 2.0))
    second = averages(a=(4, 3.0, 2.6, 3.4), c=(5, 1.0, 0.5, 1.5))
    both = side_by_side(first, second, ["genre"], versus.of_averages)
    assert list(both["genre"]) == ["a", "b", "c"]
    assert both["difference"].iloc[0] == 1.0
    low, high = both.loc[0, ["difference_low", "difference_high"]]
    assert (low, high) == pytest.approx((0.5, 1.5))
    assert both[list(OWN)].iloc[1:].isna().all(axis=None)
    assert both["vs_ratings"].iloc[1] is pd.NA


def test_a_value_that_one_set_lacks_has_no_share_there():
    first = pd.DataFrame({"stars": [1.0, 5.0], "ratings": [2, 6], "share": [0.25, 0.75]})
    second = pd.DataFrame({"stars": [1.0], "ratings": [10], "share": [1.0]})
    both = side_by_side(first, second, ["stars"], versus.of_shares)
    assert list(both["difference"]) == [-0.75, 0.75]
    # Agresti and Caffo: (6 + 1) / (8 + 2) less (0 + 1) / (10 + 2)
    middle, half = 0.7 - 1 / 12, 1.96 * np.sqrt(0.7 * 0.3 / 10 + 1 / 12 * 11 / 12 / 12)
    ends = both.loc[1, ["difference_low", "difference_high"]]
    assert tuple(ends) == pytest.approx((middle - half, middle + half))


def test_against_nothing_nothing_is_known():
    first = pd.DataFrame({"stars": [1.0], "ratings": [2], "share": [1.0]})
    both = side_by_side(first, first.head(0), ["stars"], versus.of_shares)
    assert both[list(OWN)].isna().all(axis=None)


def test_intervals_of_shares_cover_what_is_so():
    """95 % of samples' intervals hold the difference, also where a share is small."""
    rng = np.random.default_rng(5)
    held = []
    for _ in range(400):
        sets = []
        for share, n in ((0.04, 120), (0.1, 60)):
            hits = rng.binomial(n, share)
            counts = np.array([hits, n - hits])
            rows = {"stars": [1.0, 2.0], "ratings": counts, "share": counts / n}
            sets.append(pd.DataFrame(rows)[counts > 0])
        row = side_by_side(*sets, ["stars"], versus.of_shares).iloc[0]
        held.append(row["difference_low"] <= -0.06 <= row["difference_high"])
    assert 0.92 <= np.mean(held) <= 0.99


def test_shares_of_years_are_of_each_years_ratings():
    """Parts of a year overlap; a genre that a set lacks in a year has no share of it there."""
    first = pd.DataFrame(
        {"year": [2000, 2000], "genre": ["A", "B"], "ratings": [40, 70], "share": [0.4, 0.7]}
    )
    second = pd.DataFrame(
        {"year": [2000, 2001], "genre": ["A", "A"], "ratings": [10, 5], "share": [0.2, 0.5]}
    )
    both = side_by_side(first, second, ["year", "genre"], versus.of_shares_by_year)
    assert both["difference"].tolist() == pytest.approx([0.2, 0.7, np.nan], nan_ok=True)
    middle, half = (
        71 / 102 - 1 / 52,
        1.96 * np.sqrt(71 / 102 * 31 / 102 / 102 + 1 / 52 * 51 / 52**2),
    )
    ends = both.loc[1, ["difference_low", "difference_high"]]
    assert tuple(ends) == pytest.approx((middle - half, middle + half))
    assert both.loc[2, list(OWN)].isna().all()


def test_tails_differ_in_the_share_that_has_at_least_so_many():
    first = pd.DataFrame({"ratings": [1, 2, 5], "users": [10, 6, 4]})
    second = pd.DataFrame({"ratings": [2, 3], "users": [5, 15]})
    both = side_by_side(first, second, ["ratings"], versus.of_survival)
    assert both["ratings"].tolist() == [1, 2, 3, 5]
    assert both["difference"].tolist() == pytest.approx([0, 0.5 - 1, 0.2 - 0.75, 0.2])
    middle, half = 5 / 22 - 1 / 22, 1.96 * np.sqrt((5 * 17 + 1 * 21) / 22**3)
    ends = both.loc[3, ["difference_low", "difference_high"]]
    assert tuple(ends) == pytest.approx((middle - half, middle + half))


def test_of_a_sample_of_users_as_many_are_known_as_were_counted():
    rows = pd.DataFrame({"ratings": [1, 2], "users": [200, 200]})
    sampled = rows.assign()
    sampled.attrs = {"sample": "1 in 20 users", "one_in": 20}
    every, some = (
        side_by_side(each, each, ["ratings"], versus.of_survival) for each in (rows, sampled)
    )
    wide, narrow = (
        (each["difference_high"] - each["difference_low"]).iloc[1] for each in (some, every)
    )
    assert wide / narrow == pytest.approx(np.sqrt(402 / 22), rel=0.01)
    assert some.attrs["sample"] == "1 in 20 users"


def test_differences_are_those_of_plain_pandas(session):
    """Of users' numbers and of weighted scores."""
    view = View.from_query("rated=..2004&vs=rated%3D2005..")
    sample = plain_ratings.sample()
    sets = [plain_pandas.passing(sample, filters) for filters in (view.filters, view.vs)]
    both = CHARTS["ratings-per-user"].read(session, view)
    least = [each.groupby("user_id").size() for each in sets]
    for row in both.iloc[:: len(both) // 10].itertuples():
        shares = [(each >= row.ratings).mean() for each in least]
        assert row.difference == pytest.approx(shares[0] - shares[1])
    tops = CHARTS["top-movies"].read(session, view)
    scores = [
        plain_pandas.top_movies(each).set_index("movie_id")["weighted_score"] for each in sets
    ]
    expected = (scores[0] - scores[1]).sort_index()
    pd.testing.assert_series_equal(
        tops.set_index("movie_id")["difference"], expected, check_names=False, check_dtype=False
    )


def test_a_films_months_are_compared(session):
    view = View.from_query("movie=260&rated=1996-01..2010-12&vs=all")
    both = CHARTS["movie-by-month"].read(session, view)
    inside = both.dropna(subset="average_rating")
    assert len(inside) > 50 and (inside["difference"] == 0).all()
    assert both.columns[-3:].tolist() == list(OWN)


def colours(trace) -> set[str]:
    """What a trace is seen in."""
    marker, line = trace.marker, getattr(trace, "line", None)
    edge = marker.line.color if marker and marker.line else None
    return {each for each in (marker and marker.color, edge, line and line.color) if each}


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("chart", ["ratings-per-user", "ratings-per-user-tail", "movies-by-genre"])
def test_two_sets_are_told_apart_by_their_colours(session, chart, theme):
    view, chart = View.from_query(SETS[1]), CHARTS[chart]
    drawn = chart.draw(chart.drawn(session, view), theme, view, {}, chart.others(session, view))
    first, second = validated(drawn).data
    seen_through = "rgba(0,0,0,0)"
    assert (colours(first) - {seen_through}).isdisjoint(colours(second))
    assert {theme.accent, theme.count}.isdisjoint(colours(second)), "two of one hue"


def camps(low: int, between: int, high: int) -> pd.DataFrame:
    """A film's row, its agreement by van der Eijk's own recipe: layers of the same height."""
    counts, agreement, ratings = np.array([low, between, high]), 0.0, low + between + high
    rest = counts.copy()
    while rest.sum():
        layer = rest > 0
        height = rest[layer].min()
        patterns = {(1, 1, 1): 0.0, (1, 0, 1): -1.0, (1, 1, 0): 0.5, (0, 1, 1): 0.5}
        agreement += patterns.get(tuple(layer.astype(int)), 1.0) * height * layer.sum() / ratings
        rest = rest - layer * height
    row = {"movie_id": 1, "ratings": ratings, "agreement": agreement}
    return pd.DataFrame([row | {"low_share": low / ratings, "high_share": high / ratings}])


def test_a_difference_of_agreement_has_the_interval_of_means():
    """Of 1 for the largest camp, 0 for the next, -1 for the smallest; -3 for a middle of least."""
    both = side_by_side(camps(9, 19, 69), camps(29, 9, 59), ["movie_id"], versus.of_agreement)
    first, second = (69 - 9) / 97, (59 - 3 * 29 + 2 * 9) / 97
    assert both["difference"].tolist() == pytest.approx([first - second])
    variances = [0.7 + 0.1 - 0.6**2, 0.6 + 9 * 0.3 + 4 * 0.1 - (0.6 - 0.9 + 0.2) ** 2]
    half = 1.96 * np.sqrt(sum(variances) / 100)
    low, high = both.loc[0, ["difference_low", "difference_high"]]
    assert (low, high) == pytest.approx((first - second - half, first - second + half))


@pytest.mark.parametrize(
    ("first", "second"),
    [((0.1, 0.3, 0.6), (0.45, 0.1, 0.45)), ((0, 0.1, 0.9), (0.02, 0.2, 0.78))],
)
def test_intervals_of_agreement_cover_what_is_so(first, second):
    rng = np.random.default_rng(5)
    true = [camps(*(int(1000 * share) for share in shares)) for shares in (first, second)]
    apart = (true[0]["agreement"] - true[1]["agreement"]).iloc[0]
    held = []
    for _ in range(400):
        drawn = [camps(*rng.multinomial(n, p)) for n, p in ((60, first), (200, second))]
        row = side_by_side(*drawn, ["movie_id"], versus.of_agreement).iloc[0]
        held.append(row["difference_low"] <= apart <= row["difference_high"])
    assert 0.92 <= np.mean(held) <= 1
