"""Numbers of the files' scale in exports and figures; stars stay what they are."""

from decimal import Decimal
from io import StringIO

import pandas as pd
import pytest

import app
from dashboard.charting.chart import CHARTS
from dashboard.charting.on_scale import average_in_words, on_scale, rating_axis
from dashboard.state.session import session
from dashboard.state.view import View
from db.ingest.sources import Options, open_source
from db.ingest.sources.stars import Scale
from db.ingest.swap import load
from db.store.original_scale import OriginalScale
from tests.dashboard.charting.contract import assert_same
from tests.db import plain_pandas, plain_ratings
from tests.db.importing import emptied
from tests.db.random_filters import GENRES, random_queries

STARS, TEN = OriginalScale(), OriginalScale(1.0, 10.0, 1.0)
OF_RATINGS = ("rating-distribution", "ratings-per-user", "ratings-per-movie", "movies-by-genre")
OF_RATINGS += ("genre-by-decade", "polarising-movies")


def test_ratings_and_spreads_become_numbers_of_the_scale():
    rows = pd.DataFrame(
        {"average_rating": [3.5, 5.0], "standard_deviation": [1.0, 0.0], "low": [3.0, 5.0]}
    )
    assert on_scale(rows, TEN).to_numpy().tolist() == [[7, 2, 6], [10, 0, 10]]
    assert on_scale(rows, STARS) is rows
    measures = pd.DataFrame({"value": [0.4], "low": [0.3], "high": [0.5]})
    assert on_scale(measures, TEN) is measures


@pytest.mark.parametrize(
    ("scale", "ticks"),
    [
        (STARS, [1, 2, 3, 4, 5]),
        (TEN, list(range(1, 11))),
        (OriginalScale(0.0, 100.0, 100 / 9), list(range(0, 101, 10))),
        (OriginalScale(0.0, 1.0, 1 / 9), [n / 10 for n in range(11)]),
    ],
)
def test_axes_have_few_round_numbers(scale, ticks):
    assert rating_axis(scale).ticks == pytest.approx(ticks)


def test_an_average_says_what_it_is_a_number_of():
    assert average_in_words(3.541, STARS) == ("3.54", "stars")
    assert average_in_words(3.541, TEN) == ("7.08", "of 1 to 10")


@pytest.fixture(scope="module")
def odd(second_server, tmp_path_factory):
    """A third of the sample, as people have it: text ids, no times, 1 to 10; as pandas has it."""
    every = plain_ratings.sample()
    every = every[every["user_id"] % 3 == 0]
    rows = every.assign(
        userId="user-" + every["user_id"].astype(str),
        movieId="tt" + every["movie_id"].astype(str).str.zfill(7),
        rating=(2 * every["rating"]).astype(int),
    )
    directory = tmp_path_factory.mktemp("odd")
    rows[["userId", "movieId", "rating"]].to_csv(directory / "ratings.csv", index=False)
    films = rows.drop_duplicates("movie_id")
    films = films.assign(genres=films["genres"].replace("", "(no genres listed)"))
    films = films.rename(columns={"release_year": "year"})
    columns = ["movieId", "title", "genres", "year"]
    films[columns].to_csv(directory / "movies.csv", index=False)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", second_server)
        emptied()
        load(open_source(str(directory), Options(scale=Scale(Decimal(1), Decimal(10)))))
        yield every


def untimed(query: str) -> str:
    """The filters but for the time of rating, which nobody knows; genres in small letters."""
    kept = [pair for pair in query.split("&") if not pair.startswith("rated=")]
    return "&".join(pair.lower() for pair in kept)


@pytest.mark.parametrize("query", [*map(untimed, random_queries(20161017, 12, {"genre": GENRES}))])
def test_exports_of_text_ids_without_times_on_ten_points_are_the_oracles(odd, query):
    with session() as current:
        assert current.dataset.scale == TEN and not current.dataset.has_times
        filters, _ = View.from_query(query).filters.known_to(current.connection, current.dataset)
    passing = plain_pandas.passing(odd, filters)
    client = app.server.test_client()
    for chart in OF_RATINGS:
        answer = client.get(f"/export/{chart}.csv?{query}")
        assert answer.status_code == 200, answer.text
        oracle = plain_pandas.ORACLES[chart]
        least = {"min_ratings": filters.min_ratings} if chart == "polarising-movies" else {}
        wanted = doubled(oracle(passing, **least))
        found = pd.read_csv(
            StringIO(answer.text), keep_default_na=False, na_values={"release_year": ""}
        )
        keys = list(CHARTS[chart].keys)
        if len(wanted):
            assert_same(*(each.sort_values(keys) for each in (found[list(wanted)], wanted)))
        assert len(found) == len(wanted)


def doubled(rows: pd.DataFrame) -> pd.DataFrame:
    """Stars as 1 to 10, numbers of films as the files have them."""
    for name in {"stars", "average_rating", "standard_deviation", "low", "high"} & set(rows):
        rows[name] = rows[name] * 2
    if "movie_id" in rows:
        rows["movie_id"] = "tt" + rows["movie_id"].astype(str).str.zfill(7)
        rows["release_year"] = rows["release_year"].astype(float)
    return rows
