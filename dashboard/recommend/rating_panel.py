"""The panel in which films are rated: which are asked about."""

import secrets
from collections.abc import Collection
from typing import Annotated, Any

import dash_bootstrap_components as dbc
from dash import (
    ALL,
    ClientsideFunction,
    Input,
    Output,
    State,
    callback,
    clientside_callback,
    ctx,
    dcc,
    html,
    no_update,
)
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.choices import options
from dashboard.components import waiting
from dashboard.rated_places import RatedPlaces
from dashboard.rated_words import RatedWords
from dashboard.recommend import film_search, profile_tools, rating_import
from dashboard.recommend.film_search import AddedFilm
from dashboard.recommend.profile import SavedProfile
from dashboard.recommend.rating_cards import rating_cards
from dashboard.state.payloads import (
    Clicks,
    MovieId,
    MovieIds,
    checked,
    one_of,
)
from dashboard.state.session import Session, session
from db import queries
from recommender.data.rating_matrix import RatingMatrix
from recommender.questions import strategies
from recommender.serving.trained_models import TrainedModels

ASKED = 15
MOST_CARDS = 100  # of rated films: thousands, as imports bring, would stop the browser
QUICK, QUESTIONS = "quick", 5
STRATEGIES = {
    "popular": "Well known",
    "best": "Best rated",
    "representative": "Of every genre",
    "polarising": "Polarising",
    QUICK: f"Quick start: {QUESTIONS} good questions",
}
Strategy = Annotated[str, one_of(STRATEGIES)]
QUICK_ABOUT = (
    "The films whose ratings tell most about your taste. Haven’t seen one? Say so, and the next"
    " question takes its place."
)


def layout() -> html.Section:
    return html.Section(
        [
            html.Div(
                [
                    html.H2("Rate films"),
                    html.Span(id="profile-count", className="muted figures", role="status"),
                ],
                className="card-head",
            ),
            profile_tools.kept_layout(),
            dcc.Store(id="just-hidden"),
            html.Fieldset(
                [
                    html.Legend("Show me films that are", className="filter-label"),
                    dbc.RadioItems(
                        id=ids.STRATEGY, options=options(STRATEGIES), value="popular", inline=True
                    ),
                ]
            ),
            html.Div(
                [
                    html.Button(
                        "Show me others", id="others", type="button", className="btn btn-quiet"
                    ),
                    film_search.layout(),
                ],
                className="rate-tools",
            ),
            html.P(id="strategy-about", className="card-about", role="status"),
            html.Div(id=ids.ASKED_FILMS, className="rate-list"),
            html.Details(
                [html.Summary("Your ratings"), html.Div(id="rated-films", className="rate-list")],
                id="rated-details",
                className="rated-details",
            ),
            *profile_tools.layout(),
            rating_import.layout(),
        ],
        className="card-panel rate-panel",
    )


def bar() -> html.Div:
    """At the foot of a narrow window: how many films are rated, and the way to the list."""
    see = html.Button("See your ten", id=ids.SEE_TEN, type="button", className="btn btn-accent")
    return html.Div([html.Span(id="bar-count", className="figures"), see], className="rate-bar")


clientside_callback(
    ClientsideFunction("rating", "update"),
    Output(ids.PROFILE, "data"),
    Output(ids.rating_part("rate-slider", ALL), "value"),
    Output(ids.rating_part("rate-value", ALL), "children"),
    Output(ids.rating_part("rate-hide", ALL), "aria-pressed"),
    Output(ids.rating_part("rate-row", ALL), "className"),
    Output("profile-count", "children"),
    Output(ids.RECOMMEND, "disabled"),
    Output("bar-count", "children"),
    Output(ids.SEE_TEN, "disabled"),
    Output("just-hidden", "data"),
    Input(ids.rating_part("rate-slider", ALL), "value"),
    Input(ids.rating_part("rate-minus", ALL), "n_clicks"),
    Input(ids.rating_part("rate-plus", ALL), "n_clicks"),
    Input(ids.rating_part("rate-clear", ALL), "n_clicks"),
    Input(ids.rating_part("rate-hide", ALL), "n_clicks"),
    Input(ids.PROFILE, "data"),
    Input(ids.SCALE_READ, "data"),
    State(ids.rating_part("rate-row", ALL), "id"),
)


