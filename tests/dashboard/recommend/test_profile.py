import json

import pytest

from dashboard.recommend.profile import SavedProfile, SavedProfileError

HEAT = {"movie_id": 6, "title": "Heat", "release_year": 1995, "imdb_id": "0113277", "stars": 4.5}
UNSEEN = {"movie_id": 7, "title": "Sabrina", "release_year": None, "imdb_id": None, "hidden": True}
SAVED = {"version": 1, "fingerprint": "abc", "movies": [HEAT, UNSEEN]}


def test_a_profile_is_read():
    assert SavedProfile.from_json(SAVED) == SavedProfile({6: 4.5}, frozenset({7}))


@pytest.mark.parametrize(
    ("data", "says"),
    [
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
        SavedProfile.from_json(json.loads(data))
