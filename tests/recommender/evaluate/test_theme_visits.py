import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.data.tags import Tags
from recommender.evaluate.theme_visits import theme_folds, theme_visits, themes


def matrix_of(tags: Tags | None = None) -> RatingMatrix:
    """Films 0 to 99, film i rated by 100 − i users; even ones are Comedy, nine Western."""
    cells = [(user, film) for film in range(100) for user in range(100 - film)]
    genres = ["|".join(["Comedy"] * (i % 2 == 0) + ["Western"] * (i < 9)) for i in range(100)]
    movies = pd.DataFrame({"movie_id": range(100), "genres": genres})
    users, films = np.array(cells).T
    return RatingMatrix.from_triplets(users, films, np.full(len(cells), 4.0), movies, tags=tags)


def test_a_theme_is_a_genre_of_at_least_twenty_films():
    (comedy,) = themes(matrix_of())
    assert (comedy.kind, comedy.name) == ("genre", "Comedy")
    assert comedy.movie_ids.tolist() == list(range(0, 100, 2))


def test_a_tag_that_one_user_gives_is_no_theme():
    """Users 0 to 4 call films 0 to 19 "slow"; user 9 alone calls many films "seen"."""
    given = [(film % 5, film, "slow") for film in range(20)] + [
        (9, film, "seen") for film in range(60)
    ]
    users, films, texts = zip(*given, strict=True)
    found = [*themes(matrix_of(Tags.of(users, films, np.zeros(len(given)), list(texts))))]
    assert [(theme.kind, theme.name) for theme in found] == [("genre", "Comedy"), ("tag", "slow")]
    assert found[1].movie_ids.tolist() == list(range(20))


def test_five_visitors_like_eight_of_the_best_known_films_of_a_theme(matrix):
    visitors = theme_visits(matrix)
    assert len({visitor.user_id for visitor in visitors}) == len(visitors)
    names = [visitor.theme.name for visitor in visitors]
    assert {names.count(name) for name in names} == {5}
    for visitor in visitors:
        assert list(visitor.given.values()) == [5.0] * 8
        columns = matrix.columns(visitor.theme.movie_ids.tolist())
        best_known = columns[np.argsort(-matrix.counts[columns], kind="stable")][:50]
        assert set(visitor.given) <= set(matrix.movie_ids[best_known].tolist())
        expected = set(visitor.theme.movie_ids.tolist()) - set(visitor.given)
        assert set(visitor.relevant.tolist()) == expected
        assert set(visitor.seen.tolist()) == set(visitor.given)


@pytest.mark.parametrize("seed", [0, 1])
def test_seeded(matrix, seed):
    profiles = [visitor.given for visitor in theme_visits(matrix, seed)]
    assert profiles == [visitor.given for visitor in theme_visits(matrix, seed)]
    assert (profiles == [visitor.given for visitor in theme_visits(matrix, 0)]) == (seed == 0)


def test_every_fit_has_visitors_of_its_own(matrix):
    first, second, *others = theme_folds(matrix)
    assert len(others) == 3
    assert first[0].n_users < matrix.n_users
    ids = [{visitor.user_id for visitor in visitors} for _, visitors in (first, second)]
    assert len(ids[0]) == len(first[1]) and not ids[0] & ids[1]
    assert [v.given for v in first[1]] != [v.given for v in second[1]]
