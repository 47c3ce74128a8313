"""Polarising: films that some love and others can't stand, and those that all agree on."""

from dataclasses import replace

import dash_bootstrap_components as dbc
import pandas as pd
from dash import ClientsideFunction, Input, Output, callback, clientside_callback, html
from sqlalchemy import Connection

from dashboard import ids
from dashboard.charting import versus, ways
from dashboard.charting.chart import chart
from dashboard.charting.on_scale import on_scale
from dashboard.components import cards, chart_card, film_link, page
from dashboard.figures import polarising_scatter
from dashboard.figures.titles import film_name
from dashboard.findings.finding import listing
from dashboard.findings.of_films import split
from dashboard.page_registry import register_page
from dashboard.rated_words import RatedWords
from dashboard.state.cache import cached
from dashboard.state.payloads import StoredView, checked
from dashboard.state.session import session
from dashboard.state.view import View
from dashboard.wording import count
from db import queries
from db.filters.rating_filters import RatingFilters
from db.store.original_scale import OriginalScale

register_page(
    __name__, "/polarising", "Polarising", filters=True, order=3, title="Polarising films"
)

LISTED = 20
LIST = {
    "Film": "",
    "Ratings": "number wide",
    "Average": "number wide",
    "Agreement": "number",
    "Standard deviation": "number",
    "{low} or below": "number wide",
    "{high} or above": "number wide",
    "Its ratings": "number wide",
}
"""Columns, and their classes; a phone has room for three."""
ORDERS = {"Agreement": "agreement", "Standard deviation": "deviation"}
"""What the list can be ordered by."""

ABOUT_ORDERS = (
    f"At most {LISTED}. Agreement is 1 where all are of one camp (low, high or between: see the"
    " shares), 0 where each camp is as large, −1 where half love the film and half can’t stand it"
    " (van der Eijk’s A). The standard deviation also grows where opinions merely vary. Choose a"
    " column’s name to order by it."
)
NO_ROWS = pd.DataFrame(
    {
        "movie_id": pd.Series(dtype="int64"),
        "title": pd.Series(dtype="str"),
        "release_year": pd.Series(dtype="Int64"),
        "stars": pd.Series(dtype="float64"),
        "ratings": pd.Series(dtype="int64"),
        "share": pd.Series(dtype="float64"),
    }
)


def rating_comparison(
    connection: Connection, filters: RatingFilters, movie: int | None = None
) -> pd.DataFrame:
    """The distributions of `movie` (else of the most polarising film) and of the most agreed-on.

    Returns: movie_id, title, release_year, stars, ratings, share; the chosen film first.
    """
    chosen = (
        queries.movie(connection, movie)
        if movie is not None
        else _most_polarising(connection, filters)
    )
    both = (chosen, queries.most_agreed(connection, filters))
    films = {film.movie_id: film for film in both if film is not None}  # may be one and the same
    parts = [
        queries.rating_distribution(connection, filters, movie=film.movie_id).assign(
            movie_id=film.movie_id, title=film.title, release_year=film.release_year
        )
        for film in films.values()
    ]
    return pd.concat([NO_ROWS, *parts])[list(NO_ROWS)].astype(NO_ROWS.dtypes)


def _most_polarising(connection: Connection, filters: RatingFilters):
    rows = queries.polarising_movies(connection, filters, limit=1)
    return None if rows.empty else queries.movie(connection, int(rows["movie_id"].iloc[0]))


MOVIES = chart(
    "polarising-movies",
    "Which films divide opinion?",
    "Each bubble is a film, larger the more ratings it has. Higher up, people disagree more, by"
    " what the list below is ordered by."
    " Of very many films, those at both ends and the best known are drawn. Choose a bubble, or"
    " Compare below, to see its ratings, once more to undo that; draw a box to see the films in it"
    " alone.",
    queries.polarising_movies,
    polarising_scatter.polarising_movies,
    height=32,
    keys=("movie_id",),
    parameters=("within",),
    leads=(("movie", "customdata.4"),),
    boxes=True,
    look=("order", "movie"),
    order=("-standard_deviation", "-ratings", "movie_id"),
    versus=versus.of_agreement,
)
COMPARISON = chart(
    "rating-comparison",
    "Loved and hated, or all of one mind",
    "How the chosen film’s ratings are spread, beside those of the film that people agree on most.",
    rating_comparison,
    polarising_scatter.rating_comparison,
    parameters=("movie",),
    height=32,
    keys=("movie_id", "stars"),
    order=(),
)


def layout(**_):
    return page(
        "Polarising films",
        "Films about which people disagree most, of those with at least 50 ratings unless you"
        " choose another number.",
        cards(
            chart_card(MOVIES, "two-thirds lead", _box_fields()),
            chart_card(COMPARISON, "third"),
            html.Section(
                [
                    html.H2("The most polarising"),
                    html.P(ABOUT_ORDERS, className="card-about"),
                    html.Div(id="polarising-list", className="chart-table whole-list"),
                ],
                className="card-panel",
            ),
        ),
        found=[html.Div(id="polarising-findings", className="findings")],
    )


