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
    return [film for shelf in (shelves.popular, shelves.gems, shelves.genres) for film in shelf]


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


def test_popular_films_hold_half_of_the_ratings_and_gems_the_next_part_up_to_90_percent(small):
    """Of 40 ratings, fewer than 20 lie before films 1, 2 and 3; fewer than 36 before 4, 5 and 6."""
    shelves = recommend(PopularityRecommender().fit(small), {})
    assert [film.movie_id for film in shelves.popular] == [1, 2, 3]
    # Film 5's mean is below the overall one.
    assert [film.movie_id for film in shelves.gems] == [4, 6]


def test_the_shelves_adapt_to_the_films_that_match(small):
    """Comedies 3, 4, 5, 6, 8 have 6 + 4 + 4 + 4 + 1 = 19 ratings: 0, 6, 10, 14, 18 before them."""
    shelves = recommend(PopularityRecommender().fit(small), {}, genres=["Comedy"])
    assert [film.movie_id for film in shelves.popular] == [3, 4]
    assert [film.movie_id for film in shelves.gems] == [6]


def test_top_is_by_score_alone(small):
    films = top(
        PopularityRecommender().fit(small), {1: 4.0}, hidden=[3], genres=["Drama", "Comedy"], n=3
    )
    assert [film.movie_id for film in films] == [2, 4, 5]


def test_what_is_shown_of_a_film(small):
    shelves = recommend(PopularityRecommender().fit(small), {1: 4.0}, n=1)
    film = shelves.popular[0]
    assert (film.movie_id, film.title, film.release_year, film.genres) == (2, "B", 1999, "Drama")
    assert (film.average_rating, film.ratings, film.because) == (3.0, 8, ())
    assert film.rank == 1, "the most popular film that is not rated yet"
    assert shelves.genres[0].rank == 1 + sum(n > shelves.genres[0].ratings for n in (8, 6, 4, 3, 1))


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


def test_preference_is_the_way_from_the_middle_film_to_the_best(small):
    """Unseen films have 10, 6, 4, 4, 4, 3 and 1 ratings: the middle is 4, the best 10."""
    shelves = recommend(PopularityRecommender().fit(small), {}, hidden=[2])
    assert {film.movie_id: film.preference for film in films_of(shelves)} == {
        1: 1.0,
        3: pytest.approx(1 / 3),
        4: 0.0,
        6: 0.0,
    }


def test_preference_of_a_film_does_not_depend_on_what_else_is_asked_for(models):
    everything = films_of(recommend(models["user-cosine"], PROFILE, n=50))
    comedies = films_of(recommend(models["user-cosine"], PROFILE, genres=["Comedy"], n=50))
    values = {film.movie_id: film.preference for film in everything}
    shared = [film for film in comedies if film.movie_id in values]
    assert len(shared) > 5
    assert all(film.preference == values[film.movie_id] for film in shared)


def test_equal_scores_are_all_worth_a_half():
    ratings = pd.DataFrame({"user_id": 1, "movie_id": [1, 2, 3], "rating": 3.0})
    model = PopularityRecommender().fit(RatingMatrix.from_frame(ratings))
    assert {film.preference for film in recommend(model, {1: 3.0}).popular} == {0.5}


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
    n=st.integers(1, 12),
    key=st.sampled_from(["popularity", "nmf", "user-cosine", "item-cosine"]),
)
def test_whatever_is_asked_shelves_keep_their_promises(
    models, halves, hidden, preference, split_year, genres, n, key
):
    profile = {movie_id: half / 2 for movie_id, half in halves.items()}
    shelves = recommend(models[key], profile, hidden, preference, split_year, genres, n)
    films = films_of(shelves)
    shown = [film.movie_id for film in films]
    assert len(shown) == len(set(shown))
    assert not set(shown) & (set(profile) | hidden)
    assert all(0 <= film.preference <= 1 for film in films)
    assert all(profile[movie] >= 3 for film in films for movie in film.because)
    assert all(profile[movie] < 3 for film in films for movie in film.unlike)
    for shelf in (shelves.popular, shelves.gems, shelves.genres):
        assert len(shelf) <= n
        assert [f.preference for f in shelf] == sorted((f.preference for f in shelf), reverse=True)
    if preference == "old":
        assert all(film.release_year < split_year for film in films)
    if preference == "new":
        assert all(film.release_year >= split_year for film in films)
    if genres:
        assert all(genres & set(film.genres.split("|")) for film in films)
    if shelves.popular and shelves.gems:
        assert min(f.ratings for f in shelves.popular) >= max(f.ratings for f in shelves.gems)
    for film in shelves.genres:
        assert set(film.genres.split("|")) & set(shelves.favourite_genres)
