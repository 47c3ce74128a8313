"""Recommend: rate films, get films."""

import secrets

import dash
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

from dashboard import models, results
from dashboard.components import note, page
from dashboard.figures.titles import film_name
from dashboard.profile import EMPTY_PROFILE, Profile, ProfileError
from dashboard.rating_cards import rating_cards
from dashboard.wording import count
from db import queries
from db.engine import dataset, reading
from recommender import elicit, shelves
from recommender.models import DEFAULT_MODEL, MODELS

dash.register_page(
    __name__, path="/recommend", name="Recommend", title="Recommend · Reelscope", order=5
)

ASKED = 15
STRATEGIES = {
    "popular": "Well known",
    "best": "Best rated",
    "representative": "Of every genre",
    "polarising": "Polarising",
}
PREFERENCES = {"any": "Any age", "old": "Older films", "new": "Newer films"}
COMPARED = 10  # films of each model side by side


def layout(**_):
    return page(
        "Recommend",
        "Rate a few films you know; the more, the better the recommendations. Your ratings stay"
        " in this browser.",
        dcc.Store(id="profile", storage_type="local", data=EMPTY_PROFILE),
        dcc.Store(id="asked", data=[]),
        dcc.Store(id="profile-loaded"),
        dcc.Store(id="models-ready"),
        html.Div([_rating_panel(), _result_panel()], className="recommend"),
    )


def _rating_panel() -> html.Section:
    return html.Section(
        [
            html.Div(
                [
                    html.H2("Rate films"),
                    html.Span(id="profile-count", className="muted figures", role="status"),
                ],
                className="card-head",
            ),
            html.Fieldset(
                [
                    html.Legend("Show me films that are", className="filter-label"),
                    dbc.RadioItems(
                        id="strategy", options=_options(STRATEGIES), value="popular", inline=True
                    ),
                ]
            ),
            html.Div(
                [
                    html.Button(
                        "Show me others", id="others", type="button", className="btn btn-quiet"
                    ),
                    html.Div(
                        [
                            html.Label(
                                "Add any film", htmlFor="add-search", className="visually-hidden"
                            ),
                            dbc.Input(
                                id="add-search",
                                type="search",
                                placeholder="Add any film: type a title",
                                debounce=0.25,
                                autocomplete="off",
                                maxlength=100,
                            ),
                            html.Div(id="add-found", className="found"),
                        ],
                        className="add-film",
                    ),
                ],
                className="rate-tools",
            ),
            html.Div(id="asked-films", className="rate-list"),
            html.Details(
                [html.Summary("Your ratings"), html.Div(id="rated-films", className="rate-list")],
                id="rated-details",
                className="rated-details",
            ),
            html.Div(
                [
                    html.Button(
                        "Download my ratings",
                        id="profile-download",
                        type="button",
                        className="btn btn-quiet",
                    ),
                    dcc.Upload(
                        html.Span("Load ratings from a file", className="btn btn-quiet"),
                        id="profile-upload",
                        accept=".json,application/json",
                        className="upload",
                    ),
                    html.Button(
                        "Forget my ratings",
                        id="profile-forget",
                        type="button",
                        className="btn btn-quiet",
                    ),
                ],
                className="rate-tools",
            ),
            html.Div(id="profile-note", role="status"),
        ],
        className="card-panel rate-panel",
    )


