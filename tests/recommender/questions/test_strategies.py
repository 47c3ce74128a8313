import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.weighted_score import weighted_score
from recommender.questions.strategies import STRATEGIES, movies_to_rate

every_strategy = pytest.mark.parametrize("how", STRATEGIES)


@every_strategy
def test_fifteen_different_films_the_same_for_the_same_seed(matrix, how):
    films = movies_to_rate(matrix, how)
    assert len(set(films)) == 15
    assert set(films) <= set(matrix.movie_ids.tolist())
    assert films == movies_to_rate(matrix, how)
    assert films != movies_to_rate(matrix, how, seed=1)


@every_strategy
def test_skipped_films_are_replaced(matrix, how):
    shown: list[int] = []
    for seed in range(8):  # more than the 50 or 100 films that they are drawn from at first
        films = movies_to_rate(matrix, how, seed=seed, skip=shown)
        assert len(films) == 15
        assert not set(films) & set(shown)
        shown += films


@every_strategy
def test_a_few_films_are_all_that_can_be_asked_about(how):
    ratings = pd.DataFrame({"user_id": [1, 1, 2, 2, 3], "movie_id": [5, 6, 7, 5, 5], "rating": 3.0})
    matrix = RatingMatrix.from_frame(ratings)
    assert sorted(movies_to_rate(matrix, how)) == [5, 6, 7]
    assert sorted(movies_to_rate(matrix, how, skip=[6, 99])) == [5, 7]
    assert movies_to_rate(matrix, how, skip=[5, 6, 7]) == []


def all_that_come(matrix, how):
    return {film for seed in range(60) for film in movies_to_rate(matrix, how, seed=seed)}


def test_popular_are_the_50_most_rated(matrix):
    order = np.argsort(-matrix.counts, kind="stable")[:50]
    assert all_that_come(matrix, "popular") == set(matrix.movie_ids[order].tolist())


def test_best_are_the_100_of_highest_weighted_score(matrix):
    scores = weighted_score(matrix.counts, matrix.means)
    assert all_that_come(matrix, "best") == set(
        matrix.movie_ids[np.argsort(-scores)[:100]].tolist()
    )


def test_polarising_are_the_50_of_highest_deviation_among_well_rated(matrix, sample):
    by_film = (
        sample[0].groupby("movie_id")["rating"].agg(["count", lambda stars: stars.std(ddof=0)])
    )
    spreads = by_film[by_film["count"] >= 50].iloc[:, 1]
    assert all_that_come(matrix, "polarising") == set(spreads.nlargest(50).index)


def test_representative_has_each_genre_before_a_second_film_of_one(matrix):
    films = matrix.columns(movies_to_rate(matrix, "representative", n=len(matrix.genre_names)))
    assert matrix.genre_flags[films].any(axis=0).all()


def test_representative_films_are_known_and_mostly_of_one_genre(matrix):
    films = matrix.columns(movies_to_rate(matrix, "representative"))
    assert np.median(matrix.counts[films]) >= 50
    assert np.median(matrix.genre_flags[films].sum(axis=1)) <= 2
