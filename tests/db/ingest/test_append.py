"""After an append every table is that of a full load of the union."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from db.__main__ import main
from db.errors import NoDataset
from db.ingest.append import append
from db.ingest.swap import load
from db.store.engine import dataset, reading, writing
from tests.db.importing import source, tag_table
from tests.db.ingest.dataset_contents import contents

MONTH = 86_400 * 31
GENRES = ("Comedy", "Drama", "War")

FILM = st.tuples(
    st.none() | st.integers(1990, 1994),
    st.lists(st.sampled_from(GENRES), unique=True, max_size=3),
)
RATING = st.tuples(
    st.integers(1, 9), st.integers(0, 5), st.integers(1, 10), st.integers(0, 4 * MONTH)
)
TAG = st.tuples(st.integers(1, 9), st.integers(0, 5), st.sampled_from(["dark", "Dark ", "slow"]))
EVERY_GENRE = (99, "All", 1989, "|".join(GENRES))


def films_of(found):
    return [(n, f"Film {n}", year, "|".join(genres)) for n, (year, genres) in enumerate(found)]


def ratings_of(found, films):
    return [(user, film, half / 2, when) for user, film, half, when in found if film < films]


def tagged(given, tags):
    return replace(given, tags=tag_table(tags) if tags else None)


def appended(given):
    return append(lambda before: given)


def everything(schema):
    with writing() as connection, connection.begin():
        return contents(connection, schema)


def current():
    with reading() as connection:
        return dataset(connection)


@given(
    films=st.lists(FILM, min_size=2, max_size=6),
    old=st.lists(RATING, min_size=1, max_size=30),
    new=st.lists(RATING, max_size=30),
    tags=st.lists(TAG, max_size=6, unique=True),
    cuts=st.tuples(st.integers(1, 6), st.integers(0, 6)),
)
@example(  # the only rating of a film's first month moves to a later one
    films=[
        (1994, ["War", "Drama", "Comedy"]),
        (1991, []),
        (None, ["War", "Comedy", "Drama"]),
        (None, ["Drama", "War", "Comedy"]),
        (1990, ["War", "Comedy", "Drama"]),
    ],
    old=[
        *((1, 4, 5, 3799642), (1, 5, 2, 124726), (8, 5, 5, 7119)),
        *((4, 5, 9, 10713600), (2, 2, 5, 113533)),
    ],
    new=[
        *((4, 1, 4, 256), (6, 5, 3, 585), (2, 2, 6, 4492213), (5, 1, 5, 512)),
        *((7, 5, 8, 1316602), (9, 4, 5, 882), (1, 3, 7, 2381), (3, 4, 1, 1196)),
        *((3, 4, 5, 11968), (9, 3, 4, 396)),
    ],
    tags=[(1, 2, "slow"), (8, 3, "Dark "), (7, 0, "dark")],
    cuts=(4, 2),
)
@settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@pytest.mark.parametrize(
    ("most", "exact"),
    [
        pytest.param(1e9, 10**6, id="what changes"),
        pytest.param(1e9, 0, id="of a sample", marks=pytest.mark.slow),
        pytest.param(0, 10**6, id="anew", marks=pytest.mark.slow),
    ],
)
def test_any_split_is_a_load_of_the_union(
    scratch, monkeypatch, most, exact, films, old, new, tags, cuts
):
    monkeypatch.setattr("db.ingest.changed_tables.MOST", most)
    monkeypatch.setattr("db.ingest.dataset_tables.EXACT_USERS_UP_TO", exact)
    monkeypatch.setattr("db.ingest.dataset_tables.SAMPLE_ONE_IN", 2)
    films = films_of(films)
    known = [*films[: cuts[0]], EVERY_GENRE]
    before = [*ratings_of(old, len(known) - 1), (1, 99, 3.0, 7)]
    after = ratings_of(new, len(films)) or before
    tags = [tag for tag in tags if tag[1] < len(known) - 1]
    first, more = tags[: cuts[1]], [*tags[cuts[1] :], *tags[:1]]
    load(tagged(source(before, known), first))
    earlier = appended(source(after[: len(after) // 2] or before, films))
    done = appended(tagged(source(after, films), more))
    assert bool(done.anew) == (most == 0 and done.new + done.changed > 0)
    found = everything(done.dataset.schema)
    union = tagged(
        source([*before, *after], [*known, *films[cuts[0] :]]),
        [*first, *(tag for tag in more if tag not in first)],
    )
    whole = load(union)
    assert found == everything(whole.schema)
    assert done.dataset.fingerprint == whole.fingerprint
    assert earlier.new + done.new == whole.ratings - len({rating[:2] for rating in before})


FILMS = [(n, f"Film {n}", 1990, "Comedy|Drama|War") for n in range(4)]
OLD = [(user, film, 3.0, 60 * user) for user in range(1, 30) for film in range(3)]
NEW = [(1, 0, 5.0, 10**6), (2, 3, 1.0, 10**6), (99, 1, 2.5, 7)]


def test_what_it_says_and_what_is_known_already(scratch):
    load(source(OLD, FILMS))
    done = appended(source([*NEW, OLD[5], (3, 0, 1.0, 0)], FILMS))
    assert (done.new, done.changed, done.unchanged, done.films) == (2, 1, 2, 0)
    assert (done.dataset.ratings, done.dataset.users) == (len(OLD) + 2, 30)
    before = everything(done.dataset.schema)
    again = appended(source([*NEW, OLD[5]], FILMS))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 4)
    assert everything(current().schema) == before and current() == done.dataset


def rows_of(table, key):
    with reading() as connection:
        select = text(f"select max(n) from (select count(*) n from {table} group by {key}) t")
        return connection.scalar(select)


def test_many_small_ones_leave_few_rows_and_the_same_tables(scratch, monkeypatch):
    """Each rates the same film, and is by the same user."""
    monkeypatch.setattr("db.similarity.joined_rows.MOST", 3)
    load(source(OLD, FILMS))
    new = [pair for n in range(6) for pair in ((100 + n, 0, 2.5, n), (1, 10 + n, 4.0, n))]
    films = [*FILMS, *((10 + n, f"New {n}", 1991, "War") for n in range(6))]
    most = []
    for n in range(6):
        done = appended(source(new[2 * n : 2 * n + 2], films))
        most.append((rows_of("film_raters", "movie_id"), rows_of("user_vectors", "user_id")))
    assert most == [(2, 2), (3, 3), (1, 1), (2, 2), (3, 3), (1, 1)]
    assert everything(done.dataset.schema) == everything(load(source(OLD + new, films)).schema)


class Stopped(Exception):
    pass


@pytest.mark.parametrize("step", ["Reading what is new", "Writing what is new", "Adding up"])
@pytest.mark.parametrize("genre", ["Drama", "Horror"], ids=["what changes", "anew"])
def test_stopped_at_any_step_all_is_as_it_was(scratch, step, genre):
    load(source(OLD, FILMS))
    was, before = current(), everything(current().schema)

    def stop(label, done):
        if label == (step if genre == "Drama" else "Tidying up"):
            raise Stopped

    with pytest.raises(Stopped):
        append(lambda before: source(NEW, [*FILMS, (9, "New", 2000, genre)]), stop)
    assert current() == was and everything(was.schema) == before


def test_new_genres_are_told_apart_and_the_reason_is_said(scratch):
    load(source(OLD, FILMS))
    done = appended(source(NEW, [*FILMS, (9, "New", 2000, "Horror")]))
    assert done.anew == "there are new genres" and "Horror" in done.dataset.genres
    assert done.dataset.ratings == len(OLD) + 2


def test_without_a_dataset_there_is_nothing_to_add_to(scratch):
    with pytest.raises(NoDataset, match="python -m db load"):
        appended(source())


@pytest.fixture
def texts(tmp_path):
    """A loaded dataset of ids that are texts, on a scale of ten, without times; writes others."""
    path = tmp_path / "mine.csv"
    path.write_text("user,movie,rating\nann,tt1,10\nbob,tt2,3\nzed,tt2,5\n")
    assert main(["load", str(path), "--scale", "1", "10"]) == 0

    def write(rows):
        (tmp_path / "more.csv").write_text(rows)
        return str(tmp_path / "more.csv")

    return write


def test_ids_and_scale_go_on_as_they_are(scratch, texts, capsys):
    more = texts("user,movie,rating\ncy,tt9,7\nann,tt1,8\n12,tt2,1\n")
    assert main(["append", more]) == 0
    said = capsys.readouterr().out
    assert "2 new ratings, 1 changed rating, 1 new film; 0 ratings known already." in said
    assert "mine.csv: 5 ratings of 3 films by 5 users" in said
    with reading() as connection:
        select = "select * from original_users order by user_id"
        users = [tuple(row) for row in connection.execute(text(select))]
        assert users == list(enumerate(["ann", "bob", "zed", "cy", "12"], 1))
        titles = connection.scalars(text("select title from movies order by movie_id"))
        assert list(titles) == [f"(untitled film tt{n})" for n in (1, 2, 9)]
        assert dataset(connection).scale.high == 10


@pytest.mark.parametrize(
    ("rows", "options", "reason"),
    [
        ("user,movie,rating,timestamp\nann,tt1,9,964982703\n", [], "have times, and those of mine"),
        ("user,movie,rating\nann,tt1,9\n", ["--scale", "0", "10"], "a scale of 0 to 10, and mine"),
    ],
)
def test_what_does_not_go_together_is_refused(scratch, texts, capsys, rows, options, reason):
    more = texts(rows)
    before = current()
    assert main(["append", more, *options]) == 1
    assert reason in capsys.readouterr().err
    assert current() == before
