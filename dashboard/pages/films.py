"""Films: all of them, to search, sort and page through."""

from dataclasses import replace

from dash import (
    ClientsideFunction,
    Input,
    Output,
    callback,
    clientside_callback,
    get_relative_path,
    html,
)

from dashboard import ids
from dashboard.charting.on_scale import on_scale
from dashboard.components import film_link, page, search_field
from dashboard.figures.titles import shortened
from dashboard.page_registry import register_page
from dashboard.paths import FILMS
from dashboard.poster import poster
from dashboard.state.payloads import StoredAddress, StoredView, checked
from dashboard.state.session import session
from dashboard.state.view import View
from dashboard.wording import count
from db import queries

register_page(__name__, FILMS, "Films", filters=True, order=4)

ROWS = 25
COLUMNS = {
    "title": "Film",
    "genres": "Genres",
    "ratings": "Ratings",
    "average_rating": "Average",
    "standard_deviation": "Spread",
    "weighted_score": "Weighted score",
}


def layout(**_):
    return page(
        "Films",
        "Every rated film. Spread is the standard deviation of its ratings; the weighted score"
        " draws the mean of films with few ratings towards the overall mean.",
        html.Section(
            [
                html.Div(
                    search_field("film-search", "Search titles", "e.g. matrix"),
                    className="film-search",
                ),
                html.Div(id="film-table", className="film-table"),
            ],
            className="card-panel mt-3 mb-4",
        ),
    )


@callback(Output("film-search", "value"), Input(ids.URL, "data"))
@checked
def show_search(address: StoredAddress | None):
    """The search that the URL holds, in the field."""
    return View.from_address(address).search


# In the browser, where the address is: on the server it could be of the page being left.
clientside_callback(
    ClientsideFunction("reelscope", "search"),
    Output(ids.VIEW, "data", allow_duplicate=True),
    Input("film-search", "value"),
    prevent_initial_call=True,
)


@callback(Output("film-table", "children"), Input(ids.VIEW, "data"))
@checked
def update_films(stored_view: StoredView | None):
    view = View.from_store(stored_view)
    column, direction = view.sort.removeprefix("-"), "desc" if view.sort.startswith("-") else "asc"
    start = (view.page - 1) * ROWS
    with session(lasting=True) as current:
        rows, total = queries.movie_table(
            current.connection,
            view.filters,
            search=view.search,
            sort=((column, direction),),
            start=start,
            stop=start + ROWS,
        )
    rows = on_scale(rows, current.dataset.scale)
    if not total:
        return html.P("No film matches.", className="muted m-3")
    return [
        html.Table(
            [html.Thead(_head(view)), html.Tbody([_row(row, view) for row in rows.itertuples()])]
        ),
        _pager(view, total),
    ]


def _head(view: View) -> html.Tr:
    """Column names that sort: each a link, so that the order can be bookmarked too."""
    cells = []
    for column, name in COLUMNS.items():
        if column == "genres":
            cells.append(html.Th(name, scope="col", className="genres"))
            continue
        sorted_now = view.sort.removeprefix("-") == column
        descending = view.sort.startswith("-")
        down_first = column != "title"
        new = f"-{column}" if (not descending if sorted_now else down_first) else column
        order = {"aria-sort": "descending" if descending else "ascending"} if sorted_now else {}
        arrow = (" ↓" if descending else " ↑") if sorted_now else ""
        link = html.A(
            name + arrow, href=_href(replace(view, sort=new, page=1)), className="view-link"
        )
        cells.append(html.Th(link, scope="col", className=_kind(column), **order))
    return html.Tr(cells)


def _row(row, view: View) -> html.Tr:
    genres = shortened(row.genres.replace("|", ", "))
    return html.Tr(
        [
            html.Td(
                html.Div(
                    [
                        poster(row.title, row.release_year, row.genres),
                        html.Div(
                            [
                                film_link(row.movie_id, row.title, row.release_year, view),
                                html.Div(genres, className="genres-below"),
                            ]
                        ),
                    ],
                    className="film-cell",
                )
            ),
            html.Td(genres, className="genres", title=row.genres or None),
            html.Td(f"{row.ratings:,}", className="number"),
            html.Td(f"{row.average_rating:.2f}", className="number"),
            html.Td(f"{row.standard_deviation:.2f}", className="number standard_deviation"),
            html.Td(f"{row.weighted_score:.2f}", className="number weighted_score"),
        ]
    )


def _kind(column: str) -> str:
    return "" if column == "title" else f"number {column}"


def _pager(view: View, total: int) -> html.Nav:
    last = -(-total // ROWS)
    here = min(view.page, last)
    links = [
        html.A(text, href=_href(replace(view, page=number)), className="btn btn-quiet view-link")
        if 1 <= number <= last and number != here
        else html.Span(text, className="btn btn-quiet disabled", **{"aria-disabled": "true"})
        for text, number in (
            ("First", 1),
            ("Previous", here - 1),
            ("Next", here + 1),
            ("Last", last),
        )
    ]
    said = f"Page {here:,} of {last:,}, {count(total, 'film')}"
    return html.Nav(
        [html.Span(said, className="muted figures"), html.Div(links, className="card-tools")],
        className="pager",
        **{"aria-label": "Pages of films"},
    )


def _href(view: View) -> str:
    return get_relative_path(f"{FILMS}?{view.to_query()}")
