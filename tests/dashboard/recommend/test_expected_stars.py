from dashboard.rated_words import RatedWords
from dashboard.recommend.expected_stars import expected_line
from recommender.serving.star_estimates import StarEstimate
from tests.dashboard.evaluation.test_model_tables import text


def test_stars_are_said_with_the_range_in_which_they_probably_lie():
    line = expected_line(StarEstimate(4.23, 3.51, 4.8), RatedWords())
    assert text(line) == "4.2 ★  for you, likely 3.5 to 4.8"


def test_nothing_is_said_while_nobody_can_tell():
    assert expected_line(None, RatedWords()) is None
