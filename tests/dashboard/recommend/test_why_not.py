"""Where a film stands, in words."""

import pytest

from dashboard.recommend.profile import MOST_ASKED, SavedProfile
from dashboard.recommend.why_not import where_it_stands
from recommender.serving.placing import Obstacle, Placing
from recommender.serving.shelves import Recommendation

OLD = 1
PROFILE = SavedProfile(
    ratings=dict.fromkeys(range(OLD, MOST_ASKED + 2), 4.0), hidden=frozenset({5000})
)


@pytest.mark.parametrize(
    ("movie", "obstacle", "said"),
    [
        (OLD, "hidden", "You rated it, so it is not recommended; it would be No. 1,200."),
        (MOST_ASKED, "rated", "You rated it, so it is not recommended; it would be No. 1,200."),
        (5000, "hidden", "You said that it is not to come again; it would be No. 1,200."),
        (6000, "", "It is No. 1,200 of 9,000 films for you."),
    ],
)
def test_a_film_that_is_rated_is_so_however_long_ago(movie: int, obstacle: Obstacle, said: str):
    assert OLD in PROFILE.not_again
    film = Recommendation(movie, "Heat", 1995, "Crime", 4.0, 100, (), ())
    assert where_it_stands(Placing(film, 1200, 9000, obstacle), PROFILE) == said
