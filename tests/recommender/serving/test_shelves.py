from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.nmf import NMFRecommender
from recommender.models.popularity import PopularityRecommender
from recommender.models.user_cosine import UserCosineRecommender
from recommender.models.weighted_score import WeightedScoreRecommender
from recommender.serving.shelves import favourite_genres, opinions, recommend, top

PROFILE = {318: 5.0, 296: 4.5, 356: 2.0, 593: 4.0, 260: 3.5, 480: 1.0}


def films_of(shelves):
    return [film for shelf in (shelves.tonight, shelves.gems, shelves.genres) for film in shelf]


@pytest.fixture
def small() -> RatingMatrix:
    """Eight films with 10, 8, 6, 4, 4, 4, 3, 1 ratings of 3 stars; film 5 has 2 and film 6 4."""
    counts = {1: 10, 2: 8, 3: 6, 4: 4, 5: 4, 6: 4, 7: 3, 8: 1}
    stars = {5: 2.0, 6: 4.0}
    ratings = [(u, film, stars.get(film, 3.0)) for film, n in counts.items() for u in range(n)]
    genres = ["Drama", "Drama", "Comedy", "Comedy", "Comedy", "Drama|Comedy", "", "Comedy"]
    return RatingMatrix.from_frame(
        pd.DataFrame(ratings, columns=["user_id", "movie_id", "rating"]),
        pd.DataFrame(
            {
                "movie_id": range(1, 9),
                "title": list("ABCDEFGH"),
                "release_year": [1990, 1999, 2000, 2010, None, 1980, 2020, 2001],
                "genres": genres,
            }
        ),
    )


@pytest.fixture
def graded() -> RatingMatrix:
    """Thirty films: film 1 has 30 ratings, film 2 29 and so on; those of four in five are 3 stars.

    Films 5, 10, 15 … are worse: 2 stars.
    """
    films = range(1, 31)
    ratings = [(u, film, 3.0 if film % 5 else 2.0) for film in films for u in range(31 - film)]
    genres = ["Comedy" if film % 2 else "Drama" for film in films]
    return RatingMatrix.from_frame(
        pd.DataFrame(ratings, columns=["user_id", "movie_id", "rating"]),
        pd.DataFrame(
            {"movie_id": films, "title": "A", "release_year": 1990, "genres": genres},
        ),
    )


def ids(films):
    return [film.movie_id for film in films]


def test_the_best_ten_come_first_then_gems_and_favourite_genres_best_first(graded):
    """465 ratings: 30 + 29 + … + 22 = 234 are over half, so gems begin with film 10; it is bad.

    Ninety percent are 418.5; 30 + … + 10 = 420 of the first 21 films, so film 21 is the last gem.
    """
    shelves = recommend(PopularityRecommender().fit(graded), {30: 5.0}, n=5)
    assert ids(shelves.tonight) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert ids(shelves.gems) == [11, 12, 13, 14, 16]
    assert shelves.favourite_genres == ("Drama",)
    assert ids(shelves.genres) == [18, 20, 22, 24, 26]


def test_gems_are_liked_and_neither_famous_nor_unknown(graded):
    shelves = recommend(PopularityRecommender().fit(graded), {30: 3.0}, hidden=range(1, 11), n=99)
    assert ids(shelves.tonight) == list(range(11, 21))
    assert ids(shelves.gems) == [21]


def test_gems_are_judged_among_the_films_that_match(graded):
    """Comedies 1, 3, … 29 have 30 + 28 + … + 2 = 240 ratings: 30 + … + 22 = 130 of five."""
    model = PopularityRecommender().fit(graded)
    shelves = recommend(model, {}, hidden=range(1, 10), genres=["Comedy"], n=99)
    assert ids(shelves.tonight) == [11, 13, 15, 17, 19, 21, 23, 25, 27, 29]
    shelves = recommend(model, {}, hidden=range(12, 31), genres=["Comedy"], n=99)
    assert ids(shelves.tonight) == [1, 3, 5, 7, 9, 11] and shelves.gems == []


def test_top_is_by_score_alone(small):
    films = top(
        PopularityRecommender().fit(small), {1: 4.0}, hidden=[3], genres=["Drama", "Comedy"], n=3
    )
    assert [film.movie_id for film in films] == [2, 4, 5]


