import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.nmf import NMFRecommender
from recommender.models.nmf_themes import movie_themes


@pytest.fixture
def two_tastes() -> NMFRecommender:
    """Half of the users rate only films 0 to 9, westerns of the 1950s, the others only 10 to 19."""
    cells = [(u, i + 10 * (u % 2)) for u in range(40) for i in range(10) if (u + i) % 4]
    ratings = pd.DataFrame(cells, columns=["user_id", "movie_id"]).assign(rating=4.0)
    films = pd.DataFrame(
        {
            "movie_id": range(20),
            "title": [f"Film {i}" for i in range(20)],
            "release_year": [1950 + i if i < 10 else 2000 for i in range(20)],
            "genres": ["Drama|Western" if i < 10 else "Drama|Horror" for i in range(20)],
        }
    )
    return NMFRecommender(n_factors=2).fit(RatingMatrix.from_frame(ratings, films))


def test_each_taste_is_a_theme_named_by_what_marks_it(two_tastes):
    themes = {theme.genres: theme for theme in movie_themes(two_tastes, n=5)}
    assert set(themes) == {("Western",), ("Horror",)}, "both have drama, so it marks neither"
    western, horror = themes[("Western",)], themes[("Horror",)]
    assert len(western.movie_ids) == 5 and max(western.movie_ids) < 10 <= min(horror.movie_ids)
    assert western.years == (1952, 1957) and horror.years == (2000, 2000)


def test_themes_of_real_ratings_are_of_films_that_people_know(models, matrix):
    themes = movie_themes(models["nmf"])
    assert len(themes) == 20
    known = set(matrix.movie_ids[matrix.by_popularity[:1000]].tolist())
    for theme in themes:
        assert len(set(theme.movie_ids)) == 8 and set(theme.movie_ids) <= known
        assert len(theme.genres) <= 2
    assert len({theme.genres for theme in themes}) > 5


def test_films_of_unknown_year_have_no_years(checkerboard):
    themes = movie_themes(NMFRecommender(n_factors=2).fit(checkerboard))
    assert {theme.years for theme in themes} == {None}
    assert np.all([theme.genres == () for theme in themes])
