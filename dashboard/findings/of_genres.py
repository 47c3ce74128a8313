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
    return Finding("; ".join(said) + ".", "ratings-by-genre", "is rated") if said else None


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
        return Finding(text, "genre-share-by-year", "share of the ratings")
    went = "rose" if after > before else "fell"
    text = f"{genre} {went} most, from {before:.0%} of the ratings of {first} to {after:.0%} of"
    return Finding(f"{text} those of {last}.", "genre-share-by-year", f"{went} most")


def differs_most(both: pd.DataFrame, this: str, that: str) -> Finding | None:
    """The genre whose averages under two sets of filters differ most surely, if chance may not.

    both: genre, difference, difference_low, difference_high (95 %), as the table has them.
    """
    known = both.dropna(subset=["difference_low"])
    if known.empty:
        return None
    errors = _error(known["difference_low"], known["difference_high"])
    surest = (known["difference"].abs() / errors).idxmax()
    row, error = known.loc[surest], errors[surest]
    if not beyond_chance(row["difference"], error, len(known)):
        text = f"No genre’s average differs beyond chance between {this} and {that}."
        return Finding(text, "ratings-by-genre", "No genre’s average")
    higher, lower = (this, that) if row["difference"] > 0 else (that, this)
    by = f"{abs(row['difference']):.2f} ± {NORMAL * error:.2f}"
    text = f"{row['genre']} differs most surely: {by} higher of “{higher}” than of “{lower}”."
    return Finding(text, "ratings-by-genre", "differs most surely")
