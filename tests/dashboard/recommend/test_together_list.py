"""How a film for several people is said."""

import pytest

from dashboard.recommend.together_list import WAYS, reason
from recommender.serving import evening
from recommender.serving.evening import SharedFilm
from recommender.serving.shelves import Recommendation

FILM = Recommendation(9, "Ran", 1985, "Drama", 4.0, 10, (), ())
NAMES = ["You", "Ann", "Bob"]
TITLES = {1: "Heat", 2: "Alien", 3: "Jaws"}


@pytest.mark.parametrize(
    ("because", "chosen_by", "said"),
    [
        (((1, 2), (2,), (3,)), None, "Because you liked Heat and Ann liked Alien"),
        (((), (2,), ()), None, "Because Ann liked Alien"),
        (((), (), ()), None, None),
        (((1,), (2,), ()), 1, "Ann’s turn, who liked Alien"),
        (((1,), (2,), ()), 0, "Your turn: you liked Heat"),
        (((1,), (2,), ()), 2, "Bob’s turn"),
        (((77,), (), ()), None, None),  # which is not in the dataset
    ],
)
def test_one_plain_reason(because, chosen_by, said):
    assert reason(SharedFilm(FILM, (), because, chosen_by), NAMES, TITLES) == said


def test_each_way_has_its_words():
    assert tuple(WAYS) == evening.WAYS
