"""Orders for several people, by hand."""

import numpy as np
import pytest

from recommender.taste.group_order import by_average, by_least_misery, by_turns

# Three people, five films. Means 3.33, 4, 3, 3.33, 2; least 1, 3, 3, 2.5, 1.
STARS = np.array([[5, 5, 3, 2.5, 3], [4, 4, 3, 4, 2], [1, 3, 3, 3.5, 1]], float)


def test_the_average_takes_the_mean_and_of_equals_the_one_with_less_misery():
    assert by_average(STARS).tolist() == [1, 3, 0, 2, 4]


def test_least_misery_takes_the_lowest_and_of_equals_the_better_mean():
    assert by_least_misery(STARS).tolist() == [1, 2, 3, 0, 4]


def test_the_turns_go_round_and_back():
    eye = np.ones((3, 8))
    assert by_turns(eye, eye, 8)[1].tolist() == [0, 1, 2, 2, 1, 0, 0, 1]


def test_whose_turn_it_is_offers_five_and_the_others_choose():
    scores = np.array([[6, 5, 4, 3, 2, 1], [1, 2, 3, 4, 5, 6]], float)
    # First 0 to 4 are offered, of which the second likes 4; then 5, 3, 2, 1, 0, the first likes 0.
    stars = np.array([[5, 4, 4, 3, 2, 1], [1, 2, 2, 3, 4, 5]], float)
    films, people = by_turns(stars, scores, 2)
    assert films.tolist() == [4, 0]
    assert people.tolist() == [0, 1]


@pytest.mark.parametrize("n", [0, 2, 9])
def test_no_film_is_taken_twice_and_no_more_than_there_are(n):
    films, people = by_turns(STARS, STARS, n)
    assert len(films) == len(people) == min(n, 5) == len(set(films.tolist()))
