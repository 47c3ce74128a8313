"""The panel of recommendations: what is wanted, from which model, and what it found."""

from collections.abc import Iterable
from typing import Annotated, Any

import dash_bootstrap_components as dbc
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

from dashboard import ids
from dashboard.choices import options
from dashboard.components import waiting
from dashboard.figures.titles import short_title
from dashboard.filter_controls import choices
from dashboard.rated_words import RatedWords
from dashboard.recommend import list_leanings, result_lists
from dashboard.recommend.former_notice import former_notice
from dashboard.recommend.list_leanings import Surprise, Variety
from dashboard.recommend.profile import ENOUGH, SavedProfile
from dashboard.state.payloads import Clicks, Texts, Year, checked, one_of
from dashboard.state.session import session
from db import queries
from db.filters.genre_filters import ANY_OF, NONE_OF
from db.store.datasets import Dataset
from recommender.data.rating_matrix import RatingMatrix
from recommender.models import DEFAULT_MODEL, MODELS
from recommender.models.base import Recommender
from recommender.serving import shelves
from recommender.serving.let_go import let_go

PREFERENCES = {"any": "Any age", "old": "Older films", "new": "Newer films"}
FIRST_YEAR, LAST_YEAR = 1900, 2100  # that films can be split at
Preference = Annotated[str, one_of(PREFERENCES)]
ModelKey = Annotated[str, one_of(MODELS)]


def layout(*more: html.Section) -> html.Section:
    """more: what stands below the lists."""
    return html.Section(
        [
            html.H2("What shall it be?"),
            html.Div(
                [
                    html.Fieldset(
                        [
                            html.Legend("Age of the film", className="filter-label"),
                            dbc.RadioItems(
                                id=ids.PREFERENCE,
                                options=options(PREFERENCES),
                                value="any",
                                inline=True,
                            ),
                        ]
                    ),
                    html.Div(
                        [
                            html.Label(
                                "Newer means released from",
                                htmlFor=ids.SPLIT_YEAR,
                                className="filter-label",
                            ),
                            dbc.Input(
                                id=ids.SPLIT_YEAR,
                                type="number",
                                min=FIRST_YEAR,
                                max=LAST_YEAR,
                                step=1,
                                value=shelves.SPLIT_YEAR,
                                debounce=True,
                            ),
                        ]
                    ),
                    choices(ids.RECOMMEND_GENRES, ANY_OF),
                    choices(ids.RECOMMEND_WITHOUT, NONE_OF),
                    html.Div(
                        [
                            html.Label("Model", htmlFor=ids.MODEL, className="filter-label"),
                            dbc.Select(id=ids.MODEL, options=_models(), value=DEFAULT_MODEL),
                        ]
                    ),
                ],
                className="filter-row",
            ),
            html.P(id="model-about", className="card-about"),
            list_leanings.layout(),
            html.Div(
                [
                    html.Button(
                        "Recommend",
                        id=ids.RECOMMEND,
                        type="button",
                        className="btn btn-accent",
                        n_clicks=0,
                    ),
                    dbc.Switch(id=ids.COMPARE, label="Compare all models", value=False),
                ],
                className="rate-tools",
            ),
            dcc.Store(id=ids.PROFILE_SETTLED),
            html.P(id="results-said", className="visually-hidden", role="status"),
            dcc.Loading(
                html.Div(id=ids.RESULTS, tabIndex="-1"),
                delay_show=250,
                overlay_style={"visibility": "visible", "opacity": 0.45},
                color="var(--accent)",
            ),
            *more,
        ],
        id=ids.WANTED,
        className="card-panel",
    )


def _models() -> list[dict]:
    return [
        {
            "value": key,
            "label": model.label
            + (
                " (default)"
                if key == DEFAULT_MODEL
                else " (not installed)"
                if model.obstacle()
                else ""
            ),
        }
        for key, model in MODELS.items()
    ]


@callback(
    Output("model-about", "children"),
    Output(f"{ids.RECOMMEND_GENRES}-summary", "children"),
    Output(f"{ids.RECOMMEND_WITHOUT}-summary", "children"),
    Input(ids.MODEL, "value"),
    Input(ids.RECOMMEND_GENRES, "value"),
    Input(ids.RECOMMEND_WITHOUT, "value"),
)
@checked
def update_about(key: ModelKey, genres: Texts | None, without: Texts | None):
    chosen, left_out = ", ".join(genres or ()), ", ".join(without or ())
    return MODELS[key].description, chosen or ANY_OF.none, left_out or NONE_OF.none


