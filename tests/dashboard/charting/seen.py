"""What the marks of each chart say of its rows, made of the rows alone."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from dashboard.figures.titles import film_name
from tests.dashboard.charting.hover_words import between, written

FEWEST = 30  # ratings of which there is a mean


def a_line(template: str) -> Callable[..., Iterator[str]]:
    """What each row says, by its columns."""

    def of(rows: pd.DataFrame, **_: Any) -> Iterator[str]:
        for row in rows.to_dict("records"):
            yield template.format(**row)

    return of


def with_name(rows: pd.DataFrame, longest: int = 80) -> pd.DataFrame:
    names = [film_name(row.title, row.release_year, longest) for row in rows.itertuples()]
    return rows.assign(name=names)


def line_of_means(rows: pd.DataFrame, **_: Any) -> Iterator[str]:
    """The mean of as many years as nearly every month then has 30 ratings."""
    every = pd.date_range(rows["month"].min(), rows["month"].max(), freq="MS")
    for years in (1, 2, 4, 8):
        windows = {
            month: rows[
                (rows["month"] <= month) & (rows["month"] > month - pd.DateOffset(years=years))
            ]
            for month in every
        }
        firm = {at: of for at, of in windows.items() if of["ratings"].sum() >= FEWEST}
        if len(firm) >= 0.8 * len(every):
            break
    for month, of in firm.items():
        mean = (of["average_rating"] * of["ratings"]).sum() / of["ratings"].sum()
        yield f"{mean:.2f} in the {12 * years} months to {month:%B %Y}"


def totals(rows: pd.DataFrame, **_: Any) -> Iterator[str]:
    for row in rows.itertuples():
        yield f"{row.month:%B %Y}: {row.cumulative_ratings:,} ratings so far"


def genre_shares(rows: pd.DataFrame, shown: list[str] | None = None, **_: Any) -> Iterator[str]:
    """Of years with 100 ratings or more: of the genre a year lacks 0 %, of the 19 largest."""
    of_year = (rows["ratings"] / rows["share"]).groupby(rows["year"]).max().round()
    years = of_year.index[of_year >= 100]
    shares = rows[rows["year"].isin(years)]
    sizes = rows.groupby("genre")["ratings"].sum().sort_values(ascending=False, kind="stable")
    shown = shown or [genre for genre in sizes.index if genre in set(shares["genre"])][:19]
    known = shares.set_index(["genre", "year"])["share"]
    for genre in shown:
        last = [
            f"{genre} in {year}: {known.get((genre, year), 0):.1%} of the ratings" for year in years
        ]
        yield from last
        if shown.index(genre) >= 5:  # an area that is closed at its foot
            yield from (last[-1], last[0])


def by_powers_of_two(rows: pd.DataFrame, many: str) -> Iterator[str]:
    for name, number in powers_of_two(rows):
        yield f"{number:,} {many} have {name} ratings"


def powers_of_two(rows: pd.DataFrame, most: int = 0) -> Iterator[tuple[str, int]]:
    """What each bin is called, and how many are in it; from the first that has any."""
    low, begun = 1, False
    while low <= max(rows["ratings"].max(), most):
        number = rows.loc[rows["ratings"].between(low, 2 * low - 1), rows.columns[1]].sum()
        begun = begun or number > 0
        if begun:
            yield "1" if low == 1 else f"{low:,}–{2 * low - 1:,}", number
        low *= 2


def at_least(rows: pd.DataFrame, many: str) -> Iterator[str]:
    column = rows.columns[1]
    for ratings in rows["ratings"]:
        share = rows.loc[rows["ratings"] >= ratings, column].sum() / rows[column].sum()
        yield f"{written(share, '.2~%')} of the {many} have {ratings:,} ratings or more"


def span(row: Any) -> str:
    low, high = row.ratings_from, row.ratings_to
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def user_bins(rows: pd.DataFrame, **_: Any) -> Iterator[str]:
    for row in rows.itertuples():
        middle = row.average_rating + 0.05
        yield f"{row.users:,} users rated {span(row)} films at about {middle:.2f} stars on average"


def medians(rows: pd.DataFrame, **_: Any) -> Iterator[str]:
    """Of each bin of users the average below which half of them are."""
    for _, column in rows.groupby("ratings_from"):
        each = np.repeat(column["average_rating"].to_numpy() + 0.05, column["users"])
        row = next(column.itertuples())
        half = np.sort(each)[-(-len(each) // 2) - 1]
        yield f"Half of the users who rated {span(row)} films average below {half:.2f} stars"


def on_the_map(rows: pd.DataFrame, **_: Any) -> Iterator[str]:
    for row in rows.head(1500).itertuples():
        genres = row.genres.replace("|", ", ")
        yield (
            f"<b>{film_name(row.title, row.release_year, 60)}</b>, {genres},"
            f" {np.round(row.average_rating, 2):g} stars on average of {row.ratings:,} ratings"
        )


def label(row: Any) -> str:
    return f"{row.label} (default)" if row.default else row.label


def measured(measure: str, template: str, with_ends: bool = False) -> Callable[..., Iterator[str]]:
    """template: of {label}, {value}, {low} and {high}."""

    def of(rows: pd.DataFrame, **_: Any) -> Iterator[str]:
        for row in rows[rows["measure"] == measure].itertuples():
            said = template.format(label=label(row), value=row.value, low=row.low, high=row.high)
            known = with_ends and not pd.isna(row.low)
            yield said + (between(row.low, row.high) if known else "")

    return of


def stages(named: dict[str, int], template: str, with_ends: bool = False):
    return all_of(
        *(measured(name, template.replace("{n}", str(n)), with_ends) for name, n in named.items())
    )


def all_of(*parts: Callable[..., Iterable[str]]) -> Callable[..., Iterator[str]]:
    def of(rows: pd.DataFrame, **more: Any) -> Iterator[str]:
        for part in parts:
            yield from part(rows, **more)

    return of


LISTS = {"fame": "Of the 50 most rated", "coverage": "Coverage"}
"""What is measured of lists, beside their quality, and what it is called."""


def trade_offs(rows: pd.DataFrame, **_: Any) -> Iterator[str]:
    titles = LISTS | {"novelty": "Novelty, bits", "diversity": "Diversity"}
    quality = rows[rows["measure"] == "ndcg@10"].set_index("model")["value"]
    for row in rows[rows["measure"].isin(titles)].itertuples():
        yield (
            f"{label(row)}: {titles[row.measure]} {row.value:.3g}, NDCG@10 {quality[row.model]:.3f}"
        )


def surprise(rows: pd.DataFrame, **_: Any) -> Iterator[str]:
    titles = LISTS | {"ndcg@10": "NDCG@10", "stratified_ndcg@10": "Stratified NDCG"}
    for row in rows.itertuples():
        said = f"{row.label}: {titles[row.measure]} {row.value:.3f}, slider at {row.surprise:+.1f}"
        yield said + ("" if pd.isna(row.low) else between(row.low, row.high))


def calibration(rows: pd.DataFrame, **_: Any) -> Iterator[str]:
    for row in rows[rows["measure"].str.startswith("actual at ")].itertuples():
        predicted = float(row.measure.split()[-1])
        said = f"{label(row)}: predicted {predicted:g}, given {row.value:.2f} stars"
        yield said + ("" if pd.isna(row.low) else between(row.low, row.high))


MONTHS = a_line("{month:%B %Y}: {average_rating:.2f} stars on average, {ratings:,} ratings")
STARS = "{stars:g} stars: {ratings:,} ratings, {share:.1%}"
GIVEN = {"": 15, **{f" given {n}": n for n in (1, 3, 5, 10)}}
AFTER = {"ndcg@10": 5, "ndcg@10 after 10": 10, "ndcg@10 after 30": 30}
GAINED = (
    "{{label}}, {} questions: {{value:+.3f}} NDCG@10 (95 % interval {{low:+.3f}} to {{high:+.3f}})"
)


def with_ends(template: str) -> Callable[..., Iterator[str]]:
    def of(rows: pd.DataFrame, **_: Any) -> Iterator[str]:
        for row in rows.to_dict("records"):
            yield template.format(**row) + between(row["low"], row["high"])

    return of


SEEN: dict[str, Callable[..., Iterable[str]]] = {
    "average-rating-by-month": all_of(MONTHS, line_of_means),
    "movie-by-month": all_of(MONTHS, line_of_means, totals),
    "ratings-by-month": all_of(a_line("{month:%B %Y}: {ratings:,} ratings"), totals),
    "rating-distribution": a_line(STARS),
    "movie-by-stars": all_of(
        a_line(STARS), a_line("{stars:g} stars: {genres_ratings:,} ratings, {genres_share:.1%}")
    ),
    "rating-comparison": a_line(STARS),
    "top-movies": lambda rows, **_: with_ends(
        "{name}, weighted score {weighted_score:.2f}, {low:.2f} to {high:.2f},"
        " average {average_rating:.2f} stars of {ratings:,} ratings"
    )(with_name(rows.head(15), 42)),
    "polarising-movies": lambda rows, **_: a_line(
        "{name}, {average_rating:.2f} stars on average, agreement {agreement:.2f},"
        " {ratings:,} ratings: {low_share:.0%} at 2 stars or below, {high_share:.0%} at 4 or above"
    )(with_name(rows)),
    "movies-by-genre": a_line("{genre}: {movies:,} films"),
    "ratings-by-genre": with_ends(
        "{genre}: {average_rating:.2f} stars on average, {low:.2f} to {high:.2f},"
        " {ratings:,} ratings"
    ),
    "genre-share-by-year": genre_shares,
    "genre-by-decade": a_line(
        "{genre}, released in the {decade}s: {average_rating:.2f} stars on average,"
        " {ratings:,} ratings"
    ),
    "ratings-per-user": lambda rows, **_: by_powers_of_two(rows, "users"),
    "ratings-per-movie": lambda rows, **_: by_powers_of_two(rows, "films"),
    "ratings-per-user-tail": lambda rows, **_: at_least(rows, "users"),
    "ratings-per-movie-tail": lambda rows, **_: at_least(rows, "films"),
    "user-averages": all_of(user_bins, medians),
    "user-similarity": a_line(
        "Users {user_id} and {other_user_id}: cosine similarity {similarity:.2f}"
    ),
    "taste-map": on_the_map,
    "model-quality": all_of(
        measured(
            "ndcg@10",
            "{label}: NDCG@10 {value:.3f} (95 % interval {low:.3f} to {high:.3f})",
            with_ends=True,
        ),
        measured("p95_ms", "{label}: 95 % of answers within {value:.2g} ms"),
    ),
    "model-learning-curve": stages(
        {f"ndcg@10{name}": n for name, n in GIVEN.items()},
        "{label}, {n} ratings given: NDCG@10 {value:.3f}",
    ),
    "model-question-curve": stages(AFTER, "{label}, {n} questions asked: NDCG@10 {value:.3f}"),
    "model-answers-worth": all_of(
        measured("ndcg@10 gained after 10", GAINED.format("5 to 10"), with_ends=True),
        measured("ndcg@10 gained after 30", GAINED.format("10 to 30"), with_ends=True),
    ),
    "model-trade-offs": trade_offs,
    "model-surprise": surprise,
    "model-calibration": calibration,
    "model-star-ranges": stages(
        {f"{measure}{name}": n for measure in ("covered", "width") for name, n in GIVEN.items()},
        "{label}, {n} ratings given: {value:.3g}",
        with_ends=True,
    ),
}
"""By chart: what its marks say of its rows."""