def test_what_models_are_compared_by_needs_no_reasons(small, monkeypatch):
    model, profile = UserCosineRecommender().fit(small), {1: 4.0, 2: 5.0}
    shown = recommend(model, profile).tonight
    assert any(film.because for film in shown)
    monkeypatch.setattr(model, "explain_all", lambda *_: pytest.fail("it was asked for reasons"))
    assert top(model, profile) == [replace(film, because=(), unlike=()) for film in shown]


def test_what_is_shown_of_a_film(small):
    film = recommend(PopularityRecommender().fit(small), {1: 4.0}).tonight[0]
    assert (film.movie_id, film.title, film.release_year, film.genres) == (2, "B", 1999, "Drama")
    assert (film.average_rating, film.ratings, film.because) == (3.0, 8, ())


@pytest.mark.parametrize(
    ("preference", "split_year", "expected"),
    [
        ("any", 2000, {1, 2, 3, 4, 5, 6, 7, 8}),
        ("old", 2000, {1, 2, 6}),
        ("new", 2000, {3, 4, 7, 8}),
        ("old", 2001, {1, 2, 3, 6}),
        ("new", 2001, {4, 7, 8}),
        ("old", 1900, set()),
    ],
)
def test_old_and_new_split_at_the_year_and_unknown_years_are_only_in_any(
    small, preference, split_year, expected
):
    films = top(
        PopularityRecommender().fit(small), {}, preference=preference, split_year=split_year
    )
    assert {film.movie_id for film in films} == expected


def test_genres_are_left_out_and_films_of_no_genre_stay(small):
    model = PopularityRecommender().fit(small)
    assert {film.movie_id for film in top(model, {}, without=["Comedy"])} == {1, 2, 7}
    assert {film.movie_id for film in top(model, {}, genres=["Drama"], without=["Comedy"])} == {
        1,
        2,
    }
    shelves = recommend(model, {6: 4.0}, without=["Comedy"])
    assert {film.movie_id for film in films_of(shelves)} == {1, 2, 7}
    assert shelves.favourite_genres == ("Drama",)


def test_nothing_left_to_show(small):
    model = WeightedScoreRecommender().fit(small)
    assert films_of(recommend(model, dict.fromkeys(range(1, 9), 3.0))) == []
    assert films_of(recommend(model, {}, hidden=range(1, 9))) == []
    assert films_of(recommend(model, {}, genres=["Western"])) == []


def test_favourite_genres_lean_to_the_mean_where_little_is_known(small):
    """Drama: (5 + 4 + 2·4) / 4 = 4.25; Comedy: (3 + 2·4) / 3 = 3.67, below the mean of 4."""
    assert favourite_genres(small, {1: 5.0, 2: 4.0, 3: 3.0}) == ("Drama",)


def test_favourite_genres_of_equal_ratings_are_those_rated(small):
    assert favourite_genres(small, {1: 4.0}) == ("Drama",)
    assert favourite_genres(small, {6: 4.0}) == ("Comedy", "Drama")
    assert favourite_genres(small, {7: 4.0}) == favourite_genres(small, {}) == ()


def test_favourite_genres_have_a_film_that_was_liked(small):
    """Of 1 and 2 stars nothing is liked; of 5, 2 and 2 the dramas are."""
    assert favourite_genres(small, {1: 2.0, 3: 1.0}) == ()
    assert recommend(PopularityRecommender().fit(small), {1: 2.0, 3: 1.0}).genres == []
    assert favourite_genres(small, {1: 5.0, 3: 2.0, 4: 2.0}) == ("Drama",)


@pytest.mark.parametrize(
    ("profile", "liked", "disliked"),
    [
        ({1: 5.0, 2: 4.0, 3: 1.0}, {1, 2}, {3}),
        ({1: 5.0, 2: 5.0, 3: 3.0}, {1, 2}, set()),  # 3 is below the mean, but not bad
        ({1: 2.0, 2: 2.0, 3: 1.0}, set(), {3}),  # 2 is above the mean, but not good
        ({1: 2.5}, set(), {1}),
        ({1: 3.0, 2: 3.0}, {1, 2}, set()),
        ({1: 4.1, 2: 4.1, 3: 4.1}, {1, 2, 3}, set()),  # whose mean is 4.1 but for rounding
        ({}, set(), set()),
    ],
)
def test_liked_and_disliked_by_the_visitors_own_mean(profile, liked, disliked):
    assert opinions(profile) == (liked, disliked)


