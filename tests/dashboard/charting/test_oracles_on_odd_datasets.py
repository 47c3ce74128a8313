"""Every export of ratings against plain pandas, on datasets as people have them.

Each third of the sample is one of: ids that are texts, no times, ratings of 1 to 10, and all of it.
Genres are asked for in small letters, as people type them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Any

import pandas as pd
import pytest

import app
from dashboard.charting.chart import CHARTS
from dashboard.state.session import session
from dashboard.state.view import View
from db import queries
from db.ingest.sources import Options, open_source
from db.ingest.sources.stars import STARS, Scale
from db.ingest.swap import load
from db.store.engine import reading
from tests.dashboard.charting.contract import assert_same, expected
from tests.db import plain_pandas, plain_ratings
from tests.db.importing import emptied
from tests.db.random_filters import GENRES, random_queries

TEN = Scale(Decimal(1), Decimal(10))
OF_RATINGS = [chart for chart in CHARTS.values() if chart.id in plain_pandas.ORACLES]
IN_RATINGS = {"stars", "average_rating", "standard_deviation", "low", "high", "weighted_score"}
QUERIES = random_queries(20161017, 7, {"genre": GENRES})
FILM = 318
NUMBERS = {
    False: "select movie_id, movie_id::text as name from movies",
    True: "select movie_id, original_id as name from movies",
}
"""What we call films, by whether the dataset's ids are texts."""


@dataclass(frozen=True)
class Odd:
    """A dataset that differs from MovieLens' in some ways."""

    texts: bool = False
    timed: bool = True
    scale: Scale = STARS

    def film(self, number: int) -> str:
        """What it calls a film."""
        return f"tt{number:07}" if self.texts else str(number)

    def user(self, number: int) -> str:
        """What it calls a user."""
        return f"user-{number}" if self.texts else str(number)

    @property
    def factor(self) -> int:
        """By which stars are its numbers."""
        return 2 if self.scale == TEN else 1


ODD = {
    "text ids": Odd(texts=True),
    "no times": Odd(timed=False),
    "1 to 10": Odd(scale=TEN),
    "all of it": Odd(texts=True, timed=False, scale=TEN),
}


@pytest.fixture(scope="module", params=ODD.values(), ids=ODD)
def loaded(request, second_server, tmp_path_factory):
    """What is odd in the dataset that is loaded, and its ratings as plain pandas has MovieLens'.

    Films have the numbers that the database gave them: of films that are alike in all else that
    an order asks for, the one of the smaller number comes first.
    """
    odd, every = request.param, plain_ratings.sample().assign(timestamp=plain_ratings.seconds())
    every = every[every["user_id"] % 3 == 0]
    directory = tmp_path_factory.mktemp("odd")
    _write(odd, every, directory)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", second_server)
        emptied()
        load(open_source(str(directory), Options(scale=odd.scale)))
        with reading() as connection:
            films = pd.read_sql(NUMBERS[odd.texts], connection, index_col="name")["movie_id"]
        every["movie_id"] = every["movie_id"].map(odd.film).map(films)
        yield odd, every if odd.timed else every.assign(month=pd.NaT), films


def _write(odd: Odd, every: pd.DataFrame, directory) -> None:
    rows = every.assign(
        userId=every["user_id"].map(odd.user),
        movieId=every["movie_id"].map(odd.film),
        rating=every["rating"] * odd.factor,
        genres=every["genres"].replace("", "(no genres listed)"),
        year=every["release_year"],
    )
    times = ["timestamp"] if odd.timed else []
    columns = ["userId", "movieId", "rating", *times]
    rows[columns].to_csv(directory / "ratings.csv", index=False)
    films = rows.drop_duplicates("movie_id")[["movieId", "title", "genres", "year"]]
    films.to_csv(directory / "movies.csv", index=False)


def _asked(odd: Odd, query: str) -> str:
    """The filters that can be asked for, genres in small letters."""
    pairs = query.split("&")
    return "&".join(pair.lower() for pair in pairs if odd.timed or not pair.startswith("rated="))


@pytest.mark.parametrize("query", QUERIES)
def test_exports_are_the_oracles(loaded, query):
    odd, every, films = loaded
    query = _asked(odd, query)
    with session() as current:
        assert current.dataset.has_times == odd.timed
        filters, problems = View.from_query(query).filters.known_to(
            current.connection, current.dataset
        )
        assert not problems
        passing = plain_pandas.passing(every, filters)
        _check_summary(queries.summary(current.connection, filters), passing, odd)
        asked = View(filters=filters, movie=int(films[odd.film(FILM)]))
        wanted = {chart.id: _wanted(current, chart, asked, passing, every) for chart in OF_RATINGS}
    client = app.server.test_client()
    for chart in OF_RATINGS:
        more = f"&movie={asked.movie}" if chart.needs_movie else ""
        answer = client.get(f"/export/{chart.id}.csv?{query}{more}")
        assert answer.status_code == 200, answer.text
        _check_rows(chart, answer.text, in_its_files(odd, films, wanted[chart.id]))


def _check_summary(found, passing: pd.DataFrame, odd: Odd) -> None:
    wanted = plain_pandas.summary(passing.assign(month=passing["month"].fillna(pd.Timestamp(0))))
    for field in ("ratings", "users", "movies"):
        assert getattr(found, field) == wanted[field], field
    for field in ("first", "last"):
        assert getattr(found, field) == (wanted[field] if odd.timed else None), field


def _wanted(current, chart, asked: View, passing, every) -> pd.DataFrame:
    if chart.over_time and not current.dataset.has_times:
        return pd.DataFrame()
    view = asked if chart.needs_movie else View(filters=asked.filters)
    return expected(chart, passing, view, current, every)


def in_its_files(odd: Odd, films: pd.Series, rows: pd.DataFrame) -> pd.DataFrame:
    """Stars as the dataset's numbers, films and users as it calls them, months as exports do."""
    names = dict(zip(films, films.index, strict=True))
    written: dict[str, Callable[[Any], Any]] = {
        "movie_id": names.__getitem__,
        "user_id": odd.user,
        "other_user_id": odd.user,
        "month": lambda day: f"{day:%Y-%m}",
        **dict.fromkeys(IN_RATINGS, lambda stars: stars * odd.factor),
    }
    return rows.assign(**{name: rows[name].map(written[name]) for name in rows if name in written})


def _check_rows(chart, text: str, wanted: pd.DataFrame) -> None:
    found = _read(text)
    assert len(found) == len(wanted), chart.id
    if len(wanted):
        both = (found[list(wanted)], _read(wanted.to_csv(index=False)))
        assert_same(*(rows.sort_values([*chart.keys]) for rows in both))


def _read(text: str) -> pd.DataFrame:
    return pd.read_csv(StringIO(text), keep_default_na=False, na_values={"release_year": ""})
