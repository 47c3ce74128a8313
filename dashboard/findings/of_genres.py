"""What stands out among genres."""

import numpy as np
import pandas as pd

from dashboard.figures.yearly_mean import NORMAL
from dashboard.findings.finding import Finding, beyond_chance

FEW = 100  # ratings of a year, below which it is no end of a comparison


def best_and_worst(rows: pd.DataFrame, unit: str = "stars") -> Finding | None:
    """The genres rated highest and lowest, each where it differs from every other.

    rows: genre, ratings, average_rating, low, high (95 %). unit: what stands after an average.
    """
    known = rows[rows["high"] > rows["low"]].sort_values("average_rating", ascending=False)
    said = [
        f"{row['genre']} is rated {word}, {_average(row)} {unit}"
        for word, row, others in (
            ("highest", known.iloc[:1], known.iloc[1:]),
            ("lowest", known.iloc[-1:], known.iloc[:-1]),
        )
        if len(others)
        for row in row.to_dict("records")
        if _differs_from_all(row, others)
    ]
    return Finding("; ".join(said) + ".", "ratings-by-genre") if said else None


def _differs_from_all(row: dict, others: pd.DataFrame) -> bool:
    own = _error(row["low"], row["high"])
    errors = np.hypot(own, _error(others["low"], others["high"]))
    apart = others["average_rating"] - row["average_rating"]
    pairs = len(others) * (len(others) + 1) // 2  # which of all is the extreme was not known before
    return all(
        beyond_chance(difference, error, pairs)
        for difference, error in zip(apart, errors, strict=True)
    )


def _error(low, high):
    return (high - low) / (2 * NORMAL)


def _average(row: dict) -> str:
    return f"{row['average_rating']:.2f} ± {(row['high'] - row['low']) / 2:.2f}"


def changed_most(rows: pd.DataFrame) -> Finding | None:
    """The genre whose share of the ratings changed most from the first year to the last, or none.

    rows: year, genre, ratings, share. Years of fewer than 100 ratings are no end of a comparison.
    """
    totals = (rows["ratings"] / rows["share"]).groupby(rows["year"]).max().round()
    firm = totals[totals >= FEW]
    if len(firm) < 2:
        return None
    first, last = firm.index[0], firm.index[-1]
    shares = rows.pivot(index="genre", columns="year", values="share").fillna(0)[[first, last]]
    change = (shares[last] - shares[first]).sort_values(key=np.abs)
    genre = change.index[-1]
    before, after = shares.loc[genre]
    both = (before * firm[first] + after * firm[last]) / (firm[first] + firm[last])
    error = np.sqrt(both * (1 - both) * (1 / firm[first] + 1 / firm[last]))
    if not beyond_chance(after - before, error, len(shares)):
        text = f"No genre’s share of the ratings changed beyond chance from {first} to {last}."
        return Finding(text, "genre-share-by-year")
    went = "rose" if after > before else "fell"
    text = f"{genre} {went} most, from {before:.0%} of the ratings of {first} to {after:.0%} of"
    return Finding(f"{text} those of {last}.", "genre-share-by-year")
