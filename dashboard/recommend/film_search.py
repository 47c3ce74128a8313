"""The search that adds a film to those to rate: a combobox (assets/combobox.js).

The one chosen is in the store ids.ADDED; the page that shows it says what follows.
"""

from dash import ClientsideFunction, Input, Output, callback, clientside_callback, dcc, html
from pydantic import BaseModel

from dashboard import ids
from dashboard.components import search_field
from dashboard.figures.titles import film_name
from dashboard.state.payloads import MovieId, checked
from dashboard.state.session import session
from dashboard.wording import count
from db import queries

FOUND = 8  # films at most


class AddedFilm(BaseModel):
    """What the browser says of the option chosen, as far as the server needs it."""

    movie_id: MovieId


def layout() -> html.Div:
    return html.Div(
        [
            dcc.Store(id=ids.ADDED),
            *search_field(
                ids.ADD_SEARCH, "Add any film", "Add any film: type a title", shown=False
            ),
            html.Div(
                id=ids.ADD_FOUND,
                className="found",
                role="listbox",
                **{"aria-label": "Films found"},
            ),
            html.Div(id="add-said", className="found-said", role="status"),
        ],
        className="add-film",
    )


clientside_callback(
    ClientsideFunction("combobox", "refresh"),
    Output(ids.ADD_FOUND, "data-shown"),
    Input(ids.ADD_FOUND, "children"),
)
clientside_callback(
    ClientsideFunction("rating", "added"),
    Output(ids.ADD_SEARCH, "value"),
    Input(ids.ADDED, "data"),
    prevent_initial_call=True,
)


@callback(
    Output(ids.ADD_FOUND, "children"),
    Output("add-said", "children"),
    Input(ids.ADD_SEARCH, "value"),
    prevent_initial_call=True,
)
@checked
def update_found(text: str | None):
    """Films that the typed text may mean, each an option that adds it, and how many."""
    if text is None or not text.strip():
        return None, None
    with session() as current:
        rows = queries.search_movies(current.connection, text.strip()[:100], limit=FOUND)
    if rows.empty:
        return None, "No film has that in its title."
    found = [
        html.Button(
            film_name(row.title, row.release_year),
            id=f"add-{row.movie_id}",
            type="button",
            role="option",
            tabIndex="-1",
            **{"aria-selected": "false", "data-movie": row.movie_id},
        )
        for row in rows.itertuples()
    ]
    return found, html.Span(f"{count(len(found), 'film')} found", className="visually-hidden")
