"""What a reader sees of a figure: the words that each mark says on hovering, with its interval.

They are made of where the mark really stands, so that a mark in the wrong place, of the wrong
column or with the wrong words says something else than SEEN expects of the chart's rows.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import Any

import numpy as np
import pandas as pd

from dashboard.figures.titles import film_name
from dashboard.plain_figure import PlainFigure

PLACEHOLDER = re.compile(r"%\{(?P<name>[\w.]+)(\[(?P<place>\d+)\])?([:|](?P<format>[^}]+))?\}")
EXTRA = re.compile(r"<extra>.*?</extra>")
CHOSEN = 296  # the film of views that are compared
FEWEST = 30  # ratings of which there is a mean


def seen(figure: PlainFigure) -> Counter[str]:
    """The words of all marks that say something."""
    return Counter(words for trace in figure["data"] for words in _of_trace(trace))


def _of_trace(trace: dict[str, Any]) -> Iterator[str]:
    template = trace.get("hovertemplate")
    if template is None:
        assert trace["hoverinfo"] == "skip"
        return
    for point in _points(trace):
        if not any(pd.isna(point[name]) for name in "xyz" if name in point):
            yield _said(EXTRA.sub("", template), point) + _interval(point)


def _points(trace: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each mark's own values; of a heat map each cell's."""
    named = {name: trace[name] for name in ("x", "y", "customdata", "text") if name in trace}
    if "z" in trace:
        for row, y in enumerate(trace["y"]):
            for column, x in enumerate(trace["x"]):
                cell = {
                    name: trace[name][row][column] for name in ("z", "customdata") if name in trace
                }
                yield {"x": x, "y": y} | cell
        return
    for place in range(len(trace["y"])):
        point = {name: np.asarray(values, object)[place] for name, values in named.items()}
        for axis in "xy":
            bars = trace.get(f"error_{axis}")
            if bars is not None:
                ends = (point[axis] - bars["arrayminus"][place], point[axis] + bars["array"][place])
                point["ends"] = ends
        yield point


def _said(template: str, point: dict[str, Any]) -> str:
    def value(found: re.Match[str]) -> str:
        of = point[found["name"]]
        return written(of if found["place"] is None else of[int(found["place"])], found["format"])

    return unescape(PLACEHOLDER.sub(value, template)).replace("<br>", ", ")


def written(value: Any, form: str | None = None) -> str:
    """As d3, which Plotly uses, writes it."""
    if form is None:
        return value if isinstance(value, str) else f"{value:g}"
    if form.startswith("%"):
        return pd.Timestamp(value).strftime(form)
    trimmed = "~" in form
    text = format(int(value) if form == "," else float(value), form.replace("~", ""))
    if trimmed:
        number, sign = text.removesuffix("%"), "%" * text.endswith("%")
        text = (number.rstrip("0").rstrip(".") if "." in number else number) + sign
    return text


def _interval(point: dict[str, Any]) -> str:
    ends = point.get("ends")
    return between(*ends) if ends is not None and not pd.isna(ends[0]) else ""


def between(low: float, high: float) -> str:
    """As an interval's bars are read."""
    return f" [{low:.4f} to {high:.4f}]"


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
"""The same of two sets, the first set's rows and the second's."""
