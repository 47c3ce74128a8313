"""Which tags tell what kind of film it is."""

import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.data.tags import Tags
from recommender.models.blend.film_tags import flags_of, tag_flags


@pytest.fixture
def six():
    """Six films: "noir" is given to five by two users, "mine" to six by one, "odd" to four by two.

    And a film that nobody rated is called noir as well.
    """
    given = [(1 + film % 2, film, "Noir") for film in range(5)] + [(1, 0, "noir"), (1, 99, "noir")]
    given += [(3, film, "mine") for film in range(6)]
    given += [(user, film, "odd") for user in (1, 2) for film in range(4)]
    users, films, words = zip(*given, strict=True)
    ratings = pd.DataFrame({"user_id": 1, "movie_id": range(6), "rating": 4.0})
    matrix = RatingMatrix.from_frame(ratings)
    tags = Tags.of(users, films, np.zeros(len(films)), words)
    return RatingMatrix.from_csr(matrix.csr, matrix.user_ids, matrix.movie_ids, tags=tags)


def test_a_tag_counts_that_several_gave_to_several_films(six):
    assert tag_flags(six).toarray().tolist() == [[1.0]] * 5 + [[0.0]]


def test_flags_come_back_from_what_is_kept(six):
    flags = tag_flags(six)
    assert np.array_equal(flags_of(flags.indices, flags.indptr).toarray(), flags.toarray())


def test_no_tags_are_no_flags(matrix):
    flags = tag_flags(matrix)
    assert flags.shape == (matrix.n_movies, 0)
    assert not flags_of(flags.indices, flags.indptr).nnz
