"""What is drawn beside what hovering says: heights, colours, sizes and lines that join marks."""

import re

import numpy as np
import pytest

import app  # declares every page's charts
from dashboard.charting.chart import CHARTS
from dashboard.figures.film_map import SHOWN
from dashboard.state.view import View
from dashboard.theme import LIGHT

assert app.app, "the app is built once"

pytestmark = pytest.mark.usefixtures("evaluated", "mapped")

LARGEST = 50  # pixels of a film, or it hides others
VIEWS = ["movie=296&users=15,73,547", "movie=296&genres=Crime&vs=genres%3DWar"]
UNSAID = {
    "average-rating-by-month": "bands: test_seen.py",
    "movie-by-month": "bands: test_seen.py",
    "genre-share-by-year": "small areas: here",
    "model-calibration": "the line where predictions are right: tests/dashboard/figures",
    "polarising-movies": "lines between two sets: here",
    "ratings-per-movie-tail": "fitted laws: tests/dashboard/figures",
    "ratings-per-user-tail": "fitted laws: tests/dashboard/figures",
    "taste-map": "films and their names: here, tests/dashboard/figures",
    "top-movies": "the order of films: here",
    "user-averages": "colours: here",
}
"""Charts that draw what hovering does not say, and what tests that."""


@pytest.fixture
def drawn(session):
    """A chart's rows under a query string, those of the second set, and its traces."""

    def draw(chart: str, query: str = "movie=296"):
        view = View.from_query(query)
        rows, others = CHARTS[chart].drawn(session, view), CHARTS[chart].others(session, view)
        return rows, others, CHARTS[chart].draw(rows, LIGHT, view, {}, others)["data"]

    return draw


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("chart", CHARTS)
def test_where_a_mark_stands_is_said_or_tested(chart, query, drawn):
    """test_seen.py holds to the rows what hovering says; the rest needs a test of its own."""
    unsaid = [trace for trace in drawn(chart, query)[2] if not says_where_it_stands(trace)]
    assert not unsaid or chart in UNSAID, (
        f"hovering does not say where {unsaid[0].get('name')} of {chart} stands: let it, or test"
        " it and say in UNSAID where"
    )


def says_where_it_stands(trace: dict) -> bool:
    words = trace.get("hovertemplate")
    if words is None:
        return trace.get("mode") == "text"
    return all(f"%{{{axis}" in words for axis in "xyz" if axis in trace)


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("chart", CHARTS)
def test_a_scale_of_colours_is_whole(chart, query, drawn):
    for trace in drawn(chart, query)[2]:
        for scale in (trace.get("colorscale"), trace.get("marker", {}).get("colorscale")):
            places = [place for place, _ in scale or [(0, ""), (1, "")]]
            assert (places[0], places[-1]) == (0, 1) and places == sorted(set(places))


@pytest.mark.parametrize("query", ["movie=296", "rated=..2005&vs=rated%3D2004.."])
def test_small_areas_are_as_high_as_their_shares(drawn, query):
    """On one scale, each in a place of its own; a second set's lines on the same."""
    rows, others, traces = drawn("genre-share-by-year", query)
    (areas,) = (trace for trace in traces if trace.get("fill") == "toself")
    share = rows.set_index(["genre", "year"])["share"]
    names = list(dict.fromkeys(areas["customdata"]))
    of = [np.asarray(areas["customdata"]) == name for name in names]
    scales, floors = [], []
    for name, mine in zip(names, of, strict=True):
        x, y, words = (np.asarray(areas[each])[mine][:-1] for each in ("x", "y", "text"))
        years = [int(re.search(r" in (\d{4}):", each)[1]) for each in words[:-2]]
        floor, heights = y[-1], y[:-2] - y[-1]
        shares = np.array([share.get((name, year), 0) for year in years])
        scales.append(heights.max() / shares.max())
        floors.append(floor)
        assert len(years) > 5 and heights == pytest.approx(scales[0] * shares)
        assert np.diff(x[:-2]) == pytest.approx((x[-3] - x[0]) / (len(years) - 1))
        assert floor >= 0 and y.max() < min(
            [1.0, *(each for each in floors if each > floor + 1e-9)]
        )
    assert scales == pytest.approx([scales[0]] * len(names)) and len(names) > 5
    if others is not None:
        (over,) = (
            each for each in traces if each.get("xaxis") == "x2" and "dash" in each.get("line", {})
        )
        there = others.set_index(["genre", "year"])["share"]
        lines = np.array(over["y"], float).reshape(len(names), -1)
        for name, floor, line in zip(names, floors, lines, strict=True):
            found = (line[~np.isnan(line)] - floor) / scales[0]
            assert set(found.round(9)) <= {0.0, *there[name].round(9)} and found.max() > 0


