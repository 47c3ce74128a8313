"""What the marks of each chart say of its rows and of those of a second set of filters."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pandas as pd

from tests.dashboard.charting.seen import (
    SEEN,
    STARS,
    a_line,
    genre_shares,
    line_of_means,
    medians,
    powers_of_two,
    totals,
    with_ends,
    with_name,
)

CHOSEN = 296  # the film of views that are compared


def both(chart: str) -> Callable[..., Iterator[str]]:
    """Each set's marks are those that it has alone."""

    def of(rows: pd.DataFrame, others: pd.DataFrame) -> Iterator[str]:
        yield from SEEN[chart](rows)
        yield from SEEN[chart](others)

    return of


def and_of_others(chart: str, *parts: Callable[..., Iterable[str]]) -> Callable[..., Iterator[str]]:
    """The first set's marks, and of the second these alone."""

    def of(rows: pd.DataFrame, others: pd.DataFrame) -> Iterator[str]:
        yield from SEEN[chart](rows)
        for part in parts if len(others) else ():
            yield from part(others)

    return of


def shares_of_powers(many: str) -> Callable[..., Iterator[str]]:
    def of(rows: pd.DataFrame, others: pd.DataFrame) -> Iterator[str]:
        sets = [dict(powers_of_two(each)) for each in (rows, others)]
        names = [name for name, _ in powers_of_two(pd.concat([rows, others]))]
        for counts in sets:
            for name in names:
                share = counts.get(name, 0) / sum(counts.values())
                yield f"{share:.1%} of the {many} have {name} ratings"

    return of


def dotted_shares(rows: pd.DataFrame, others: pd.DataFrame) -> Iterator[str]:
    """The first set's five largest genres in the second set."""
    yield from genre_shares(rows)
    largest = rows.groupby("genre")["ratings"].sum().sort_values(ascending=False, kind="stable")
    yield from genre_shares(others, shown=list(largest.index[:5]))


def cell_differences(rows: pd.DataFrame, others: pd.DataFrame) -> Iterator[str]:
    theirs = others.set_index(["genre", "decade"])
    for row in rows.itertuples():
        if (row.genre, row.decade) in theirs.index:
            there = theirs.loc[(row.genre, row.decade)]
            apart = row.average_rating - there["average_rating"]
            half = ((row.high - row.low) ** 2 + (there["high"] - there["low"]) ** 2) ** 0.5 / 2
            yield (
                f"{row.genre}, released in the {row.decade}s: {apart:+.2f} ± {half:.2f} stars,"
                f" {row.ratings:,} against {int(there['ratings']):,} ratings"
            )


def best_there(rows: pd.DataFrame, others: pd.DataFrame) -> Iterator[str]:
    """The first set's 15 best films in the second set."""
    yield from SEEN["top-movies"](rows)
    there = others[others["movie_id"].isin(rows["movie_id"].head(15))]
    yield from with_ends("weighted score {weighted_score:.2f} of {ratings:,} ratings")(there)


def moved_there(rows: pd.DataFrame, others: pd.DataFrame) -> Iterator[str]:
    """Of the 20 films that moved farthest for their numbers of ratings, and the chosen one."""
    yield from SEEN["polarising-movies"](rows)
    films = with_name(rows).merge(others, on="movie_id", suffixes=("_here", ""))
    fewer = films["ratings_here"] * films["ratings"] / (films["ratings_here"] + films["ratings"])
    far = (films["agreement_here"] - films["agreement"]).abs() * np.sqrt(fewer)
    farthest = far[far > 0].sort_values(ascending=False, kind="stable").index[:20]
    chosen = films.index[films["movie_id"] == CHOSEN].difference(farthest)
    for row in films.loc[[*farthest, *chosen]].itertuples():
        yield (
            f"{row.name}, {row.average_rating:.2f} stars on average,"
            f" agreement {row.agreement:.2f} of {row.ratings:,} ratings"
        )


SEEN_OF_BOTH: dict[str, Callable[..., Iterable[str]]] = {
    **{
        chart: both(chart)
        for chart in (
            *("rating-distribution", "movies-by-genre", "ratings-by-genre", "ratings-by-month"),
            *("ratings-per-user-tail", "ratings-per-movie-tail"),
        )
    },
    "average-rating-by-month": and_of_others("average-rating-by-month", line_of_means),
    "movie-by-month": and_of_others("movie-by-month", line_of_means, totals),
    "movie-by-stars": lambda rows, others: a_line(STARS)(pd.concat([rows, others])),
    "user-averages": and_of_others("user-averages", medians),
    "ratings-per-user": shares_of_powers("users"),
    "ratings-per-movie": shares_of_powers("films"),
    "genre-share-by-year": dotted_shares,
    "genre-by-decade": cell_differences,
    "top-movies": best_there,
    "polarising-movies": moved_there,
}
"""By chart, of the first set's rows and the second's."""