@callback(
    Output(ids.ASKED_FILMS, "children"),
    Output("rated-films", "children"),
    Output(ids.ASKED, "data"),
    Output(ids.RECOMMEND_GENRES, "options"),
    Output(ids.RECOMMEND_WITHOUT, "options"),
    Output(ids.TRAINING_POLL, "disabled"),
    Output("strategy-about", "children"),
    Output(ids.CARDS_DATASET, "data"),
    Input(ids.STRATEGY, "value"),
    Input("others", "n_clicks"),
    Input(ids.ADDED, "data"),
    Input(ids.PROFILE_LOADED, "data"),
    Input(ids.TRAINING_POLL, "n_intervals"),
    Input("just-hidden", "data"),
    State(ids.ASKED, "data"),
    State(ids.PROFILE, "data"),
)
@checked
def update_films(
    strategy: Strategy,
    others: Clicks,
    added: AddedFilm | None,
    loaded: str | None,
    polls: Clicks,
    hidden: MovieId | None,
    asked: MovieIds | None,
    stored: Any,
):
    """The films to rate: new ones at the start and on demand, one more when it is added.

    Of the good questions, one that the visitor has not seen gives way to the next.
    """
    profile = SavedProfile.from_store(stored)
    with session() as current:
        return _films(current, strategy, added, hidden, asked or [], profile)


def _films(
    current: Session,
    strategy: str,
    added: AddedFilm | None,
    hidden: int | None,
    before: list[int],
    profile: SavedProfile,
):
    models = current.models
    matrix = models.matrix
    genres = list(current.dataset.genres)
    if matrix is None:
        return waiting(), None, no_update, genres, genres, False, no_update, no_update
    if ctx.triggered_id == ids.ADDED:
        if added is None:
            raise PreventUpdate
        new = added.movie_id
        shown = [new, *(movie for movie in before if movie != new)]
    elif ctx.triggered_id == "just-hidden":
        if strategy != QUICK or hidden is None or hidden not in before:
            raise PreventUpdate
        skip = {*profile.ratings, *profile.hidden, *before}
        shown = _replaced(before, hidden, _questions(models, matrix, 1, skip))
    else:
        done = {*profile.ratings, *profile.hidden}
        opened = f"{ids.PROFILE_LOADED}.data" in ctx.triggered_prop_ids
        left = [movie for movie in before if movie not in done] if opened else []
        skip = {*done, *(before if opened or ctx.triggered_id == "others" else ())}
        shown = [*left, *_new_films(models, matrix, strategy, skip, len(left))]
    rated = [movie for movie in (*profile.ratings, *profile.hidden) if movie not in set(shown)]
    rated.reverse()  # the latest first
    found = queries.movies(current.connection, [*shown, *rated[:MOST_CARDS]])
    films = {film["movie_id"]: film for film in found.to_dict("records")}
    words, places = RatedWords(current.dataset.scale), RatedPlaces.of(current)
    return (
        rating_cards([films[movie] for movie in shown if movie in films], profile, words, places),
        rating_cards([films[movie] for movie in rated if movie in films], profile, words, places),
        [movie for movie in shown if movie in films],
        genres,
        genres,
        True,
        QUICK_ABOUT if strategy == QUICK else None,
        current.dataset.fingerprint,
    )


def _new_films(
    models: TrainedModels,
    matrix: RatingMatrix,
    strategy: str,
    skip: Collection[int],
    there: int,
) -> list[int]:
    """Films to ask about in the way that the visitor chose, beside those that are `there`."""
    n = max((QUESTIONS if strategy == QUICK else ASKED) - there, 0)
    if strategy == QUICK:
        return _questions(models, matrix, n, skip)
    return strategies.movies_to_rate(matrix, strategy, n, seed=secrets.randbits(32), skip=skip)


def _questions(
    models: TrainedModels, matrix: RatingMatrix, n: int, skip: Collection[int]
) -> list[int]:
    """Good questions; until they are found, or where none is left, films that many know."""
    found = models.questions(n, skip)
    return found or strategies.movies_to_rate(matrix, "popular", n, secrets.randbits(32), skip)


def _replaced(asked: list[int], hidden: int, new: list[int]) -> list[int]:
    """The films asked about with new ones in the place of one."""
    place = asked.index(hidden)
    return [*asked[:place], *new, *asked[place + 1 :]]
