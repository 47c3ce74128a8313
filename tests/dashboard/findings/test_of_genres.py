import pandas as pd

from dashboard.findings.of_genres import best_and_worst, changed_most, differs_most


def genres(**averages: float) -> pd.DataFrame:
    """Genres of these averages, each ± 0.05 stars."""
    rows = pd.DataFrame({"genre": list(averages), "average_rating": list(averages.values())})
    rows["ratings"] = 1000
    return rows.assign(low=rows["average_rating"] - 0.05, high=rows["average_rating"] + 0.05)


def test_the_highest_and_the_lowest_are_named_with_their_intervals():
    found = best_and_worst(genres(Drama=3.6, War=3.9, Horror=3.2, Comedy=3.5))
    assert found.text == (
        "War is rated highest, 3.90 ± 0.05 stars; Horror is rated lowest, 3.20 ± 0.05 stars."
    )
    assert found.chart == "ratings-by-genre"


def test_what_chance_may_have_put_first_is_not_called_so():
    assert "highest" not in best_and_worst(genres(Drama=3.88, War=3.9, Horror=3.2)).text
    assert best_and_worst(genres(Drama=3.5, War=3.52)) is None
    assert best_and_worst(genres(Drama=3.5)) is None


def shares(first: tuple[int, int, int], last: tuple[int, int, int]) -> pd.DataFrame:
    """Two years after one of few ratings; each: all ratings, those of Drama, those of War."""
    rows = [(1995, "Drama", 3, 1.0)]
    for year, (total, *counts) in ((1996, first), (2016, last)):
        for genre, ratings in zip(("Drama", "War"), counts, strict=True):
            rows.append((year, genre, ratings, ratings / total))
    return pd.DataFrame(rows, columns=["year", "genre", "ratings", "share"])


def test_the_largest_change_between_years_of_enough_ratings_is_told():
    found = changed_most(shares((1000, 480, 100), (2000, 500, 220)))
    assert found.text == "Drama fell most, from 48% of the ratings of 1996 to 25% of those of 2016."


def test_a_change_within_chance_is_called_so():
    said = changed_most(shares((1000, 480, 100), (1000, 470, 99))).text
    assert said == "No genre’s share of the ratings changed beyond chance from 1996 to 2016."


def test_one_year_of_enough_ratings_is_no_comparison():
    assert changed_most(shares((1000, 480, 100), (60, 30, 9))) is None


def test_the_genre_that_differs_most_surely():
    rows = [("War", 0.5, -0.1, 1.1), ("Drama", -0.2, -0.3, -0.1), ("Noir", None, None, None)]
    columns = ["genre", "difference", "difference_low", "difference_high"]
    both = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[1:], float))
    said = differs_most(both, "rated until 2005", "all ratings")
    assert said.text == (
        "Drama differs most surely: 0.20 ± 0.10 higher of “all ratings” than of “rated until 2005”."
    )
    assert "beyond chance" in differs_most(both[both["genre"] == "War"], "a", "b").text
    assert differs_most(both[both["genre"] == "Noir"], "a", "b") is None