def test_reasons_are_films_that_were_liked_and_dislikes_are_said_apart(checkerboard):
    """Who loves even films hates odd ones, so hating 1 and 3 speaks for even ones as well."""
    model = UserCosineRecommender().fit(checkerboard)
    films = films_of(recommend(model, {0: 5.0, 1: 1.0, 3: 1.0}))
    even = [film for film in films if film.movie_id % 2 == 0]
    assert even
    for film in even:
        assert (set(film.because), set(film.unlike)) == ({0}, {1, 3})
    for film in films_of(recommend(model, {1: 1.0, 3: 1.0})):
        assert film.because == ()
        assert film.movie_id % 2 or set(film.unlike) == {1, 3}


def test_a_dislike_is_said_only_of_models_whose_reasons_are_exact(checkerboard):
    model = NMFRecommender(n_factors=4).fit(checkerboard)
    assert not model.says_because
    films = films_of(recommend(model, {0: 5.0, 1: 1.0, 3: 1.0}))
    assert films and all(film.unlike == () for film in films)
    assert {movie for film in films for movie in film.because} == {0}


def test_because_names_up_to_three_rated_films(models):
    films = films_of(recommend(models["item-cosine"], PROFILE))
    assert any(film.because for film in films)
    for film in films:
        assert len(film.because) <= 3 and set(film.because) <= {318, 296, 593, 260}
        weights = dict(models["item-cosine"].explain(PROFILE, film.movie_id))
        assert list(film.because) == sorted(film.because, key=lambda i: -weights[i])


profiles = st.dictionaries(
    st.sampled_from([318, 296, 356, 593, 260, 480, 1, 2, 3, 7, 10**9]), st.integers(1, 10)
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    halves=profiles,
    hidden=st.sets(st.sampled_from([50, 110, 527, 589, 1, -4])),
    preference=st.sampled_from(["any", "old", "new"]),
    split_year=st.integers(1900, 2030),
    genres=st.sets(st.sampled_from(["Comedy", "Drama", "Film-Noir", "IMAX", "No such genre"])),
    without=st.sets(st.sampled_from(["Crime", "Drama", "Romance", "IMAX", "No such genre"])),
    n=st.integers(1, 12),
    key=st.sampled_from(["popularity", "nmf", "user-cosine", "item-cosine"]),
)
def test_whatever_is_asked_shelves_keep_their_promises(
    models, halves, hidden, preference, split_year, genres, without, n, key
):
    profile = {movie_id: half / 2 for movie_id, half in halves.items()}
    shelves = recommend(models[key], profile, hidden, preference, split_year, genres, without, n)
    films = films_of(shelves)
    shown = [film.movie_id for film in films]
    assert len(shown) == len(set(shown))
    assert not set(shown) & (set(profile) | hidden)
    assert all(profile[movie] >= 3 for film in films for movie in film.because)
    assert all(profile[movie] < 3 for film in films for movie in film.unlike)
    scores = dict(
        zip(models[key].matrix_.movie_ids.tolist(), models[key].score(profile), strict=True)
    )
    for shelf in (shelves.tonight, shelves.gems, shelves.genres):
        found = [scores[film.movie_id] for film in shelf]
        assert found == sorted(found, reverse=True)
    assert len(shelves.gems) <= n and len(shelves.genres) <= n
    if shelves.tonight and shown[10:]:
        assert len(shelves.tonight) == 10
        assert scores[shelves.tonight[-1].movie_id] >= max(scores[movie] for movie in shown[10:])
    if preference == "old":
        assert all(film.release_year < split_year for film in films)
    if preference == "new":
        assert all(film.release_year >= split_year for film in films)
    if genres:
        assert all(genres & set(film.genres.split("|")) for film in films)
    assert not any(without & set(film.genres.split("|")) for film in films)
    assert not without & set(shelves.favourite_genres)
    for film in shelves.genres:
        assert set(film.genres.split("|")) & set(shelves.favourite_genres)
