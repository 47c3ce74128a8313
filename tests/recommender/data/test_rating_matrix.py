import numpy as np
import pandas as pd
import pytest

from recommender.data.arrays import ArtifactError
from recommender.data.rating_matrix import RatingMatrix
from recommender.serving.ratings import stored_matrix

COLUMNS = ["user_id", "movie_id", "rating"]


def ratings(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


@pytest.fixture
def tiny() -> RatingMatrix:
    return RatingMatrix.from_frame(
        ratings((7, 30, 4.5), (-2, 10, 1.0), (7, 10, 3.0), (2**40, 30, 0.5)),
        pd.DataFrame(
            {
                "movie_id": [99, 30],
                "title": ["Never rated", "Amélie"],
                "release_year": [1999, 2001],
                "genres": ["Drama", "Comedy|Romance"],
            }
        ),
    )


def test_ids_are_ascending_and_stars_in_their_cells(tiny):
    assert tiny.user_ids.tolist() == [-2, 7, 2**40]
    assert tiny.movie_ids.tolist() == [10, 30]
    expected = [[1.0, 0], [3.0, 4.5], [0, 0.5]]
    assert tiny.csr.toarray().tolist() == tiny.csc.toarray().tolist() == expected
    assert tiny.csr.dtype == tiny.csc.dtype == np.float32


def test_counts_means_and_deviations(tiny):
    assert tiny.counts.tolist() == [2, 2]
    assert tiny.means.tolist() == [2.0, 2.5]
    assert tiny.deviations.tolist() == [1.0, 2.0]
    assert tiny.overall_mean == 2.25


def test_films_in_matrix_order_and_named_even_if_unknown(tiny):
    assert tiny.movies["movie_id"].tolist() == [10, 30]
    assert tiny.movies["title"].tolist() == ["Film 10", "Amélie"]
    assert tiny.movies["release_year"].tolist() == [pd.NA, 2001]
    assert tiny.movies["genres"].tolist() == ["", "Comedy|Romance"]


def test_genres_and_years_as_arrays(tiny):
    assert tiny.genre_names == ("Comedy", "Romance")
    assert tiny.genre_flags.tolist() == [[False, False], [True, True]]
    assert np.array_equal(tiny.release_years, [np.nan, 2001], equal_nan=True)


def test_no_genres_listed_is_no_genre():
    films = {"movie_id": [1], "title": ["A"], "release_year": [1], "genres": ["(no genres listed)"]}
    matrix = RatingMatrix.from_frame(ratings((1, 1, 3.0)), pd.DataFrame(films))
    assert matrix.genre_names == ()
    assert matrix.genre_flags.shape == (1, 0)


def test_of_two_ratings_of_a_film_the_last_counts():
    matrix = RatingMatrix.from_frame(ratings((1, 1, 2.0), (1, 2, 3.0), (1, 1, 4.5)))
    assert matrix.csr.toarray().tolist() == [[4.5, 3.0]]
    assert matrix.counts.tolist() == [1, 1]


def test_columns_of_ids(tiny):
    assert tiny.columns([30, 11, 10, -5, 10**30]).tolist() == [1, -1, 0, -1, -1]
    assert tiny.columns([]).tolist() == []
    assert tiny.without([30, 11]).tolist() == [True, False]


def test_by_popularity_breaks_ties_by_id():
    matrix = RatingMatrix.from_frame(ratings((1, 5, 3.0), (1, 6, 3.0), (2, 7, 3.0), (3, 7, 3.0)))
    assert matrix.movie_ids[matrix.by_popularity].tolist() == [7, 5, 6]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (ratings(), "no ratings"),
        (ratings((1, 1, 5.5)), "0.5 to 5 stars, not 5.5"),
        (ratings((1, 1, 0.0)), "0.5 to 5 stars, not 0"),
        (ratings((1, 1, np.nan)), "0.5 to 5 stars, not nan"),
        (ratings((1, 1.5, 3.0)), "movie_id must hold integers"),
        (ratings((None, 1, 3.0)), "user_id must hold integers"),
    ],
    ids=["none", "too many stars", "too few", "not a number", "fractional id", "missing id"],
)
def test_what_is_no_rating_is_refused(frame, message):
    with pytest.raises(ValueError, match=message):
        RatingMatrix.from_frame(frame)


def test_triplets_are_in_order_of_user_and_film(tiny):
    users, films, stars = tiny.triplets()
    assert users.tolist() == [-2, 7, 7, 2**40]
    assert films.tolist() == [10, 10, 30, 30]
    assert stars.tolist() == [1.0, 3.0, 4.5, 0.5]


def test_the_ratings_of_a_user(tiny):
    assert [part.tolist() for part in tiny.of_user(7)] == [[0, 1], [3.0, 4.5]]
    assert [part.tolist() for part in tiny.of_user(8)] == [[], []]
    assert [part.tolist() for part in tiny.of_user(2**41)] == [[], []]


def test_take_users_leaves_out_films_that_nobody_has_rated(tiny):
    taken = tiny.take_users(np.array([0]))
    assert taken.user_ids.tolist() == [-2]
    assert taken.movie_ids.tolist() == [10]
    assert taken.counts.tolist() == [1]


def test_the_fingerprint_is_of_the_content(tiny):
    same = RatingMatrix.from_frame(
        ratings((2**40, 30, 0.5), (7, 10, 3.0), (7, 30, 4.5), (-2, 10, 1.0)), tiny.movies
    )
    other = RatingMatrix.from_frame(
        ratings((2**40, 30, 1.0), (7, 10, 3.0), (7, 30, 4.5), (-2, 10, 1.0)), tiny.movies
    )
    assert same.fingerprint == tiny.fingerprint != other.fingerprint


def test_saved_and_loaded_it_is_the_same(tiny, tmp_path):
    tiny.save(tmp_path / "ratings")
    loaded = RatingMatrix.load(tmp_path / "ratings")
    assert loaded.fingerprint == tiny.fingerprint
    assert (loaded.csr != tiny.csr).nnz == (loaded.csc != tiny.csc).nnz == 0
    pd.testing.assert_frame_equal(loaded.movies, tiny.movies)
    for name in ("movie_ids", "user_ids", "counts", "means", "deviations"):
        assert np.array_equal(getattr(loaded, name), getattr(tiny, name))


def test_loaded_arrays_cannot_be_written_to(tiny, tmp_path):
    tiny.save(tmp_path / "ratings")
    with pytest.raises(ValueError, match="read-only"):
        RatingMatrix.load(tmp_path / "ratings").csr.data[0] = 1


def test_another_kind_of_artifact_is_no_matrix(models, tmp_path):
    from recommender.serving import artifacts

    artifacts.save(models["weighted-score"], tmp_path)
    with pytest.raises(ArtifactError, match="not a rating matrix"):
        RatingMatrix.load(tmp_path / "weighted-score")


def test_from_the_database_it_equals_the_sample(database, sample):
    stored, expected = stored_matrix(), RatingMatrix.from_frame(*sample)
    assert np.array_equal(stored.movie_ids, expected.movie_ids)
    assert np.array_equal(stored.user_ids, expected.user_ids)
    assert (stored.csr != expected.csr).nnz == 0
    assert stored.csr.nnz == 100_004
    assert stored.movies["genres"].tolist() == expected.movies["genres"].tolist()
    assert stored.movies["release_year"].equals(expected.movies["release_year"])
