"""The filter bar: its controls, what they write to the URL, and what the URL writes to them."""

from dataclasses import replace

import dash_bootstrap_components as dbc
from dash import Input, Output, State, callback, ctx, html, no_update

from dashboard.components import notes
from dashboard.state.cache import ask
from dashboard.state.payloads import (
    Clicks,
    StoredAddress,
    StoredView,
    Texts,
    UnusableInput,
    checked,
)
from dashboard.state.session import session
from dashboard.state.view import View
from dashboard.wording import count
from db.filters.rating_filters import RatingFilters
from db.queries import glance

ALL_GENRES, NO_GENRE = "All genres", "None left out"


def layout() -> html.Div:
    """The controls, the filters in words, and the notes on values that were dropped."""
    return html.Div(
        [
            html.Div(
                [
                    html.Button(
                        "Filters",
                        id="filter-toggle",
                        type="button",
                        className="btn btn-quiet filter-toggle",
                        **{"aria-expanded": "false", "aria-controls": "filter-row"},
                    ),
                    html.Div(
                        [
                            _genre_picker("filter-genres", "Genres, any of", ALL_GENRES),
                            _genre_picker("filter-without", "Without genres", NO_GENRE),
                            _range(
                                "Released",
                                "filter-released",
                                "years",
                                "number",
                                "e.g. 1990",
                                "e.g. 1999",
                            ),
                            _range("Rated", "filter-rated", "months", "text", "YYYY-MM", "YYYY-MM"),
                            html.Div(
                                [
                                    html.Label(
                                        "Ratings per film, at least",
                                        htmlFor="filter-min",
                                        className="filter-label",
                                    ),
                                    _field("filter-min", "number", "default"),
                                ]
                            ),
                            html.Button(
                                "Reset", id="filter-reset", type="button", className="btn btn-quiet"
                            ),
                        ],
                        id="filter-row",
                        className="filter-row",
                    ),
                    html.P(id="filter-words", className="filter-words figures", role="status"),
                    html.Div(id="filter-notes", role="status"),
                ],
                className="page",
            ),
        ],
        id="filter-shell",
        className="filter-shell",
        role="search",
        **{"aria-label": "Filters"},
    )


def _genre_picker(id: str, label: str, none: str) -> html.Div:
    return html.Div(
        [
            html.Span(label, className="filter-label", id=f"{id}-label"),
            html.Details(
                [
                    html.Summary(
                        none, id=f"{id}-summary", **{"aria-labelledby": f"{id}-label {id}-summary"}
                    ),
                    html.Fieldset(
                        [
                            html.Legend(label, className="visually-hidden"),
                            dbc.Checklist(id=id, options=[], value=[], className="picker-columns"),
                        ],
                        className="picker-panel",
                    ),
                ],
                className="picker",
            ),
        ]
    )


def _range(label: str, id: str, unit: str, kind: str, first: str, last: str) -> html.Fieldset:
    return html.Fieldset(
        [
            html.Legend(label, className="filter-label"),
            html.Div(
                [
                    html.Label(
                        f"{label}, first of the {unit}",
                        htmlFor=f"{id}-first",
                        className="visually-hidden",
                    ),
                    _field(f"{id}-first", kind, first),
                    html.Span("to", className="muted"),
                    html.Label(
                        f"{label}, last of the {unit}",
                        htmlFor=f"{id}-last",
                        className="visually-hidden",
                    ),
                    _field(f"{id}-last", kind, last),
                ],
                className="pair",
            ),
        ],
        className=unit,
    )


def _field(id: str, kind: str, placeholder: str) -> dbc.Input:
    return dbc.Input(
        id=id,
        type=kind,
        placeholder=placeholder,
        debounce=True,
        autocomplete="off",
        min=0 if kind == "number" else None,
        step=1 if kind == "number" else None,
    )


CONTROLS = (
    "filter-genres",
    "filter-without",
    "filter-released-first",
    "filter-released-last",
    "filter-rated-first",
    "filter-rated-last",
    "filter-min",
)


ControlValue = Texts | str | int | float | None
"""What a control holds: the names chosen from a list, or what a field has."""


@callback(
    output={
        "view": Output("view", "data"),
        "notes": Output("filter-notes", "children"),
        "values": [Output(control, "value") for control in CONTROLS],
        "genres": Output("filter-genres", "options"),
        "without": Output("filter-without", "options"),
    },
    inputs={
        "address": Input("url", "data"),
        "reset": Input("filter-reset", "n_clicks"),
        "values": [Input(control, "value") for control in CONTROLS],
    },
    state={"stored_view": State("view", "data")},
)
@checked
def update_view(
    address: StoredAddress | None,
    reset: Clicks,
    values: list[ControlValue],
    stored_view: StoredView | None,
):
    """The one place where the URL and the controls become the view."""
    # What happens while the browser is busy comes in one call: leaving a field, and then Reset.
    resets = "filter-reset.n_clicks" in ctx.triggered_prop_ids and reset
    if ctx.triggered_id in (None, "url") and not resets:
        return _from_address(View.from_address(address))
    before = View.from_store(stored_view)
    chosen, problems = (RatingFilters(), ()) if resets else RatingFilters.from_query(_query(values))
    after = replace(before, filters=chosen, page=1)
    data = {"query": after.to_query(), "by": ctx.triggered_id}
    return {
        "view": no_update if chosen == before.filters else data,
        "notes": notes(problems),
        "values": _values(chosen),
        "genres": no_update,
        "without": no_update,
    }


def _from_address(view: View) -> dict:
    """What the URL says: at the start, after navigation and after Back."""
    with session() as current:
        names = list(current.dataset.genres)
    filters, unknown = view.filters.known_to(names)
    return {
        "view": {"query": replace(view, filters=filters).to_query(), "by": "url"},
        "notes": notes((*view.problems, *unknown)),
        "values": _values(filters),
        "genres": names,
        "without": names,
    }


@callback(
    Output("filter-words", "children"),
    Output("filter-genres-summary", "children"),
    Output("filter-without-summary", "children"),
    Input("view", "data"),
)
@checked
def update_words(stored_view: StoredView | None):
    """The filters in words, with what passes them."""
    filters = View.from_store(stored_view).filters
    with session() as current:
        seen = ask(glance, current.connection, filters)
    users = count(seen.users, "user", about=seen.users_estimated)
    ratings, films = count(seen.ratings, "rating"), count(seen.movies, "film")
    said = filters.words()
    text = f"{said[0].upper()}{said[1:]}: {ratings} of {films} by {users}"
    return text, ", ".join(filters.genres) or ALL_GENRES, ", ".join(filters.without) or NO_GENRE


def _query(values: list) -> dict[str, str]:
    """The controls' values as the query string would have them."""
    genres, without, released_first, released_last, rated_first, rated_last, least = values
    for names in (genres, without):
        if not isinstance(names, list | None):
            raise UnusableInput("genres", names, "input should be a list of names")

    def text(value: object) -> str:
        return "" if value is None else str(value).strip()

    released = f"{text(released_first)}-{text(released_last)}"
    rated = f"{text(rated_first)}..{text(rated_last)}"
    return {
        "genres": ",".join(map(str, genres or ())),
        "without": ",".join(map(str, without or ())),
        "released": "" if released == "-" else released,
        "rated": "" if rated == ".." else rated,
        "min": text(least),
    }


def _values(filters: RatingFilters) -> list:
    """What each control shows under `filters`, in the order of CONTROLS."""
    released = filters.released or (None, None)
    rated = [month and str(month) for month in filters.rated or (None, None)]
    return [list(filters.genres), list(filters.without), *released, *rated, filters.min_ratings]
