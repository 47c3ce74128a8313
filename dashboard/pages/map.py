"""Taste map: films that the same people like stand close together; and what NMF's factors are."""

from dataclasses import replace
from functools import partial
from typing import Any

import dash_bootstrap_components as dbc
import pandas as pd
from dash import (
    ClientsideFunction,
    Input,
    Output,
    State,
    callback,
    clientside_callback,
    dcc,
    html,
)
from sqlalchemy import Connection

from dashboard import ids
from dashboard.charting.chart import chart
from dashboard.choices import options
from dashboard.components import (
    GRAPH_CONFIG,
    cards,
    chart_card,
    film_link,
    page,
    search_field,
    waiting,
)
from dashboard.figures import film_map
from dashboard.page_registry import register_page
from dashboard.paths import TASTE_MAP
from dashboard.recommend import map_marks
from dashboard.recommend.former_notice import former_words
from dashboard.state.cache import cached
from dashboard.state.own_values import MOST_ZOOM
from dashboard.state.payloads import Clicks, StoredAddress, StoredView, checked
from dashboard.state.session import session
from dashboard.state.view import COLOURS, View
from dashboard.taste_regions import named_themes
from db import queries
from db.filters.rating_filters import RatingFilters
from db.store.engine import dataset
from db.store.training_data import all_movies
from recommender.models import MODELS
from recommender.models.nmf_themes import MovieTheme
from recommender.serving.taste_map import MAPPED
from recommender.serving.trained_models import TrainedModels

register_page(__name__, TASTE_MAP, "Taste map", filters=True, order=4.5)

IN_THEME = 8  # films that a theme is shown by
POLL = 3000  # ms between looks whether a map is made
COLOUR_NAMES = dict(zip(COLOURS, ("Genre", "Average rating"), strict=True))
COLUMNS = ["movie_id", "title", "release_year", "genres", "ratings", "average_rating", "x", "y"]


def map_positions(
    connection: Connection, filters: RatingFilters, model: str = MAPPED[0]
) -> pd.DataFrame:
    """The films on a model's map that pass the filters, and where they stand.

    Returns: movie_id, title, release_year, genres, ratings, average_rating, x, y (0 to 1); the most
    rated first. attrs: "regions", {name of a theme: its films}.
    """
    models = TrainedModels.of(dataset(connection), partial(all_movies, connection))
    mapped = models.mapped(model)
    if mapped is None:
        return pd.DataFrame(columns=COLUMNS)
    films, _ = mapped
    rows = cached(
        queries.rated_movies, connection, filters, among=tuple(sorted(films.movie_ids.tolist()))
    )
    places = pd.DataFrame(films.positions.astype(float), columns=["x", "y"])
    placed = rows.merge(places.assign(movie_id=films.movie_ids), on="movie_id")
    themes = named_themes(connection, models) or []
    placed.attrs["regions"] = {name: list(theme.movie_ids) for name, theme in themes}
    return placed


MAP = chart(
    "taste-map",
    "Films by taste",
    "Films that the same people like stand close together; directions mean nothing. Larger: more"
    " ratings. In large type: the themes that lie there.",
    map_positions,
    film_map.taste_map,
    parameters=("model",),
    height=40,
    remembered=False,
    empty="There is nothing to show: no film passes the filters, or this map is not made yet.",
    look=("colour", "at", "user"),
    marked=True,
    own_clicks=True,
    keys=("movie_id",),
    order=("-ratings", "movie_id"),
)


def layout(**_):
    return page(
        "Taste map",
        "Films as a model sees them: neighbours are liked by the same people.",
        dcc.Store(id="map-profile"),
        dcc.Store(id="map-moved"),
        dcc.Store(id="map-limits", data={"width": film_map.WIDTH, "zoom": MOST_ZOOM}),
        dcc.Store(id="map-usual", data={"colour": View().colour, "model": View().model}),
        dcc.Interval(id="map-poll", interval=POLL, disabled=True),
        cards(
            html.Section(
                [
                    html.H2("Themes that NMF found"),
                    html.P(
                        "NMF describes each film by a few themes that it finds by itself. These are"
                        " the films that stand for each most, and the genres that mark them.",
                        className="card-about",
                    ),
                    html.Div(id="map-themes", className="themes"),
                ],
                className="card-panel",
            ),
        ),
        found=[chart_card(MAP, "lead", _controls(), config=GRAPH_CONFIG | {"scrollZoom": True})],
    )


def _controls() -> html.Div:
    return html.Div(
        [
            html.Div(
                [
                    html.Div(
                        search_field("map-search", "Find a film", "e.g. matrix"),
                        className="map-search",
                    ),
                    _select("map-colour", "Colour", options(COLOUR_NAMES)),
                    _select(
                        "map-model", "Model", options({key: MODELS[key].label for key in MAPPED})
                    ),
                    html.Div(
                        [
                            _button("map-in", "+", "Zoom in"),
                            _button("map-out", "−", "Zoom out"),
                            _button("map-whole", "Whole map", "Show the whole map"),
                        ],
                        className="card-tools",
                    ),
                ],
                className="map-tools",
            ),
            html.P(id="map-said", className="map-said", role="status"),
            html.P(
                "Click the map or hold Ctrl to zoom by scrolling; two fingers move it.",
                id="map-hint",
                className="map-hint",
            ),
        ]
    )


