import numpy as np
import pandas as pd
import pytest

from dashboard.findings.of_films import above_or_below, split


def films(*shares: tuple[float, float], n: int = 400) -> pd.DataFrame:
    rows = [
        {"title": f"Film {i}", "low_share": a, "high_share": b} for i, (a, b) in enumerate(shares)
    ]
    found = pd.DataFrame(rows, columns=["title", "low_share", "high_share"])
    return found.assign(ratings=n, release_year=pd.Series([1990] * len(rows), dtype="Int64"))


def test_both_ends_must_outnumber_the_middle():
    said = split(films((0.45, 0.45), (0.1, 0.8), (0.4, 0.25))).text
    assert said == (
        "Of 3 films, one splits the audience beyond chance, most clearly Film 0 (1990): 45% can’t"
        " stand it, 45% love it."
    )
    assert "none splits" in split(films((0.1, 0.8), (0.36, 0.36))).text
    assert split(films()) is None


def test_few_ratings_or_many_films_leave_it_open():
    assert "none splits" in split(films((0.45, 0.45), n=8)).text
    assert "one splits" in split(films((0.42, 0.42), n=80)).text
    assert "none splits" in split(films((0.42, 0.42), *[(0.1, 0.2)] * 1000, n=80)).text


def stars(**ratings: int) -> pd.DataFrame:
    found = pd.DataFrame({"stars": [1.0, 3.0, 5.0], "ratings": list(ratings.values())})
    return found[found["ratings"] > 0]


EVERY = stars(one=1000, three=2000, five=1000)


@pytest.mark.parametrize(
    ("film", "says"),
    [
        (
            stars(one=0, three=50, five=50),
            "It is rated 1.00 ± 0.20 above the average of all films, 3.00.",
        ),
        (
            stars(one=50, three=50, five=0),
            "It is rated 1.00 ± 0.20 below the average of all films, 3.00.",
        ),
        (
            stars(one=9, three=20, five=11),
            "Its average, 3.10, is within chance of that of all films, 3.00.",
        ),
    ],
)
def test_a_film_is_above_or_below_others(film, says):
    said = above_or_below(film, EVERY).text
    assert said.startswith(says) and said.endswith("of all films, 3.00.")


def test_one_rating_says_nothing():
    assert above_or_below(stars(one=0, three=0, five=1), EVERY) is None
    assert above_or_below(EVERY.head(0), EVERY) is None
    assert above_or_below(EVERY, EVERY.assign(ratings=[5, 0, 0])) is None


def test_who_the_others_are_is_said():
    said = above_or_below(stars(one=0, three=50, five=50), EVERY, "the films of its genres").text
    assert said.endswith("above the average of the films of its genres, 3.00.")


def test_the_level_is_kept():
    rng = np.random.default_rng(8)
    taken = []
    for _ in range(400):
        counts = rng.multinomial(200, [0.25, 0.5, 0.25])
        taken.append("chance" not in above_or_below(EVERY.assign(ratings=counts), EVERY).text)
    assert 0.02 <= np.mean(taken) <= 0.09
