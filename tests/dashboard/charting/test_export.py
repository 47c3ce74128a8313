"""The CSV contract: one test for all charts, and what a request can get wrong."""

import gzip
import io

import brotli
import pandas as pd
import pytest

import app
from dashboard.charting import export as exporting
from dashboard.charting import file_formats
from dashboard.charting.chart import CHARTS
from dashboard.charting.file_formats import csv_pieces
from dashboard.guard import kept_answers
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
DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}
QUERIES = ("", "genres=Comedy&released=1990-1999&rated=2000-03..2010-05&min=5")


@pytest.fixture
def client(database):
    return app.server.test_client()


def written(rows: pd.DataFrame) -> str:
    return "".join(csv_pieces(rows))


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
    rows = pd.read_csv(io.StringIO(written(pd.DataFrame({"title": [title, f"{blank}Heat"]}))))
    assert rows["title"][0] == f"'{title}"
    assert rows["title"][1].endswith("Heat")


def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe():
    titles = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "Heat", "10 - 4", None]
    rows = pd.DataFrame({"title": titles, "ratings": range(9)})
    read = pd.read_csv(io.StringIO(written(rows), newline=""), keep_default_na=False)
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


@pytest.mark.parametrize("rows", [0, 1, 6, 7, 8, 14, 40])
def test_csv_is_what_pandas_writes(monkeypatch, rows):
    monkeypatch.setattr(file_formats, "PIECE", 7)
    texts = ["Heat", 'a "b", c', "", None, "two\nlines", "a\rb", "é 七", " blank", "7"]
    numbers = [0.1 + 0.2, 1e16, 1e-7, -0.0, float("nan"), float("inf"), 3.0, 123456789.123]
    cells = pd.DataFrame(
        {
            "text": pd.Series(texts * 5, dtype="string"),
            "object": texts * 5,
            "number": (numbers * 6)[:45],
            "whole": range(45),
            "some": pd.Series([1, None, 3] * 15, dtype="Int64"),
            "said": [True, False, True] * 15,
            "month": pd.date_range("1999-12-01", periods=45, freq="MS"),
        }
    )[:rows]
    months = cells.assign(month=cells["month"].dt.strftime("%Y-%m"))
    expected = months.to_csv(index=False, lineterminator="\r\n").replace("\r\n", "\n")
    assert written(cells) == expected


@pytest.mark.parametrize("encoding", DECODERS)
@pytest.mark.parametrize("ending", ["csv", "json"])
def test_many_rows_come_in_a_stream_with_the_same_text(client, monkeypatch, ending, encoding):
    path = f"/export/top-movies.{ending}?min=1&genres=Comedy"
    whole = client.get(path, headers={"Accept-Encoding": "identity"})
    rows = len(client.get(path.replace("csv", "json")).json)
    monkeypatch.setattr(file_formats, "PIECE", rows // 3)
    monkeypatch.setattr(exporting, "WHOLE", rows - 1)
    kept_answers.clear()
    stream = client.get(path, headers={"Accept-Encoding": encoding})
    assert whole.content_length and stream.content_length is None
    assert DECODERS[encoding](stream.data) == whole.data
    for header in ("Content-Type", "Content-Disposition", "Vary", "Content-Security-Policy"):
        assert stream.headers[header] == whole.headers[header]
    kept_answers.clear()
    monkeypatch.setattr(exporting, "WHOLE", rows)
    assert client.get(path).content_length


def test_a_streams_first_piece_comes_before_the_others_are_written(client, monkeypatch):
    pieces = []

    def made(rows):
        for number in range(3):
            pieces.append(number)
            yield f"{number}\n"

    monkeypatch.setitem(exporting.FORMATS, "csv", (made, "text/csv"))
    monkeypatch.setattr(exporting, "WHOLE", 0)
    kept_answers.clear()
    parts = client.get("/export/rating-distribution.csv").iter_encoded()
    assert next(parts) == b"0\n"
    assert len(pieces) < 3
    assert b"".join(parts) == b"1\n2\n"