def _result_panel() -> html.Section:
    return html.Section(
        [
            html.H2("What shall it be?"),
            html.Div(
                [
                    html.Fieldset(
                        [
                            html.Legend("Age of the film", className="filter-label"),
                            dbc.RadioItems(
                                id="preference",
                                options=_options(PREFERENCES),
                                value="any",
                                inline=True,
                            ),
                        ]
                    ),
                    html.Div(
                        [
                            html.Label(
                                "Newer means released from",
                                htmlFor="split-year",
                                className="filter-label",
                            ),
                            dbc.Input(
                                id="split-year",
                                type="number",
                                min=1900,
                                max=2100,
                                step=1,
                                value=shelves.SPLIT_YEAR,
                                debounce=True,
                            ),
                        ]
                    ),
                    html.Details(
                        [
                            html.Summary("All genres", id="recommend-genres-summary"),
                            html.Fieldset(
                                [
                                    html.Legend("Genres, any of", className="visually-hidden"),
                                    dbc.Checklist(
                                        id="recommend-genres",
                                        options=[],
                                        value=[],
                                        className="picker-columns",
                                    ),
                                ],
                                className="picker-panel",
                            ),
                        ],
                        className="picker",
                    ),
                    html.Div(
                        [
                            html.Label("Model", htmlFor="model", className="filter-label"),
                            dbc.Select(id="model", options=_model_options(), value=DEFAULT_MODEL),
                        ]
                    ),
                ],
                className="filter-row",
            ),
            html.P(id="model-about", className="card-about"),
            html.Div(
                [
                    html.Button(
                        "Recommend",
                        id="recommend",
                        type="button",
                        className="btn btn-accent",
                        n_clicks=0,
                    ),
                    dbc.Switch(id="compare", label="Compare all models", value=False),
                ],
                className="rate-tools",
            ),
            dcc.Loading(
                html.Div(id="results", **{"aria-live": "polite"}),
                delay_show=250,
                color="var(--accent)",
            ),
        ],
        className="card-panel",
    )


def _options(labels: dict[str, str]) -> list[dict]:
    return [{"value": value, "label": label} for value, label in labels.items()]


def _model_options() -> list[dict]:
    return [
        {
            "value": key,
            "label": model.label + (" (best in our tests)" if key == DEFAULT_MODEL else ""),
        }
        for key, model in MODELS.items()
    ]


clientside_callback(
    ClientsideFunction("rating", "update"),
    Output("profile", "data"),
    Output({"type": "rate-slider", "movie": ALL}, "value"),
    Output({"type": "rate-value", "movie": ALL}, "children"),
    Output({"type": "rate-hide", "movie": ALL}, "aria-pressed"),
    Output({"type": "rate-row", "movie": ALL}, "className"),
    Output("profile-count", "children"),
    Output("recommend", "disabled"),
    Input({"type": "rate-slider", "movie": ALL}, "value"),
    Input({"type": "rate-minus", "movie": ALL}, "n_clicks"),
    Input({"type": "rate-plus", "movie": ALL}, "n_clicks"),
    Input({"type": "rate-clear", "movie": ALL}, "n_clicks"),
    Input({"type": "rate-hide", "movie": ALL}, "n_clicks"),
    Input("profile", "data"),
    State({"type": "rate-row", "movie": ALL}, "id"),
)
clientside_callback(
    ClientsideFunction("rating", "download"),
    Output("profile-download", "data-done"),
    Input("profile-download", "n_clicks"),
    State("profile", "data"),
    prevent_initial_call=True,
)


@callback(
    Output("asked-films", "children"),
    Output("rated-films", "children"),
    Output("asked", "data"),
    Output("recommend-genres", "options"),
    Input("strategy", "value"),
    Input("others", "n_clicks"),
    Input({"type": "add", "movie": ALL}, "n_clicks"),
    Input("profile-loaded", "data"),
    Input("models-ready", "data"),
    State("asked", "data"),
    State("profile", "data"),
)
def update_films(strategy, others, adds, loaded, ready, asked, stored):
    """The films to rate: new ones at the start and on demand, one more when it is added."""
    matrix = models.matrix()
    if matrix is None:
        return models.waiting(), None, no_update, no_update
    profile = _profile(stored)
    if isinstance(ctx.triggered_id, dict):
        if not any(adds):
            raise PreventUpdate
        added = int(ctx.triggered_id["movie"])
        shown = [added, *(movie for movie in _asked(asked) if movie != added)]
    else:
        seen = {
            *profile.ratings,
            *profile.hidden,
            *(_asked(asked) if ctx.triggered_id == "others" else ()),
        }
        shown = elicit.movies_to_rate(
            matrix, _one_of(strategy, STRATEGIES), ASKED, seed=secrets.randbits(32), skip=seen
        )
    rated = [movie for movie in (*profile.ratings, *profile.hidden) if movie not in set(shown)]
    with reading() as connection:
        names = queries.genres(connection)
        films = {
            film["movie_id"]: film
            for film in queries.movies(connection, [*shown, *rated]).to_dict("records")
        }
    return (
        rating_cards([films[movie] for movie in shown if movie in films], profile),
        rating_cards([films[movie] for movie in rated if movie in films], profile),
        [movie for movie in shown if movie in films],
        names,
    )


