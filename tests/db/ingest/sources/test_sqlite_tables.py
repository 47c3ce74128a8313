"""Ratings and films in SQLite files."""

import sqlite3

import pytest

from db.errors import LoadError

RATINGS = "create table my_ratings (user_id, movie_id, rating real, timestamp, note)"
FILMS = 'create table "films; drop" (id, title, genres)'
ROWS = [(1, 10, 4.5, 60, 'a "b",\nc'), (2, 11, 3.0, 120, None)]


@pytest.fixture
def base(tmp_path):
    """`base(statement, …)`: the path of a file in which these were run."""

    def made(*statements):
        path = tmp_path / "mine.sqlite"
        with sqlite3.connect(path) as connection:
            for statement in statements:
                connection.execute(statement)
            if RATINGS in statements:
                connection.executemany("insert into my_ratings values (?, ?, ?, ?, ?)", ROWS)
            if FILMS in statements:
                row = (10, "Alien (1979)", "Horror|Sci-Fi")
                connection.execute('insert into "films; drop" values (?, ?, ?)', row)
        connection.close()
        return path

    return made


def test_ratings_alone(base, read):
    found = read(base(RATINGS, "create table people (id, name)"))
    assert found.ratings == [row[:4] for row in ROWS] and found.source.movies is None


def test_with_a_table_of_films(base, read):
    found = read(base(RATINGS, FILMS))
    assert found.films == [(10, "Alien (1979)", 1979, "Horror|Sci-Fi")]
    assert found.ratings == [ROWS[0][:4]] and found.reasons == {"unknown film": 1}


@pytest.mark.parametrize(
    ("statements", "reason"),
    [
        (
            [RATINGS, "create table other (user, item, score)"],
            "mine.sqlite has several tables of ratings: my_ratings, other. Save one as CSV:"
            ' sqlite3 -header -csv mine.sqlite "select * from my_ratings" > ratings.csv',
        ),
        (
            ["create table people (id, name)"],
            "mine.sqlite has no table with a user, a film and a rating: it has people (id, name)."
            ' Save what you want as CSV: sqlite3 -header -csv mine.sqlite "select …" > ratings.csv',
        ),
    ],
)
def test_where_it_is_not_clear_which_table_is_meant(base, read, statements, reason):
    with pytest.raises(LoadError) as refused:
        read(base(*statements))
    assert str(refused.value) == reason


def test_a_view_is_not_asked(base, read):
    endless = (
        "create view v as with recursive n(user, movie, rating) as (select 1, 1, 1 union all"
        " select user + 1, 1, 1 from n) select * from n"
    )
    assert len(read(base(RATINGS, endless)).ratings) == 2


def test_a_damaged_file_is_refused(base, read):
    path = base(RATINGS)
    path.write_bytes(path.read_bytes()[:100] + b"\0" * 4000)
    with pytest.raises(LoadError, match=r"mine\.sqlite can't be read"):
        read(path)
