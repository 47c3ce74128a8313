"""After an append every table is that of a full load of the union."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

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
    return append(lambda ids, scale: given)


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
@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@pytest.mark.parametrize("most", [1e9, 0], ids=["what changes", "anew"])
def test_any_split_is_a_load_of_the_union(scratch, monkeypatch, most, films, old, new, tags, cuts):
    monkeypatch.setattr("db.ingest.changed_tables.MOST", most)
    films = films_of(films)
    known = [*films[: cuts[0]], EVERY_GENRE]
    before = [*ratings_of(old, len(known) - 1), (1, 99, 3.0, 7)]
    after = ratings_of(new, len(films))
    tags = [tag for tag in tags if tag[1] < len(known) - 1]
    first, more = tags[: cuts[1]], [*tags[cuts[1] :], *tags[:1]]
    load(tagged(source(before, known), first))
    done = appended(tagged(source(after or before, films), more))
    assert bool(done.anew) == (most == 0 and done.new + done.changed > 0)
    found = everything(done.dataset.schema)
    union = tagged(
        source([*before, *(after or before)], [*known, *films[cuts[0] :]]),
        [*first, *(tag for tag in more if tag not in first)],
    )
    whole = load(union)
    assert found == everything(whole.schema)
    assert done.dataset.fingerprint == whole.fingerprint
    assert done.new == whole.ratings - len({rating[:2] for rating in before})
