"""What stands out among users."""

import re

import numpy as np
import pandas as pd

from dashboard.figures.yearly_mean import NORMAL
from dashboard.findings.finding import ERROR, Finding, beyond_chance
from dashboard.wording import signed
from db.tails.power_law import fit

TENTH = 0.05  # stars from the lower end of a cell to its middle
FEW = 30  # users, below which a slope says little


def keen_and_generous(cells: pd.DataFrame) -> Finding | None:
    """Whether those who rate more films give less on average, by the slope over their logarithm.

    cells: ratings_from, average_rating, users, and attrs["sample"], such as "1 in 20 users", where
    so many stand for all. Users, unlike ratings, are independent: each has one average.
    """
    users = cells["users"].to_numpy(float) / _one_in(cells)
    if users.sum() < FEW or cells["ratings_from"].nunique() < 2:
        return None
    films = np.log10(cells["ratings_from"].to_numpy(float))
    given = cells["average_rating"].to_numpy(float) + TENTH
    films = films - np.average(films, weights=users)
    whole = (users * films**2).sum()
    slope = (users * films * given).sum() / whole
    rest = given - np.average(given, weights=users) - slope * films
    error = np.sqrt((users * (films * rest) ** 2).sum()) / whole  # whatever the scatter is
    chart, by = "user-averages", f"{abs(slope):.2f} ± {NORMAL * error:.2f}"
    if not beyond_chance(slope, error):
        text = "Whether keen raters rate lower or higher is within chance:"
        return Finding(
            f"{text} {signed(slope)} ± {NORMAL * error:.2f} with ten times the films.",
            chart,
            "within chance",
        )
    went = "lower" if slope < 0 else "higher"
    text = f"Keen raters rate {went}: with ten times the films, a user’s average is {by} {went}."
    return Finding(text, chart, f"rate {went}")


def _one_in(cells: pd.DataFrame) -> int:
    found = re.match(r"1 in ([0-9]+)", cells.attrs.get("sample", ""))
    return int(found[1]) if found else 1


def tail_of(rows: pd.DataFrame, chart: str, of: str) -> Finding | None:
    """Which law the tail of a count follows, where Vuong's test tells the two apart.

    rows: ratings, and how many have so many. of: what has them, as in "user".
    """
    rows = rows.sort_values("ratings")
    law = fit(rows["ratings"].to_numpy(), rows.iloc[:, 1].to_numpy(float) / _one_in(rows))
    if law is None or law.p_value >= ERROR:
        return None
    better, worse = ("power law", "lognormal") if law.ratio > 0 else ("lognormal", "power law")
    text = f"From {law.minimum:,} ratings per {of} on, a {better} fits better than a {worse},"
    return Finding(f"{text} beyond chance.", chart, f"a {better} fits better")
