import numpy as np
import pandas as pd

from dashboard.findings.of_users import keen_and_generous, tail_of

FILMS = [1, 10, 100, 1000]


def cells(slope: float, users: int = 200, sample: str = "") -> pd.DataFrame:
    """Users of 1 to 1,000 films, who give 4 stars and the slope, half of them 0.5 more or less."""
    rows = [
        (films, 3.95 + slope * np.log10(films) + off, users)
        for films in FILMS
        for off in (-0.5, 0.5)
    ]
    found = pd.DataFrame(rows, columns=["ratings_from", "average_rating", "users"])
    if sample:
        found.attrs["sample"] = sample
    return found


def test_the_slope_is_the_difference_with_ten_times_the_films():
    said = keen_and_generous(cells(-0.2)).text
    # 0.5 / sqrt(1600 · var(0, 1, 2, 3)) is .0112, of which 1.96 are .02
    assert said.endswith("with ten times the films, a user’s average is 0.20 ± 0.02 lower.")
    assert "rate higher" in keen_and_generous(cells(0.2)).text
    assert "within chance" in keen_and_generous(cells(-0.01)).text


def test_a_sample_counts_for_no_more_users_than_it_has():
    assert "rate lower" in keen_and_generous(cells(-0.03)).text
    assert "within chance" in keen_and_generous(cells(-0.03, sample="1 in 20 users")).text


def test_few_users_say_nothing():
    assert keen_and_generous(cells(-0.2, users=3)) is None
    assert keen_and_generous(cells(-0.2)[:2]) is None


def test_a_level_is_kept_where_there_is_no_slope():
    """Of datasets without any slope about one in twenty is taken to have one."""
    rng = np.random.default_rng(3)
    taken = []
    for _ in range(300):
        users = pd.DataFrame(
            {"ratings_from": rng.choice(FILMS, 300), "average_rating": rng.normal(3.5, 0.5, 300)}
        ).assign(users=1)
        taken.append("within chance" not in keen_and_generous(users).text)
    assert 0.02 <= np.mean(taken) <= 0.09


def test_the_better_law_is_said_where_the_two_can_be_told_apart():
    x = np.arange(1, 3000)
    exact = 1e6 * x**-2.5
    law = pd.DataFrame({"ratings": x, "users": exact.round().astype(int)}).query("users > 0")
    normal = 1e5 * np.exp(-((np.log(x) - 3) ** 2) / 2) / x
    other = pd.DataFrame({"ratings": x, "movies": normal.round().astype(int)}).query("movies > 0")
    said = tail_of(other, "ratings-per-movie-tail", "film")
    assert "a lognormal fits better than a power law" in said.text
    assert said.chart == "ratings-per-movie-tail"
    found = tail_of(law, "ratings-per-user-tail", "user")
    assert found is None or "a power law fits better" in found.text
    assert tail_of(law.head(2), "ratings-per-user-tail", "user") is None