clientside_callback(
    ClientsideFunction("rating", "settle"),
    Output(ids.PROFILE_SETTLED, "data"),
    Input(ids.PROFILE, "data"),
    Input(ids.RECOMMEND, "n_clicks"),
    State(ids.RULES, "data"),
    State(ids.PROFILE_SETTLED, "data"),
)
clientside_callback(
    ClientsideFunction("rating", "announce"),
    Output("results-said", "children"),
    Input(ids.RESULTS, "children"),
)


@callback(
    Output(ids.RESULTS, "children"),
    Input(ids.RECOMMEND, "n_clicks"),
    Input(ids.PREFERENCE, "value"),
    Input(ids.SPLIT_YEAR, "value"),
    Input(ids.RECOMMEND_GENRES, "value"),
    Input(ids.RECOMMEND_WITHOUT, "value"),
    Input(ids.MODEL, "value"),
    Input(ids.COMPARE, "value"),
    Input(ids.SURPRISE, "value"),
    Input(ids.VARIETY, "value"),
    Input(ids.PROFILE_SETTLED, "data"),
    State(ids.PROFILE, "data"),
)
@checked
def update_results(
    clicks: Clicks,
    preference: Preference,
    split_year: Year | None,
    genres: Texts | None,
    without: Texts | None,
    key: ModelKey,
    compare: bool | None,
    surprise: Surprise | None,
    variety: Variety | None,
    settled: Clicks,
    stored: Any,
):
    """Recommendations once asked for or there are enough ratings, and anew when these change."""
    profile = SavedProfile.from_store(stored)
    if not clicks and len(profile.ratings) < ENOUGH:
        return html.P(f"Rate {ENOUGH} films, and your ten appear here.", className="muted")
    wanted = {
        "hidden": profile.not_again,
        "preference": preference,
        "split_year": shelves.SPLIT_YEAR if split_year is None else split_year,
        "genres": tuple(genres or ()),
        "without": tuple(without or ()),
        "surprise": surprise or 0.0,
        "variety": variety or 0.0,
    }
    if not profile.ratings:
        return html.P("Rate at least one film first.", className="muted")
    with session() as current:
        dataset, models = current.dataset, current.models
        estimates = models.star_estimates()
        model = None if compare else models.answering(key)
        if model:
            found = shelves.recommend(model, profile.asked, **wanted, estimates=estimates)
            imdb = queries.imdb_ids(current.connection, _movie_ids(found))
    if compare:
        every = models.every()
        compared = result_lists.comparison(_compared(every, profile, wanted))
        return [_left_out(profile), former_notice(every, models, dataset), compared]
    if model is None:
        return waiting()
    return [
        _left_out(profile),
        former_notice([model], models, dataset),
        _stand_in(model, MODELS[key], dataset),
        result_lists.shelves(found, reasons_of(model, profile, dataset), imdb),
    ]


def _compared(models: list[Recommender], profile: SavedProfile, wanted: dict) -> dict[str, list]:
    """The models' best films by their labels, the default first. wanted: as for shelves.top."""
    default = MODELS[DEFAULT_MODEL].label
    found = {}
    for model in sorted(models, key=lambda model: model.label != default):
        found[model.label] = shelves.top(model, profile.asked, **wanted)
        if model.label != default:  # what all of them learned is more than the app itself takes
            let_go(model)
    return found


def _movie_ids(found: shelves.Shelves) -> list[int]:
    return [film.movie_id for film in (*found.tonight, *found.gems, *found.genres)]


def reasons_of(model: Recommender, profile: SavedProfile, dataset: Dataset) -> result_lists.Reasons:
    """How a model's reasons are said to a visitor of the dataset."""
    titles = _names(model.matrix_, profile.asked)
    return result_lists.Reasons(
        profile.asked, titles, model.says_because, RatedWords(dataset.scale)
    )


def _names(ratings: RatingMatrix, movie_ids: Iterable[int]) -> dict[int, str]:
    """Titles of films, as they are said within a sentence."""
    movies, titles = list(movie_ids), ratings.movies["title"].array
    known = zip(movies, ratings.columns(movies), strict=True)
    return {movie: short_title(titles[column]) for movie, column in known if column >= 0}


def _left_out(profile: SavedProfile) -> html.P | None:
    return _said(profile.left_out) if profile.left_out else None


def _stand_in(model: Recommender, wanted: type[Recommender], dataset: Dataset) -> html.P | None:
    """Which model answers in the place of the one that was asked for."""
    if isinstance(model, wanted):
        return None
    waiting_for = (
        f"{wanted.label} is still being trained; until it is ready, the model “{model.label}”"
        " answers, and its lists are simpler."
    )
    return _said(wanted.obstacle(dataset.ratings) or waiting_for)


def _said(text: str) -> html.P:
    return html.P(text, className="muted", role="status")
