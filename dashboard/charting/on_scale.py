"""Ratings of charts, tables and exports as the numbers that the dataset's files have.

Queries answer in stars; here, and nowhere else, they become numbers of the original scale.
"""

from dataclasses import replace

import pandas as pd

from dashboard.theme import RatingAxis, Theme
from db.store.original_scale import OriginalScale

RATINGS = ("stars", "average_rating", "weighted_score")
INTERVAL = ("low", "high")  # of a chart that has one of RATINGS
SPREADS = ("standard_deviation",)


def on_scale(rows: pd.DataFrame, scale: OriginalScale) -> pd.DataFrame:
    """Rows whose ratings are stars, with numbers of the scale; the rows themselves for stars."""
    if scale.is_stars or not {*RATINGS, *SPREADS} & set(rows):
        return rows
    has_ratings = bool(set(RATINGS) & set(rows))
    ratings = [name for name in (*RATINGS, *(INTERVAL if has_ratings else ())) if name in rows]
    values = {name: scale.value(2 * rows[name]) for name in ratings}
    spreads = {name: rows[name] * 2 * scale.step for name in SPREADS if name in rows}
    return rows.assign(**values, **spreads)


def rating_axis(scale: OriginalScale) -> RatingAxis:
    """How figures draw and name ratings of the scale."""
    if scale.is_stars:
        return RatingAxis()
    return RatingAxis("points", str(scale), scale.value(1), scale.high, scale.step)


def themed(theme: Theme, scale: OriginalScale) -> Theme:
    """The theme for ratings of the scale."""
    return theme if scale.is_stars else replace(theme, rated=rating_axis(scale))


def average_in_words(stars: float, scale: OriginalScale) -> tuple[str, str]:
    """A mean as a number of the scale, and what that is: 3.54, stars; 7.08, of 1 to 10."""
    return f"{scale.value(2 * stars):.2f}", "stars" if scale.is_stars else f"of {scale}"
