"""Genres: how many films and ratings each has, how they are rated, and how that changed."""

from dataclasses import replace

from dash import Input, Output, callback, html

from dashboard import ids
from dashboard.charting import versus
from dashboard.charting.chart import chart
from dashboard.components import cards, chart_card, page
from dashboard.figures import genre_charts, genre_shares
from dashboard.findings.finding import listing
from dashboard.findings.of_genres import best_and_worst, changed_most, differs_most
from dashboard.page_registry import register_page
from dashboard.rated_words import RatedWords
from dashboard.state.payloads import StoredView, checked
from dashboard.state.session import session
from dashboard.state.view import View
from db import queries
from db.queries.by_genre import OF_ALL, OF_CHOSEN

register_page(__name__, "/genres", "Genres", filters=True, order=1)

MOVIES = chart(
    "movies-by-genre",
    "Films by genre",
    "A film of several genres counts once in each. Choose a bar to filter by its genre,"
    " once more to undo that.",
    queries.movies_by_genre,
    genre_charts.movies_by_genre,
    height=30,
    keys=("genre",),
    look=("genres",),
    leads=(("genre", "y"),),
    versus=versus.of_counts,
)
RATINGS = chart(
    "ratings-by-genre",
    "Average rating by genre",
    "With 95 % intervals: what so many ratings leave open. Choose a point to filter by its genre,"
    " once more to undo that.",
    queries.ratings_by_genre,
    genre_charts.ratings_by_genre,
    height=30,
    keys=("genre",),
    look=("genres",),
    leads=(("genre", "y"),),
    versus=versus.of_averages,
)
SHARE = chart(
    "genre-share-by-year",
    "Each genre’s share of ratings by year",
    "Films have several genres, so the shares add to more than 100 %. Below, the next largest on a"
    " scale of their own, with the last year’s share. Years of fewer than 100 ratings are in the"
    " table only.",
    queries.genre_share_by_year,
    genre_shares.genre_share_by_year,
    parameters=("share",),
    height=42,
    keys=("year", "genre"),
    leads=(("genre", "customdata"),),
    versus=versus.of_shares_by_year,
)
DECADE = chart(
    "genre-by-decade",
    "Average rating by release decade and genre",
    "The stronger the colour, the higher the average. Pale cells have fewer than 30 ratings,"
    " the number in them: their average is mostly chance.",
    queries.genre_by_decade,
    genre_charts.genre_by_decade,
    height=32,
    keys=("genre", "decade"),
    leads=(("genre", "y"), ("decade", "x")),
    versus=versus.of_averages,
)


def layout(**_):
    return page(
        "Genres",
        "What is made, what is watched, and what is liked.",
        cards(
            chart_card(SHARE, "full lead", html.P(id="share-of", className="card-about")),
            chart_card(RATINGS),
            chart_card(MOVIES),
            chart_card(DECADE, "full"),
        ),
        found=[html.Div(id="genres-findings", className="findings")],
    )


@callback(Output("share-of", "children"), Input(ids.VIEW, "data"))
@checked
def tell_share(stored_view: StoredView | None):
    """Of what the shares are, and the way to the other; without chosen genres they are the same."""
    view = View.from_store(stored_view)
    dotted = "" if view.vs is None else " What is compared with is dotted."
    if not view.filters.genres:
        return f"Shares are of all ratings of the year that pass the filters.{dotted}"
    of_all = view.share == OF_ALL
    said = "of whatever genre" if of_all else "of films of the chosen genres"
    other = "of the chosen genres" if of_all else "of all genres"
    query = replace(view, share=OF_CHOSEN if of_all else OF_ALL).to_query()
    link = html.A(f"Show shares {other}", href=f"?{query}", className="view-link")
    return [
        f"Shares are of the year’s ratings {said} that pass the other filters. ",
        link,
        f".{dotted}",
    ]


@callback(Output("genres-findings", "children"), Input(ids.VIEW, "data"))
@checked
def update_findings(stored_view: StoredView | None):
    """What the charts say, in a sentence each."""
    view = View.from_store(stored_view)
    with session(lasting=True) as current:
        ratings, shares = (each.drawn(current, view) for each in (RATINGS, SHARE))
        both = None if view.vs is None else RATINGS.read(current, view)
        unit = RatedWords(current.dataset.scale).after_mean
    rated = best_and_worst(ratings, unit) if both is None else differs_most(both, *view.said)
    return listing([rated, changed_most(shares)])
