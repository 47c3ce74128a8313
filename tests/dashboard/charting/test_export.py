"""The CSV contract: one test for all charts, and what a request can get wrong."""

import io

import pandas as pd
import pytest

import app
from dashboard.charting.chart import CHARTS
from dashboard.charting.file_formats import to_csv
from dashboard.state.view import View

pytestmark = pytest.mark.usefixtures("evaluated", "mapped")

COLUMNS = {
    "average-rating-by-month": "month,ratings,average_rating,low,high",
    "ratings-by-month": "month,ratings,cumulative_ratings",
    "rating-distribution": "stars,ratings,share",
    "ratings-per-user": "ratings,users,users_low,users_high",
    "ratings-per-movie": "ratings,movies",
    "movies-by-genre": "genre,movies",
    "ratings-by-genre": "genre,ratings,average_rating,low,high",
    "genre-share-by-year": "year,genre,ratings,share",
    "genre-by-decade": "genre,decade,ratings,average_rating,low,high",
    "polarising-movies": "movie_id,title,release_year,genres,ratings,average_rating,"
    "standard_deviation,low_share,high_share,agreement",
    "top-movies": "movie_id,title,release_year,genres,ratings,average_rating,weighted_score,"
    "low,high",
    "movie-by-month": "month,ratings,average_rating,cumulative_ratings,low,high",
    "movie-by-stars": "stars,ratings,share,genres_ratings,genres_share",
    "taste-map": "movie_id,title,release_year,genres,ratings,average_rating,x,y",
    "user-similarity": "user_id,other_user_id,similarity",
}
QUERIES = ("", "genres=Comedy&released=1990-1999&rated=2000-03..2010-05&min=5")


@pytest.fixture
def client(database):
    return app.server.test_client()


def export(client, chart: str, query: str = ""):
    movie = "movie=296" if CHARTS.get(chart) and "movie" in CHARTS[chart].parameters else ""
    return client.get(f"/export/{chart}.csv?{query}&{movie}")


@pytest.mark.parametrize("chart", COLUMNS)
def test_the_columns_are_those_of_the_contract(client, chart):
    assert export(client, chart).text.split("\n", 1)[0].strip() == COLUMNS[chart]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_exports_all_its_rows_unrounded(client, session, chart, query):
    answer = export(client, chart, query)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert f'filename="{chart}' in answer.headers["Content-Disposition"]
    movie = 296 if "movie" in CHARTS[chart].parameters else None
    view = View.from_query(query + (f"&movie={movie}" if movie else ""))
    rows = CHARTS[chart].read(session, view)
    read = pd.read_csv(io.StringIO(answer.text), keep_default_na=False, na_values=[""])
    assert len(read) == len(rows) > 0
    for name in rows.select_dtypes("number"):
        expected = rows[name].astype(float).tolist()
        assert read[name].astype(float).tolist() == pytest.approx(expected, abs=0, nan_ok=True)


@pytest.mark.parametrize("chart", CHARTS)
def test_json_has_the_same_rows(client, chart):
    movie = "&movie=296" if "movie" in CHARTS[chart].parameters else ""
    answer = client.get(f"/export/{chart}.json?genres=Comedy{movie}")
    table = pd.read_csv(
        io.StringIO(export(client, chart, "genres=Comedy").text),
        keep_default_na=False,
        na_values=[""],
    )
    assert answer.mimetype == "application/json"
    assert list(answer.json[0]) == list(table.columns)
    for name in table.columns:
        cells = [row[name] for row in answer.json]
        wanted = [None if pd.isna(cell) else cell for cell in table[name]]
        assert [cell or None for cell in cells] == [cell or None for cell in wanted], name


def test_a_file_is_named_after_its_chart_and_filters(client):
    answer = client.get("/export/top-movies.csv?genres=Comedy,Drama&released=1990-1999&min=50")
    named = answer.headers["Content-Disposition"]
    assert named.startswith('attachment; filename="top-movies-comedy-')
    assert "1990-1999" in named and named.endswith('.csv"') and len(named) < 140
    answer = client.get("/export/top-movies.json")
    assert answer.headers["Content-Disposition"].endswith('filename="top-movies.json"')


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("nonsense.csv", 404, "no chart"),
        ("top-movies", 404, "no chart"),
        ("top-movies.xlsx", 404, "no chart"),
        ("top-movies.csv?genres=Comedy,Nonsense", 400, "Nonsense"),
        ("top-movies.csv?released=abc", 400, "released=abc"),
        ("top-movies.csv?rated=2005-13", 400, "rated=2005-13"),
        ("top-movies.csv?min=-1", 400, "min=-1"),
        ("movie-by-month.csv", 400, "movie="),
        ("movie-by-month.csv?movie=999999", 404, "no film 999999"),
        ("user-similarity.csv?users=" + ",".join(map(str, range(1, 102))), 400, "at most 100"),
        ("user-similarity.csv?users=1,x", 400, "users="),
    ],
)
def test_what_cannot_be_used_is_refused_and_named(client, path, status, says):
    answer = client.get(f"/export/{path}")
    assert answer.status_code == status
    assert says in answer.text


def test_unknown_keys_are_ignored(client):
    assert client.get("/export/rating-distribution.csv?utm=1").status_code == 200


def test_nothing_that_matches_is_a_header_alone(client):
    assert export(client, "top-movies", "released=1800-1801").text.strip() == COLUMNS["top-movies"]


@pytest.mark.parametrize("blank", ["", " ", "\u3000\u00a0", "\ufeff", "\n", "\x01 "])
@pytest.mark.parametrize("first", "=+-@\uff1d\uff0b\uff0d\uff20\u2212")
def test_so_does_every_form_of_a_formula(blank, first):
    title = f"{blank}{first}1+1"
    rows = pd.read_csv(io.StringIO(to_csv(pd.DataFrame({"title": [title, f"{blank}Heat"]}))))
    assert rows["title"][0] == f"'{title}"
    assert rows["title"][1].endswith("Heat")


def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe():
    titles = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "Heat", "10 - 4", None]
    rows = pd.DataFrame({"title": titles, "ratings": range(9)})
    read = pd.read_csv(io.StringIO(to_csv(rows), newline=""), keep_default_na=False)
    assert read["title"].tolist() == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@x",
        "'\tx",
        "'\rx",
        "Heat",
        "10 - 4",
        "",
    ]