@pytest.mark.parametrize("query", ["", "genres=Crime&vs=rated%3D2000.."])
def test_top_films_stand_below_their_names_the_best_at_the_top(drawn, query):
    rows, others, traces = drawn("top-movies", query)
    names, marks, *rings = traces
    assert np.all(np.diff(marks["y"]) < 0)
    labels = zip(names["text"], names["y"], strict=True)
    points = zip(marks["customdata"], marks["y"], strict=True)
    for (said, above), (about, y), score in zip(
        labels, points, rows["weighted_score"], strict=True
    ):
        assert said == f"<b>{score:.2f}</b>  {about[0]}" and 0 < above - y < 0.5
    for ring in rings:
        place = dict(zip(rows["movie_id"], marks["y"], strict=True))
        again = others[others["movie_id"].isin(rows["movie_id"])].set_index("movie_id")
        wanted = [
            (place[each], again["weighted_score"][each]) for each in place if each in again.index
        ]
        found = sorted(zip(ring["y"], ring["x"], strict=True), reverse=True)
        assert len(found) == len(wanted) > 0
        for (y, score), (at, right) in zip(found, wanted, strict=True):
            assert score == right and 0 < at - y < 0.5


def test_a_film_stands_on_the_map_where_its_row_says(drawn):
    rows, _, traces = drawn("taste-map", "")
    place = {(row.x, row.y): row for row in rows.itertuples()}
    bubbles = [trace for trace in traces if trace["mode"] == "markers"]
    found = [
        (at, about[2])
        for trace in bubbles
        for *at, about in zip(trace["x"], trace["y"], trace["customdata"], strict=True)
    ]
    assert all(place[tuple(at)].ratings == ratings for at, ratings in found)
    assert len(found) == min(len(rows), SHOWN)


def test_more_users_are_a_further_colour(drawn):
    _, _, (cells, *_) = drawn("user-averages")
    users, colour = np.asarray(cells["customdata"]), np.asarray(cells["z"])
    there = users > 0
    order = np.argsort(users[there])
    assert np.all(np.diff(colour[there][order]) >= 0) and len(set(colour[there])) > 10


@pytest.mark.parametrize(("chart", "place"), [("polarising-movies", 1), ("taste-map", 2)])
def test_a_film_of_more_ratings_is_no_smaller(chart, place, drawn):
    found = [
        (about[place], size)
        for trace in drawn(chart)[2]
        if trace.get("hovertemplate") and trace["mode"] == "markers"
        for about, size in zip(trace["customdata"], trace["marker"]["size"], strict=True)
    ]
    sizes = [size for _, size in sorted(found)]
    assert len(found) > 50 and sizes == sorted(sizes) and sizes[0] < sizes[-1] < LARGEST


def test_films_that_moved_are_joined_to_where_they_were(drawn):
    rows, others, traces = drawn("polarising-movies", "rated=..2004&vs=rated%3D2005..&min=20")
    (lines,) = (trace for trace in traces if trace["mode"] == "lines")
    points = np.array([lines["x"], lines["y"]], float).reshape(2, -1, 3)
    assert points.shape[1] > 2 and np.isnan(points[:, :, 2]).all()
    rings = {tuple(at) for each in traces[-1:] for at in zip(each["x"], each["y"], strict=True)}
    bubbles = set(zip(traces[0]["x"], traces[0]["y"], strict=True))
    for there, here in points[:, :, :2].transpose(1, 2, 0):
        assert tuple(there) in rings and tuple(here) in bubbles
    merged = rows.merge(others, on="movie_id", suffixes=("", "_there"))
    both = {(row.average_rating_there, row.average_rating) for row in merged.itertuples()}
    for there, here in points[0, :, :2]:
        assert (there, here) in both
