"""The odds of genres, of tags and of times."""

import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.data.tags import Tags
from recommender.models.blend.film_tags import tag_flags
from recommender.models.blend.trait_odds import TraitOdds

GENRES = ["Drama"] * 6 + ["Documentary"] * 5


def matrix_of(tags: Tags) -> RatingMatrix:
    """Six dramas that 50 people like each, and five documentaries that one likes."""
    liked = [(user, film) for film in range(6) for user in range(50)]
    users, films = map(np.array, zip(*liked, *((60, film) for film in range(6, 11)), strict=True))
    movies = pd.DataFrame(
        {"movie_id": range(11), "title": "x", "release_year": 1990, "genres": GENRES}
    )
    return RatingMatrix.from_triplets(users, films, np.full(len(films), 5.0), movies, tags=tags)


def traits_of(tags: Tags) -> TraitOdds:
    matrix = matrix_of(tags)
    return TraitOdds(matrix, tag_flags(matrix), matrix.counts)


@pytest.fixture
def eleven():
    return traits_of(Tags.none())


def odds(traits: TraitOdds, columns: list[int], stars: float = 5.0) -> np.ndarray:
    given = np.array(columns)
    return traits.scores(given, np.full(len(given), stars), np.ones((1, len(given))))[0]


def expected(k: float, n: int, q: float) -> float:
    """By the class's formula, k of n likes having a trait of which q of all likes are."""
    p = (k - 2 + 2 * q) / n
    return np.log(p / (1 - p)) - np.log(q / (1 - q)) - 2


def test_by_hand(eleven):
    """Four documentaries; the fifth is one as well, the dramas are not."""
    found = odds(eleven, [6, 7, 8, 9])
    assert found[10] == pytest.approx(expected(4, 4, 5.5 / 306))
    assert found[10] > 1 and (found[:6] <= 0).all()


def test_the_usual_says_nothing(eleven):
    assert not odds(eleven, [1, 2, 3, 4, 5]).any()


def test_two_films_are_no_taste(eleven):
    assert odds(eleven, [6, 7])[10] == 0
    assert odds(eleven, [6, 7, 8])[10] > 0


def test_what_was_not_liked_is_no_taste(eleven):
    assert not odds(eleven, [6, 7, 8, 9], stars=3.5).any()


def tagged() -> TraitOdds:
    """The documentaries with two tags of two people each, and a word that one person uses."""
    films = np.arange(6, 11)
    given = [(user, film, tag) for user in (1, 2) for film in films for tag in ("real", "true")]
    given += [(3, film, "seen on a plane") for film in range(11)]
    users, films, words = zip(*given, strict=True)
    return traits_of(Tags.of(users, films, np.zeros(len(users)), words))


def test_some_films_are_told_the_same_as_among_all():
    part = np.array([6, 7, 8, 9]), np.full(4, 5.0), np.vstack([np.ones(4), 1 - np.eye(4)])
    films = np.array([10, 1, 9])
    found = tagged().scores(*part, films)
    assert found.any() and found == pytest.approx(tagged().scores(*part)[:, films], abs=1e-6)


def test_of_tags_the_one_that_says_most_counts():
    """Two of the same five films say no more than one; a word that one person uses, nothing."""
    traits = tagged()
    assert traits.tags.shape[1] == 2
    found = odds(traits, [6, 7, 8, 9])
    assert found[10] == pytest.approx(2 * expected(4, 4, 5.5 / 306))  # the genre, and one tag
    assert (found[:6] <= 0).all()


def test_what_is_disliked_is_taken_off(eleven):
    """Four dramas at one star speak against dramas alone."""
    found = odds(eleven, [0, 1, 2, 3], stars=1.0)
    q = 300.5 / 306
    p = (4 - 2 + 2 * q) / 4
    assert found[5] == pytest.approx(min(0, 0.5 - np.log(p / (1 - p)) + np.log(q / (1 - q))))
    assert not odds(eleven, [0, 1, 2, 3], stars=3.0).any()
    found = odds(eleven, [6, 7, 8, 9], stars=1.0)
    assert found[10] == pytest.approx(-expected(4, 4, 5.5 / 306) - 1.5)
    assert not found[:6].any()


def test_what_a_long_profile_lacks_is_taken_off(eleven):
    """No drama among five likes, where nearly all likes are dramas."""
    found = odds(eleven, [6, 7, 8, 9, 10])
    q = 300.5 / 306
    p = 2 * q / 7
    assert found[5] == pytest.approx(np.log(p / (1 - p)) - np.log(q / (1 - q)) + 1.5)
    assert found[5] < -2


def test_what_speaks_against_a_kind_says_no_more_after_eight_films(eleven):
    """Five dramas at one star among six films, and among ten; likes count in full."""
    columns = np.arange(10)
    stars = np.r_[np.ones(5), np.full(5, 3.0)]
    few = eleven.scores(columns[:6], stars[:6], np.ones((1, 6)))[0]
    many = eleven.scores(columns, stars, np.ones((1, 10)))[0]
    kept = eleven.scores(columns, stars, np.r_[np.ones(6), np.zeros(4)][None])[0]
    assert few[5] == kept[5] < 0
    assert many[5] == pytest.approx(few[5] * 8 / 10)
    likes = eleven.scores(np.arange(11), np.r_[np.full(6, 3.0), np.full(5, 5.0)], np.ones((1, 11)))
    assert likes[0, 10] == pytest.approx(expected(5, 5, 5.5 / 306))


def of_years(years: list[float]) -> TraitOdds:
    """The eleven films in these years; the first five are liked by one each, others by 1,000."""
    matrix = matrix_of(Tags.none())
    dated = matrix.movies.assign(release_year=pd.Series(years, dtype="Int64"), genres="Drama")
    old = RatingMatrix.from_csr(matrix.csr, matrix.user_ids, matrix.movie_ids, dated)
    return TraitOdds(old, tag_flags(old), np.r_[np.ones(5), np.full(6, 1000.0)])


def test_films_of_one_time_are_a_kind_of_film():
    """Twice, as they are of the same year; ten years off it is half as true."""
    traits = of_years([1925] * 4 + [1935, 1990, 1990, 1990, 1990, 1990, pd.NA])
    found = odds(traits, [0, 1, 2, 3])
    assert found[4] == pytest.approx(2 * max(0, expected(4 * 0.5, 4, 3.5 / 6006)))
    assert found[3] == pytest.approx(2 * expected(4, 4, 5 / 6006))
    assert not found[5:].any()
