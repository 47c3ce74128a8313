"""Genres in whatever form a list of films has them."""

import pandas as pd
import pytest

from db.ingest.sources.genre_lists import blanks_separate, in_words, listed_genres


@pytest.mark.parametrize(
    ("listed", "genres"),
    [
        ("Action|Sci-Fi", "Action|Sci-Fi"),
        ("Action, Adventure", "Action|Adventure"),
        ("Drama/Thriller; War", "Drama|Thriller|War"),
        ("Sci-Fi & Fantasy|Comedy", "Sci-Fi & Fantasy|Comedy"),
        ("R&B + Soul", "R&B + Soul"),
        ("Comedy|Comedy", "Comedy"),
        ("(no genres listed)", ""),
        ("N/A", ""),
        ("", ""),
        (None, ""),
        ('[{"id": 18, "name": "Drama"}, {"id": 35, "name": "Comedy"}]', "Drama|Comedy"),
        ("[{'id': 18, 'name': 'Drama'}]", "Drama"),
        ("['Drama', \"Children's\"]", "Drama|Children's"),
        ('{"name": "Drama"}', "Drama"),
        ("[]", ""),
        ("[Drama, Comedy]", "Drama|Comedy"),
        (["Drama", "Comedy"], "Drama|Comedy"),
        ([{"name": "Drama"}], "Drama"),
        ("[" * 100_000, ""),
    ],
)
def test_genres(listed, genres):
    assert listed_genres(listed) == genres


def test_blanks_separate_only_words_that_are_genres():
    assert blanks_separate(["Action Comedy", "Drama", ""])
    assert not blanks_separate(["Science Fiction", "Action Comedy"])
    assert not blanks_separate(["Drama", "Comedy"])
    assert listed_genres("Action Comedy", blanks=True) == "Action|Comedy"


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        (["Drama|War", "N/A"], ""),
        (["Drama/War", "A, B"], "genres between , /"),
        (["['A']"], "genres as lists"),
        (["Drama War"], "genres between blanks"),
    ],
)
def test_what_is_said(listed, words):
    assert in_words(listed) == words


def test_parquet_lists(tmp_path, read):
    ratings = pd.DataFrame({"user": [1], "movie": [10], "rating": [4.0], "timestamp": [60]})
    ratings.to_parquet(tmp_path / "r.parquet")
    films = {"movie": [10, 11], "title": ["A", "B"], "year": [1999.0, None]}
    frame = pd.DataFrame(films | {"genres": [["Drama", "War"], None]})
    frame.to_parquet(tmp_path / "m.parquet")
    found = read(tmp_path / "r.parquet", movies=tmp_path / "m.parquet")
    assert found.films == [(10, "A", 1999, "Drama|War"), (11, "B", None, "")]