def _select(id: str, label: str, choices: list[dict]) -> html.Div:
    return html.Div(
        [
            html.Label(label, htmlFor=id, className="filter-label"),
            dbc.Select(id=id, options=choices, value=choices[0]["value"]),
        ]
    )


def _button(id: str, text: str, label: str) -> html.Button:
    return html.Button(
        text, id=id, type="button", className="btn btn-quiet", **{"aria-label": label}
    )


@callback(
    Output("map-search", "value"),
    Output("map-colour", "value"),
    Output("map-model", "value"),
    Input(ids.URL, "data"),
)
@checked
def show_choices(address: StoredAddress | None):
    """What the URL chooses, in the controls."""
    view = View.from_address(address)
    return view.search, view.colour, view.model


clientside_callback(
    ClientsideFunction("reelscope", "search"),
    Output(ids.VIEW, "data", allow_duplicate=True),
    Input("map-search", "value"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("tasteMap", "choose"),
    Output(ids.VIEW, "data", allow_duplicate=True),
    Input("map-colour", "value"),
    Input("map-model", "value"),
    State("map-usual", "data"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("tasteMap", "profile"),
    Output("map-profile", "data"),
    Input(ids.PROFILE_HERE, "data"),
)
clientside_callback(
    ClientsideFunction("tasteMap", "move"),
    Output("map-moved", "data"),
    Input(ids.chart_part("graph", MAP.id), "relayoutData"),
    Input(ids.chart_part("graph", MAP.id), "figure"),
    Input("map-in", "n_clicks"),
    Input("map-out", "n_clicks"),
    Input("map-whole", "n_clicks"),
    State(ids.chart_part("graph", MAP.id), "id"),
    State("map-limits", "data"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("tasteMap", "open"),
    Output(ids.LOCATION, "pathname", allow_duplicate=True),
    Output(ids.LOCATION, "search", allow_duplicate=True),
    Input(ids.chart_part("graph", MAP.id), "clickData"),
    prevent_initial_call=True,
)


@callback(
    Output(ids.chart_part("marks", MAP.id), "data"),
    Output("map-said", "children"),
    Output("map-poll", "disabled"),
    Input(ids.VIEW, "data"),
    Input("map-profile", "data"),
    Input("map-poll", "n_intervals"),
)
@checked
def update_marks(stored_view: StoredView | None, kept: Any, polls: Clicks):
    """What stands out: films searched for, rated and recommended, a person’s place; in words."""
    view = View.from_store(stored_view)
    with session(until_learned=not map_marks.is_somebodys(kept)) as current:
        rows = map_positions(current.connection, view.filters, model=view.model)
        mapped = current.models.mapped(view.model)
        if mapped is None:
            return {}, "This map is still being made; it appears here when it is ready.", False
        films, model = mapped
        if view.user is None:
            person = map_marks.visitor(kept, current.models)
        else:
            person = map_marks.user_of(current.connection, view.user)
        former = former_words([model], current.models, current.dataset, "This map comes")
        marks = {
            "found": map_marks.found(current.connection, rows, view.search),
            **person.marks,
            film_map.PLACE: map_marks.place(person, films, model, rows),
        }
    on_map = set(films.movie_ids.tolist())
    marks = {kind: [movie for movie in ids if movie in on_map] for kind, ids in marks.items()}
    return marks, [*map_marks.said(rows, view, marks, person), f" {former}"], True


@callback(Output("map-themes", "children"), Input("map-poll", "disabled"), Input(ids.URL, "data"))
@checked
def update_themes(_: bool | None, address: StoredAddress | None):
    """Each theme as a card; the filters play no part, but links keep them."""
    view = View.from_address(address)
    with session(until_learned=True) as current:
        themes = named_themes(current.connection, current.models)
        if themes is None:
            return waiting()
        wanted = [movie for _, theme in themes for movie in theme.movie_ids[:IN_THEME]]
        rows = queries.movies(current.connection, wanted)
    films = {film.movie_id: film for film in rows.itertuples()}
    return [_theme(name, theme, films, replace(view, search="")) for name, theme in themes]


def _theme(name: str, theme: MovieTheme, films: dict, view: View) -> html.Section:
    links = [
        html.Li(film_link(film.movie_id, film.title, film.release_year, view))
        for film in map(films.get, theme.movie_ids[:IN_THEME])
        if film
    ]
    years = "mostly {}–{}".format(*theme.years) if theme.years else ""
    head = [html.H3(name), html.Div(years, className="muted small")]
    return html.Section([*head, html.Ol(links)], className="theme")
