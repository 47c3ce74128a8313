"""What the points of a line of averages are means of: the visitor's choice."""

from dataclasses import dataclass

import pandas as pd

from dashboard.figures.yearly_mean import period_mean, yearly_mean, years_together

SMOOTH = {
    "auto": "of as many years as give 30 ratings",
    "12-months": "of 12 months",
    "quarter": "of each quarter",
    "year": "of each year",
}
"""What there is to choose from, and in words."""
TIMES = {"quarter": "the quarter around %{x|%B %Y}", "year": "%{x|%Y}"}


@dataclass(frozen=True)
class Line:
    """means: month, average_rating, low, high. name: of what they are. when: in Plotly's words."""

    means: pd.DataFrame
    name: str
    when: str


def smoothed(rows: pd.DataFrame, smooth: str) -> Line:
    """The line through months, chosen by one of SMOOTH. rows: month, ratings, average_rating."""
    if smooth in TIMES:
        return Line(period_mean(rows, smooth), f"each {smooth}", TIMES[smooth])
    years = 1 if smooth == "12-months" else years_together(rows)
    name = f"{12 * years} months"
    return Line(yearly_mean(rows, years), name, f"the {name} to %{{x|%B %Y}}")
