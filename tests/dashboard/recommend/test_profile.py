import base64
import json

import pandas as pd
import pytest

from dashboard.recommend.profile import SavedProfile, SavedProfileError

HEAT = {"movie_id": 6, "title": "Heat", "release_year": 1995, "imdb_id": "0113277", "stars": 4.5}
UNSEEN = {"movie_id": 7, "title": "Sabrina", "release_year": None, "imdb_id": None, "hidden": True}
SAVED = {"version": 1, "fingerprint": "abc", "movies": [HEAT, UNSEEN]}


def upload(data: bytes) -> str:
    return "data:application/json;base64," + base64.b64encode(data).decode()


def test_a_profile_survives_its_file():
    movies = pd.DataFrame([HEAT, UNSEEN])[["movie_id", "title", "release_year", "imdb_id"]]
    profile = SavedProfile.from_upload(upload(json.dumps(SAVED).encode()))
    assert profile == SavedProfile({6: 4.5}, frozenset({7}))
    assert profile.to_json(movies, "abc") == SAVED


def test_only_the_films_of_a_dataset_are_kept():
    assert SavedProfile({6: 4.5, 8: 1.0}, frozenset({7})).only([6, 7]) == SavedProfile(
        {6: 4.5}, frozenset({7})
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff\xfe\x00", "not a text file"),
        (b"hello", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not a JSON object"),
        (b'{"version": 2, "movies": []}', "version is 2"),
        (b'{"version": 1}', "no list of films"),
        (b'{"version": 1, "movies": ["Heat"]}', "film 1 is not an object"),
        (
            b'{"version": 1, "movies": [{"movie_id": "6", "stars": 4}]}',
            "film 1 has no whole number as movie_id, but '6'",
        ),
        (b'{"version": 1, "movies": [{"movie_id": true, "stars": 4}]}', "movie_id"),
        (b'{"version": 1, "movies": [{"movie_id": 6, "stars": 7}]}', "has 7 stars"),
        (b'{"version": 1, "movies": [{"movie_id": 6, "stars": NaN}]}', "has nan stars"),
        (b'{"version": 1, "movies": [{"movie_id": 6}]}', "has None stars"),
    ],
)
def test_a_file_that_is_no_profile_says_what_is_wrong(data, says):
    with pytest.raises(SavedProfileError, match=says):
        SavedProfile.from_upload(upload(data))


@pytest.mark.parametrize("contents", [None, "", "data:;base64", "data:;base64,***"])
def test_an_upload_that_is_no_data_url_is_refused(contents):
    with pytest.raises(SavedProfileError):
        SavedProfile.from_upload(contents)
