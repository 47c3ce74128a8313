"""Exports of a dataset of text ids and without times."""

import pytest

import app
from dashboard.charting.chart import CHARTS
from dashboard.components import chart_card
from db.ingest.sources import open_source
from db.ingest.swap import load

OF_RATINGS = ("rating-distribution", "ratings-per-user", "ratings-by-genre", "top-movies")


@pytest.fixture
def client(scratch, tmp_path):
    rows = [f"user-{user},tt000000{film},{film + 1}\n" for user in "abc" for film in (1, 2, 3)]
    (tmp_path / "ratings.csv").write_text("userId,movieId,rating\n" + "".join(rows))
    films = "".join(f"tt000000{film},Film {film} (1999),Drama\n" for film in (1, 2, 3))
    (tmp_path / "movies.csv").write_text("movieId,title,genres\n" + films)
    load(open_source(str(tmp_path)))
    return app.server.test_client()


def lines(client, chart, query=""):
    answer = client.get(f"/export/{chart}.csv?{query}")
    assert answer.status_code == 200, answer.text
    return answer.text.splitlines()


def test_charts_over_time_have_no_rows_and_say_why_and_others_are_whole(client):
    timed = [chart for chart in CHARTS.values() if chart.over_time and not chart.needs_movie]
    assert {chart.id for chart in timed} >= {"average-rating-by-month", "genre-share-by-year"}
    for chart in timed:
        assert len(lines(client, chart.id)) == 1
        assert "it is not known when they were given" in str(chart_card(chart, "full"))
    for chart in OF_RATINGS:
        assert len(lines(client, chart)) > 1
        assert "not known when" not in str(chart_card(CHARTS[chart], "full"))


def test_films_and_users_have_the_ids_of_the_files(client):
    assert [line.split(",")[0] for line in lines(client, "top-movies")[1:]] == [
        "tt0000003",
        "tt0000002",
        "tt0000001",
    ]
    pairs = [line.split(",")[:2] for line in lines(client, "user-similarity", "users=1,3")[1:]]
    assert ["user-a", "user-c"] in pairs


def test_months_of_rating_are_no_filter(client):
    answer = client.get("/export/top-movies.csv?rated=2001")
    assert answer.status_code == 400 and "no month “2001-01..2001-12” here" in answer.text


def test_an_empty_list_of_films_does_not_say_that_there_are_no_ratings():
    """At min=5000 there may be 100,000 ratings, of films with fewer each."""
    for name in ("polarising-movies", "top-movies"):
        assert "or no film has as many as it takes." in str(chart_card(CHARTS[name], "full"))
    assert "match these filters." in str(chart_card(CHARTS["rating-distribution"], "full"))
