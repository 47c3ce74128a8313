"""Overview: the ratings in a few figures, over time, their spread, and the best films."""

from dash import Input, Output, callback, html

from dashboard import ids
from dashboard.charting import smoothing_choice, versus
from dashboard.charting.chart import chart
from dashboard.charting.on_scale import average_in_words
from dashboard.components import cards, chart_card, page
from dashboard.figures import film_bars, star_bars, timelines
from dashboard.findings.finding import listing
from dashboard.findings.of_ratings import (
    first_and_last_year,
    leading_film,
    most_given,
    this_against_that,
)
from dashboard.page_registry import register_page
from dashboard.paths import OVERVIEW
from dashboard.rated_words import RatedWords
from dashboard.state.cache import cached
from dashboard.state.payloads import StoredView, checked
from dashboard.state.session import session
from dashboard.state.view import View
from dashboard.wording import estimate, months
from db import queries

register_page(__name__, OVERVIEW, "Overview", filters=True, order=0)

AVERAGE = chart(
    "average-rating-by-month",
    "Average rating by month",
    "The line joins means with their 95 % intervals, none of fewer than 30 ratings; dots are single"
    " months, larger the more ratings they have, of which few may lie outside. Choose a month, or"
    " drag across some, to see these alone.",
    queries.average_rating_by_month,
    timelines.average_rating_by_month,
    keys=("month",),
    look=("smooth",),
    leads=(("month", "x"),),
    versus=versus.of_averages,
)
RATINGS = chart(
    "ratings-by-month",
    "Ratings by month",
    "Above, how many ratings were given in each month; below, the running total. Choose a month, or"
    " drag across some, to see these alone.",
    queries.ratings_by_month,
    timelines.ratings_by_month,
    keys=("month",),
    leads=(("month", "x"),),
    versus=versus.of_counts,
)
DISTRIBUTION = chart(
    "rating-distribution",
    "How ratings are spread",
    "The share of each value.",
    queries.rating_distribution,
    star_bars.rating_distribution,
    parameters=("movie",),
    keys=("stars",),
    versus=versus.of_shares,
)
TOP = chart(
    "top-movies",
    "Top films by weighted score",
    "A film’s mean, drawn towards the overall mean the fewer ratings it has, with its 95 %"
    " interval: films whose intervals overlap may well stand in another order.",
    queries.top_movies,
    film_bars.top_movies,
    height=34,
    limit=film_bars.TOP,
    keys=("movie_id", "title", "release_year", "genres"),
    order=("-weighted_score", "-ratings", "movie_id"),
    leads=(("movie_id", "customdata.3"),),
    versus=versus.of_weighted_scores,
)


def layout(**_):
    return page(
        "Overview",
        "What people rate, when, and how high.",
        cards(
            chart_card(AVERAGE, "full lead", smoothing_choice.choice()),
            chart_card(RATINGS, "full"),
            chart_card(DISTRIBUTION, "third", height=TOP.height),
            chart_card(TOP, "two-thirds"),
        ),
        found=[
            html.Div(id="summary"),
            html.Div(id="ratings-findings", className="findings"),
        ],
    )


@callback(Output("summary", "children"), Input(ids.VIEW, "data"))
@checked
def update_summary(stored_view: StoredView | None):
    filters = View.from_store(stored_view).filters
    with session(lasting=True) as current:
        seen = cached(queries.summary, current.connection, filters)
    if not seen.ratings:
        return None
    average, unit = average_in_words(seen.average_rating, current.dataset.scale)
    figures = {
        "Ratings": f"{seen.ratings:,}",
        "Users": estimate(seen.users, seen.users_margin),
        "Films": f"{seen.movies:,}",
        "Average": [f"{average} ", html.Small(unit)],
        "Period": months(seen.first, seen.last),
        "Density: rated of all user–film pairs": f"{seen.density:.2%}",
    }
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(value)]) for name, value in figures.items()],
        className="summary",
    )


@callback(Output("ratings-findings", "children"), Input(ids.VIEW, "data"))
@checked
def update_findings(stored_view: StoredView | None):
    """What the charts say, in a sentence each."""
    view = View.from_store(stored_view)
    with session(lasting=True) as current:
        months, stars, best = (each.drawn(current, view) for each in (AVERAGE, DISTRIBUTION, TOP))
        others = DISTRIBUTION.others(current, view)
        unit = RatedWords(current.dataset.scale).after_mean
    spread = (
        most_given(stars, unit) if others is None else this_against_that(stars, others, *view.said)
    )
    return listing([first_and_last_year(months, unit=unit), spread, leading_film(best, unit)])
