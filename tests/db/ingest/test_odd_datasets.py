"""Datasets without times, and of users and films that are no numbers, in the database."""

import pytest
from sqlalchemy import text

from db.__main__ import main
from db.filters.rating_filters import RatingFilters
from db.ingest.in_memory import read_source
from db.ingest.sources import open_source
from db.ingest.swap import load
from db.queries import average_rating_by_month, genre_share_by_year, search_movies, summary
from db.queries.file_ids import in_the_files
from db.queries.spread import rating_distribution
from db.store.dataset_list import listed
from db.store.engine import dataset, reading
from tests.db.importing import source

USERS = ("ann@example.org", "bob@example.org", "cy@example.org")
FILMS = "movieId,title,genres\ntt0000001,A (1999),Drama\ntt0000002,B (2000),Comedy\n"
FILMS += "tt0000003,C (2001),Comedy\n"


@pytest.fixture
def odd(tmp_path):
    """A folder with three users and three films that are texts, and no times."""
    rows = [f"{user},tt000000{film},{film + 1}\n" for user in USERS for film in (1, 2, 3)]
    (tmp_path / "ratings.csv").write_text("userId,movieId,rating\n" + "".join(rows))
    (tmp_path / "movies.csv").write_text(FILMS)
    return tmp_path


def test_what_charts_over_time_and_others_say(scratch, odd, capsys):
    assert main(["load", str(odd)]) == 0
    said = capsys.readouterr().out
    assert "ratings.csv read as: users' ids as texts, films' ids as texts, no times" in said
    assert f"{odd.name}: 9 ratings of 3 films by 3 users" in said
    nothing = RatingFilters()
    with reading() as connection:
        assert not dataset(connection).has_times
        assert average_rating_by_month(connection, nothing).empty
        assert genre_share_by_year(connection, nothing).empty
        assert rating_distribution(connection, nothing)["ratings"].tolist() == [3, 3, 3]
        seen = summary(connection, nothing)
        assert (seen.ratings, seen.first, seen.last) == (9, None, None)
        rated = RatingFilters.from_query("rated=2001")[0]
        known, problems = rated.known_to(connection, dataset(connection))
        assert known == nothing and "no month “2001-01..2001-12” here" in problems[0]
    assert main(["status"]) == 0
    assert "not known: the ratings have no times" in capsys.readouterr().out


def test_the_ids_of_the_files_are_kept_and_found(scratch, odd):
    load(open_source(str(odd)))
    with reading() as connection:
        users = connection.execute(text("select * from original_users order by user_id"))
        assert [tuple(row) for row in users] == list(enumerate(USERS, 1))
        films = connection.execute(text("select movie_id, original_id, imdb_id from movies"))
        assert (2, "tt0000002", "0000002") in [tuple(row) for row in films]
        found = search_movies(connection, "tt0000002")
        assert found["title"].tolist() == ["B (2000)"]
        assert in_the_files(connection, found)["movie_id"].tolist() == ["tt0000002"]


def test_numbers_stay_as_they_are(scratch):
    load(source())
    with reading() as connection:
        found = search_movies(connection, "A")
        assert in_the_files(connection, found) is found


def test_in_memory_it_is_the_same_dataset(scratch, odd):
    loaded = load(open_source(str(odd)))
    assert read_source(open_source(str(odd))).fingerprint == loaded.fingerprint


def test_a_later_rating_far_down_the_file_counts(scratch, tmp_path, monkeypatch):
    monkeypatch.setattr("db.ingest.sources.blocks.BLOCK_BYTES", 200)
    rows = [f"{user},1,3.0,964982703\n" for user in range(1, 200)]
    rows += ["1,1,5.0,964982704\n", "2,1,5.0,964982702\n", "x,1,5.0,964982702\n"]
    path = tmp_path / "r.csv"
    path.write_text("userId,movieId,rating,timestamp\n" + "".join(rows))
    given = open_source(str(path))
    loaded = load(given)
    assert (loaded.ratings, loaded.users) == (199, 199)
    assert given.rejections.reasons == {
        "duplicate user–film pair": 2,
        "user not a whole number": 1,
    }
    with reading() as connection:
        (shown,) = listed(connection)
        stands = {row["line"]: row["text"] for row in shown.rejected["first"]}
        assert stands[203] == "x,1,5.0,964982702"
        select = "select user_id, half_stars from ratings where user_id < 3 order by 1"
        assert [tuple(row) for row in connection.execute(text(select))] == [(1, 10), (2, 6)]
    in_memory = read_source(open_source(str(path)))
    assert in_memory.fingerprint == loaded.fingerprint
