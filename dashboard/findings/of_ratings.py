"""What stands out among all ratings."""

import numpy as np
import pandas as pd

from dashboard.figures.titles import film_name
from dashboard.figures.yearly_mean import NORMAL, yearly_mean
from dashboard.findings.finding import Finding, beyond_chance

YEAR = 12  # months
STARS = "stars"


def first_and_last_year(
    months: pd.DataFrame, chart: str = "average-rating-by-month", unit: str = STARS
) -> Finding | None:
    """How the mean of the last twelve months differs from that of the first twelve.

    months: month, ratings, average_rating. unit: what stands after an average. The intervals are
    those of the chart's band.
    """
    known = yearly_mean(months).dropna() if len(months) else months
    if len(known) < 2 * YEAR:
        return None
    first, last = known.iloc[YEAR - 1], known.iloc[-1]
    error = np.hypot(first["high"] - first["low"], last["high"] - last["low"]) / (2 * NORMAL)
    before, after = first["average_rating"], last["average_rating"]
    ends = f"{first['month']:%B %Y}", f"{last['month']:%B %Y}"
    if not beyond_chance(after - before, error):
        text = f"The average of the year to {ends[1]}, {after:.2f} {unit}, is within chance of that"
        return Finding(f"{text} to {ends[0]}, {before:.2f}.", chart, "within chance")
    went = "rose" if after > before else "fell"
    text = f"The average {went} from {before:.2f} {unit} in the year to {ends[0]} to {after:.2f}"
    return Finding(f"{text} in that to {ends[1]}.", chart, f"average {went}")


def most_given(stars: pd.DataFrame, unit: str = STARS) -> Finding | None:
    """The star value given most often, where chance does not explain that.

    stars: stars, ratings, share.
    """
    most = stars.sort_values("ratings", ascending=False)
    if len(most) < 2:
        return None
    first, second = most["ratings"].iloc[:2]
    comparisons = len(most) * (len(most) - 1) // 2
    if not beyond_chance(first - second, np.sqrt(first + second), comparisons):
        return None
    are = "are" if unit == STARS else "is"
    said = f"{most['stars'].iloc[0]:.3g} {unit} {are} given most often: {most['share'].iloc[0]:.0%}"
    return Finding(f"{said} of the ratings.", "rating-distribution", "given most often")


def leading_film(best: pd.DataFrame, unit: str = STARS) -> Finding | None:
    """The film of the highest weighted score, and how many of those shown chance may put first.

    best: title, release_year, weighted_score, low, high (95 %), the best first.
    """
    if len(best) < 2:
        return None
    error = (best["high"] - best["low"]) / (2 * NORMAL)
    apart = best["weighted_score"].iloc[0] - best["weighted_score"]
    errors = np.hypot(error.iloc[0], error)
    near = sum(
        not beyond_chance(difference, each, len(best) - 1)
        for difference, each in zip(apart[1:], errors[1:], strict=True)
    )
    name = film_name(best["title"].iloc[0], best["release_year"].iloc[0])
    said = f"{name} has the highest weighted score, {best['weighted_score'].iloc[0]:.2f} {unit}"
    rest = f"; {near} of the next {len(best) - 1} may be as good" if near else ", beyond chance"
    return Finding(f"{said}{rest}.", "top-movies", "highest weighted score")


def this_against_that(
    stars: pd.DataFrame, others: pd.DataFrame, this: str, that: str
) -> Finding | None:
    """How far the averages of two sets of ratings are apart, and whether chance explains that.

    stars, others: stars, ratings of each value. Both sets take ratings as independent.
    """
    if stars.empty or others.empty:
        return None
    (first, one), (second, two) = map(mean_and_error, (stars, others))
    apart, error = first - second, float(np.hypot(one, two))
    chart = "rating-distribution"
    if not beyond_chance(apart, error):
        said = (
            f"{_capital(this)}, {first:.2f} on average, is within chance of {that}, {second:.2f}."
        )
        return Finding(said, chart, "within chance")
    went = "higher" if apart > 0 else "lower"
    said = f"{_capital(this)} is rated {abs(apart):.2f} ± {NORMAL * error:.2f} {went} on average"
    return Finding(
        f"{said} than {that}: {first:.2f} against {second:.2f}.", chart, f"{went} on average"
    )


def mean_and_error(stars: pd.DataFrame) -> tuple[float, float]:
    """Of ratings counted by their value."""
    values, n = stars["stars"].to_numpy(), stars["ratings"].to_numpy()
    mean = float(np.average(values, weights=n))
    deviation = np.sqrt(np.average((values - mean) ** 2, weights=n))
    return mean, float(deviation / np.sqrt(n.sum()))


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
