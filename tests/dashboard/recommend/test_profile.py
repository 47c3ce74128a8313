import json

import pytest

from dashboard.recommend.profile import MOST_ASKED, MOST_FILMS, SavedProfile, SavedProfileError

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


def rated(number: int) -> SavedProfile:
    movies = [{"movie_id": movie, "stars": 3.0} for movie in range(number)]
    unseen = {**UNSEEN, "movie_id": 99_999}
    return SavedProfile.from_json({**SAVED, "movies": [*movies, unseen]})


def test_of_more_films_than_a_profile_holds_the_latest_are_read():
    profile = rated(50_000)
    assert list(profile.ratings) == list(range(50_001 - MOST_FILMS, 50_000))
    assert profile.hidden == frozenset({99_999})
    with pytest.raises(SavedProfileError, match=r"film 50000 \(6\) has 9 stars"):
        SavedProfile.from_json({**SAVED, "movies": [HEAT] * 49_999 + [{**HEAT, "stars": 9}]})


def test_models_are_asked_with_the_latest_and_list_none_of_the_others():
    profile = rated(MOST_ASKED + 50)
    assert list(profile.asked) == list(range(50, MOST_ASKED + 50))
    assert profile.not_again == {*range(50), 99_999}
    assert profile.left_out == "Of your 1,050 ratings the latest 1,000 count here."


def test_of_fewer_all_count_and_nothing_is_said():
    profile = rated(MOST_ASKED)
    assert profile.asked == profile.ratings and profile.left_out is None
    assert profile.not_again == profile.hidden
