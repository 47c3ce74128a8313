import numpy as np
import pandas as pd
import pytest

from dashboard.findings.finding import beyond_chance
from dashboard.findings.of_ratings import (
    first_and_last_year,
    leading_film,
    most_given,
    this_against_that,
)

STARS = pd.DataFrame(
    {"stars": [3.0, 4.0, 5.0], "ratings": [300, 500, 200], "share": [0.3, 0.5, 0.2]}
)


def months(first: float, last: float, noise: float = 0.1) -> pd.DataFrame:
    """Four years of months, two on each average, up and down by the noise."""
    averages = np.repeat([first, last], 24) + noise * np.tile([1, -1], 24)
    when = pd.date_range("2000-01-01", periods=48, freq="MS")
    return pd.DataFrame({"month": when, "ratings": 500, "average_rating": averages})


def test_more_comparisons_take_a_larger_difference():
    assert beyond_chance(2.0, 1.0) and not beyond_chance(2.0, 1.0, 3) and not beyond_chance(1.9, 1)


def test_the_first_twelve_months_and_the_last_are_compared():
    said = first_and_last_year(months(3.8, 3.5)).text
    assert said == (
        "The average fell from 3.80 stars in the year to December 2000 to 3.50 in that to"
        " December 2003."
    )
    assert "within chance" in first_and_last_year(months(3.8, 3.79)).text
    assert "within chance" in first_and_last_year(months(3.8, 3.5, noise=0.6)).text
    assert first_and_last_year(months(3.8, 3.5)[:20]) is None
    assert first_and_last_year(months(3.8, 3.5)[:0]) is None


def test_the_rating_given_most_often():
    assert most_given(STARS).text == "4 stars are given most often: 50% of the ratings."
    assert most_given(STARS.assign(ratings=[490, 500, 10])) is None


@pytest.mark.parametrize(("second", "says"), [(4.38, "1 of the next 2 may be"), (4.0, "beyond")])
def test_films_that_chance_may_put_first_are_counted(second, says):
    best = pd.DataFrame({"title": "Heat", "weighted_score": [4.4, second, 3.9]})
    best["release_year"] = pd.Series([1995] * 3, dtype="Int64")
    best = best.assign(low=best["weighted_score"] - 0.05, high=best["weighted_score"] + 0.05)
    said = leading_film(best).text
    assert said.startswith("Heat (1995) has the highest weighted score, 4.40 stars")
    assert says in said


def test_sentences_speak_in_the_numbers_of_the_datasets_scale():
    on_ten = months(7.6, 7.0)
    assert "from 7.60 of 10 in the year" in first_and_last_year(on_ten, unit="of 10").text
    given = most_given(STARS.assign(stars=[6.0, 8.0, 10.0]), "of 10").text
    assert given == "8 of 10 is given most often: 50% of the ratings."


def test_two_sets_are_compared_by_their_averages():
    lower = STARS.assign(ratings=[500, 400, 100])
    said = this_against_that(STARS, lower, "rated from 2006", "all ratings")
    assert said.text == (
        "Rated from 2006 is rated 0.30 ± 0.06 higher on average than all ratings: 3.90 against"
        " 3.60."
    )
    assert "lower on average" in this_against_that(lower, STARS, "a", "b").text
    few = STARS.assign(ratings=[3, 5, 2])
    assert "within chance" in this_against_that(few, lower, "a", "b").text
    assert this_against_that(STARS, lower.head(0), "a", "b") is None


def test_only_the_words_that_link_are_a_link():
    for found in (most_given(STARS), first_and_last_year(months(3.8, 3.5))):
        assert found.words in found.text and len(found.words) < len(found.text) / 2