@callback(Output("add-found", "children"), Input("add-search", "value"), prevent_initial_call=True)
def update_found(text):
    """Films whose title has the typed words, each a button that adds it."""
    if not isinstance(text, str) or not text.strip():
        return None
    with reading() as connection:
        rows = queries.search_movies(connection, text.strip()[:100], limit=8)
    if rows.empty:
        return html.P("No film has that in its title.", className="muted m-2")
    return [
        html.Button(
            film_name(row.title, row.release_year),
            id={"type": "add", "movie": row.movie_id},
            type="button",
            n_clicks=0,
        )
        for row in rows.itertuples()
    ]


@callback(
    Output("profile", "data", allow_duplicate=True),
    Output("profile-note", "children"),
    Output("profile-loaded", "data"),
    Input("profile-upload", "contents"),
    Input("profile-forget", "n_clicks"),
    prevent_initial_call=True,
)
def load_profile(contents, forget):
    """A profile file to the browser's store, or the store emptied."""
    if ctx.triggered_id == "profile-forget":
        return EMPTY_PROFILE, note("Your ratings are forgotten."), secrets.token_hex(4)
    try:
        profile = Profile.from_upload(contents)
    except ProfileError as error:
        return no_update, note(f"That file is not a profile of Reelscope: {error}."), no_update
    with reading() as connection:
        known = queries.movies(connection, [*profile.ratings, *profile.hidden])
        fingerprint = dataset(connection).fingerprint
    kept = profile.only(known["movie_id"])
    lost = len(profile) - len(kept)
    text = f"Loaded {count(len(kept.ratings), 'rating')}."
    text += (
        f" {count(lost, 'film')} of the file {'is' if lost == 1 else 'are'} not in this dataset."
        if lost
        else ""
    )
    return kept.to_json(known, fingerprint), note(text), secrets.token_hex(4)


@callback(
    Output("model-about", "children"),
    Output("recommend-genres-summary", "children"),
    Input("model", "value"),
    Input("recommend-genres", "value"),
)
def update_about(key, genres):
    return MODELS[_one_of(key, MODELS)].description, ", ".join(
        map(str, genres or [])
    ) or "All genres"


@callback(
    Output("results", "children"),
    Input("recommend", "n_clicks"),
    Input("preference", "value"),
    Input("split-year", "value"),
    Input("recommend-genres", "value"),
    Input("model", "value"),
    Input("compare", "value"),
    State("profile", "data"),
)
def update_results(clicks, preference, split_year, genres, key, compare, stored):
    """Recommendations once asked for, and anew when what is wanted changes."""
    if not clicks:
        return html.P("Rate some films, then choose Recommend.", className="muted")
    profile = _profile(stored)
    wanted = {
        "hidden": profile.hidden,
        "preference": _one_of(preference, PREFERENCES),
        "split_year": split_year if isinstance(split_year, int) else shelves.SPLIT_YEAR,
        "genres": tuple(map(str, genres or ())),
    }
    if not profile.ratings:
        return html.P("Rate at least one film first.", className="muted")
    if compare:
        return results.comparison(models.compared(profile.ratings, wanted, COMPARED))
    model = models.model(_one_of(key, MODELS))
    if model is None:
        return models.waiting()
    found = shelves.recommend(model, profile.ratings, **wanted)
    return results.shelves(found, models.names(profile.ratings), model.says_because)


def _profile(stored: object) -> Profile:
    return Profile.from_json(stored or EMPTY_PROFILE)


def _asked(asked: object) -> list[int]:
    return [movie for movie in asked if isinstance(movie, int)] if isinstance(asked, list) else []


def _one_of(value: object, known):
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{value!r:.40} is none of {', '.join(known)}")
    return value
