"""What stands out among films, and of one of them."""

import numpy as np
import pandas as pd

from dashboard.figures.titles import film_name
from dashboard.figures.yearly_mean import NORMAL
from dashboard.findings.finding import Finding, beyond_chance
from dashboard.findings.of_ratings import mean_and_error


def split(films: pd.DataFrame) -> Finding | None:
    """The films of which more people are at either end than between, beyond chance.

    films: title, release_year, ratings, low_share (2 stars at most), high_share (4 at least).
    Both ends must outnumber the middle, each at the level divided by the number of films.
    """
    if films.empty:
        return None
    n, low, high = (films[name] for name in ("ratings", "low_share", "high_share"))
    middle = 1 - low - high
    surest = np.minimum(_score(low, middle, n), _score(high, middle, n))
    sure = films[[beyond_chance(score, 1.0, len(films)) and score > 0 for score in surest]]
    said = f"Of {len(films):,} films"
    if sure.empty:
        text = f"{said}, none splits its audience beyond chance: nowhere do both those who love it"
        text += " and those who can’t stand it outnumber the rest."
        return Finding(text, "polarising-movies", "none splits its audience")
    best = sure.loc[surest[sure.index].idxmax()]
    name = film_name(best["title"], best["release_year"])
    count = "one splits" if len(sure) == 1 else f"{len(sure)} split"
    text = f"{said}, {count} the audience beyond chance, most clearly {name}:"
    text += f" {best['low_share']:.0%} can’t stand it, {best['high_share']:.0%} love it."
    return Finding(text, "polarising-movies", f"{count} the audience")


def _score(one: pd.Series, other: pd.Series, n: pd.Series) -> pd.Series:
    """Of how many standard errors the difference of two shares of the same ratings is."""
    error = np.sqrt((one + other - (one - other) ** 2) / n)
    return ((one - other) / error.where(error > 0)).fillna(0.0)


def above_or_below(
    film: pd.DataFrame, every: pd.DataFrame, whom: str = "all films"
) -> Finding | None:
    """How far a film's average is from that of the films of `whom`. Both: stars, ratings."""
    if film["ratings"].sum() < 2 or len(every[every["ratings"] > 0]) < 2:
        return None
    mean, error = mean_and_error(film)
    overall, _ = mean_and_error(every)
    by = f"{abs(mean - overall):.2f} ± {NORMAL * error:.2f}"
    if not beyond_chance(mean - overall, error) or error == 0:
        text = f"Its average, {mean:.2f}, is within chance of that of {whom}, {overall:.2f}."
        return Finding(text, "movie-by-stars", "within chance")
    went = "above" if mean > overall else "below"
    text = f"It is rated {by} {went} the average of {whom}, {overall:.2f}."
    return Finding(text, "movie-by-stars", f"{went} the average")
