"""The films of each tag are those that pandas finds, in whatever pieces the tags come."""

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import text

from db.ingest import tag_films
from db.ingest.swap import load
from db.store.engine import dataset, reading
from tests.db.importing import source, tag_table

TAGS = [
    (1, 10, "Dark"), (2, 10, " dark "), (1, 20, "DARK"), (3, 10, "space"), (1, 10, "É tu"),
    (2, 20, "é TU"), (2, 10, 'quote"{,}\\'), (4, 20, "   "), (5, 10, "NULL"), (5, 20, "a\tb"),
]  # fmt: skip
FILMS = [(10, "A", 1990, "Comedy"), (20, "B", 1991, "Drama")]
EXPECTED = {
    "dark": [10, 20],
    "space": [10],
    "é tu": [10, 20],
    'quote"{,}\\': [10],
    "null": [10],
    "a\tb": [20],
}


@pytest.mark.parametrize("batch", [1, 3, 1 << 20])
def test_each_tag_has_its_films_once(scratch, monkeypatch, batch):
    monkeypatch.setattr(tag_films, "BATCH", batch)
    load(replace(source([(1, 10, 4.5, 0), (1, 20, 3.0, 0)], FILMS), tags=tag_table(TAGS)))
    with reading() as connection:
        rows = connection.execute(text("select tag, films, movie_ids from tag_films")).all()
        assert dataset(connection).tags == len(TAGS)
    assert {row.tag: row.movie_ids for row in rows} == EXPECTED
    assert all(row.films == len(row.movie_ids) for row in rows)
    assert all(np.all(np.diff(row.movie_ids) > 0) for row in rows)