BOX = ("Average, from", "Average, to", "Vertical axis, from", "Vertical axis, to")


def _box_fields() -> html.Details:
    """The same as a box drawn by the mouse, for keys, fingers and exact numbers."""
    fields = [
        html.Div(
            [
                html.Label(name, htmlFor=f"box-{i}", className="filter-label"),
                dbc.Input(id=f"box-{i}", type="number", step="any", debounce=True),
            ]
        )
        for i, name in enumerate(BOX)
    ]
    return html.Details(
        [
            html.Summary("Films in a box"),
            html.Div(fields, className="picker-panel box-fields"),
        ],
        className="picker box",
    )


@callback([Output(f"box-{i}", "value") for i in range(len(BOX))], Input(ids.VIEW, "data"))
@checked
def show_box(stored_view: StoredView | None):
    """The box that the address holds, in the fields; None in each where there is none."""
    within = View.from_store(stored_view).within
    return [None] * len(BOX) if within is None else [*within.averages, *within.spreads]


# In the browser, where the address is; it asks once all four are given, or none.
clientside_callback(
    ClientsideFunction("reelscope", "box"),
    *(Input(f"box-{i}", "value") for i in range(len(BOX))),
    prevent_initial_call=True,
)


@callback(Output("polarising-findings", "children"), Input(ids.VIEW, "data"))
@checked
def update_findings(stored_view: StoredView | None):
    """What the chart says, in a sentence."""
    with session(lasting=True) as current:
        # of all films: those in a box were chosen for what they are
        every = replace(View.from_store(stored_view), within=None)
        return listing([split(MOVIES.drawn(current, every))])


@callback(Output("polarising-list", "children"), Input(ids.VIEW, "data"))
@checked
def update_list(stored_view: StoredView | None):
    view = View.from_store(stored_view)
    with session(lasting=True) as current:
        rows = cached(
            queries.polarising_movies,
            current.connection,
            view.filters,
            limit=LISTED,
            order=view.order,
            within=view.within,
        )
        scale = current.dataset.scale
    rows = on_scale(rows, scale)
    if rows.empty:
        none = "No film has enough ratings under these filters"
        none += ", or none lies in the box." if view.within else "."
        return html.P(none, className="muted m-2")
    head = [_heading(name, view, scale) for name in LIST]
    body = [_listed(row, view) for row in rows.itertuples()]
    return html.Table([html.Thead(html.Tr(head)), html.Tbody(body)])


def _heading(name: str, view: View, scale: OriginalScale) -> html.Th:
    """A column's name; of those that the list can be ordered by, a link that does it."""
    order, kind = ORDERS.get(name), LIST[name]
    words, unit = RatedWords(scale), " stars" if scale.is_stars else ""
    name = name.format(low=f"{words.number(2)}{unit}", high=f"{words.number(4)}{unit}")
    if order is None:
        return html.Th(name, scope="col", className=kind)
    if order == view.order:
        up = order == "agreement"
        sort = {"aria-sort": "ascending" if up else "descending"}
        return html.Th(f"{name} {'↑' if up else '↓'}", scope="col", className=kind, **sort)
    query = replace(view, order=order, within=None).to_query()
    link = html.A(name, href=f"?{query}", className="view-link")
    return html.Th(link, scope="col", className=kind)


def _listed(row, view: View) -> html.Tr:
    rated = f"{count(row.ratings, 'rating')}, {row.average_rating:.2f} on average"
    cells = (
        [
            film_link(row.movie_id, row.title, row.release_year, view),
            html.Div([rated, " · ", _compare(row, view)], className="muted narrow"),
        ],
        f"{row.ratings:,}",
        f"{row.average_rating:.2f}",
        f"{row.agreement:.2f}",
        f"{row.standard_deviation:.2f}",
        f"{row.low_share:.0%}",
        f"{row.high_share:.0%}",
        _compare(row, view),
    )
    kinds = LIST.values()
    return html.Tr([html.Td(cell, className=kind) for cell, kind in zip(cells, kinds, strict=True)])


def _compare(row, view: View) -> html.A:
    chosen = view.movie == row.movie_id
    name = film_name(row.title, row.release_year)
    said = "Compared ×" if chosen else "Compare"
    return html.A(
        said,
        href=f"?{ways.chosen(view, {ways.CHOSEN: str(row.movie_id)}).to_query()}",
        className="view-link",
        **{"aria-label": f"{name} is compared: stop" if chosen else f"Compare {name}"},
        **({"aria-current": "true"} if chosen else {}),
    )
