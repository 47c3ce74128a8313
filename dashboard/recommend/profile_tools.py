"""A visitor's ratings as a whole: kept by the browser, as a file, and forgotten."""

import secrets

from dash import (
    ClientsideFunction,
    Input,
    Output,
    State,
    callback,
    clientside_callback,
    dcc,
    html,
    no_update,
)

from dashboard import ids
from dashboard.components import note
from dashboard.recommend.profile import SavedProfile, SavedProfileError
from dashboard.state.payloads import checked
from dashboard.state.session import session
from dashboard.wording import count
from db import queries


def kept_layout() -> html.P:
    """What the visitor is told where the browser can't keep their ratings."""
    return html.P(id="profile-kept", className="card-about", role="status")


def layout() -> list:
    return [
        html.Div(
            [
                _button("profile-download", "Download my ratings"),
                _button(ids.PROFILE_LOAD, "Load ratings from a file"),
                dcc.Store(id=ids.PROFILE_UPLOAD),  # the chosen file as a data URL (rating.js)
                _button(ids.FORGET, "Forget my ratings"),
            ],
            className="rate-tools",
        ),
        html.Div(
            [
                html.Span(id="forget-question"),
                _button("forget-sure", "Forget them"),
                _button(ids.FORGET_NOT, "Keep them"),
            ],
            id="forget-asked",
            className="note rate-tools",
            hidden=True,
            role="group",
            **{"aria-labelledby": "forget-question"},
        ),
        html.Div(
            [
                html.Span("Your ratings are forgotten.", role="status"),
                _button(ids.FORGET_UNDO, "Undo"),
            ],
            id="forget-done",
            className="note rate-tools",
            hidden=True,
        ),
        dcc.Store(id="forgotten"),  # the profile until the page is left
        html.Div(id="profile-note", role="status"),
    ]


def _button(id: str, text: str) -> html.Button:
    return html.Button(text, id=id, type="button", className="btn btn-quiet")


clientside_callback(
    ClientsideFunction("keptProfile", "open"),
    Output(ids.PROFILE, "data", allow_duplicate=True),
    Output(ids.PROFILE_LOADED, "data"),
    Output(ids.ASKED, "data", allow_duplicate=True),
    Input(ids.RULES, "data"),
    prevent_initial_call="initial_duplicate",
)
clientside_callback(
    ClientsideFunction("keptProfile", "keepAsked"),
    Output(ids.ASKED_FILMS, "data-kept"),
    Input(ids.ASKED, "data"),
)
clientside_callback(
    ClientsideFunction("keptProfile", "keep"),
    Output("profile-kept", "children"),
    Input(ids.PROFILE, "data"),
    State(ids.RULES, "data"),
)
clientside_callback(
    ClientsideFunction("rating", "download"),
    Output("profile-download", "data-done"),
    Input("profile-download", "n_clicks"),
    State(ids.PROFILE, "data"),
    prevent_initial_call=True,
)


clientside_callback(
    ClientsideFunction("forgetting", "update"),
    Output(ids.PROFILE, "data", allow_duplicate=True),
    Output(ids.PROFILE_LOADED, "data", allow_duplicate=True),
    Output("forgotten", "data"),
    Output("forget-asked", "hidden"),
    Output("forget-done", "hidden"),
    Output("forget-question", "children"),
    Input(ids.FORGET, "n_clicks"),
    Input("forget-sure", "n_clicks"),
    Input(ids.FORGET_NOT, "n_clicks"),
    Input(ids.FORGET_UNDO, "n_clicks"),
    State(ids.PROFILE, "data"),
    State("forgotten", "data"),
    prevent_initial_call=True,
)


@callback(
    Output(ids.PROFILE, "data", allow_duplicate=True),
    Output("profile-note", "children"),
    Output(ids.PROFILE_LOADED, "data", allow_duplicate=True),
    Input(ids.PROFILE_UPLOAD, "data"),
    prevent_initial_call=True,
)
@checked
def load_profile(contents: str | None):
    """A profile file to the browser's store."""
    try:
        profile = SavedProfile.from_upload(contents)
    except SavedProfileError as error:
        return no_update, note(f"That file is not a profile of Reelscope: {error}."), no_update
    with session() as current:
        known = queries.movies(
            current.connection, [*profile.ratings, *profile.hidden, *profile.saved]
        )
        fingerprint = current.dataset.fingerprint
    kept = profile.only(known["movie_id"])
    lost = len(profile) - len(kept)
    text = f"Loaded {count(len(kept.ratings), 'rating')}."
    text += (
        f" {count(lost, 'film')} of the file {'is' if lost == 1 else 'are'} not in this dataset."
        if lost
        else ""
    )
    return kept.to_json(known, fingerprint), note(text), secrets.token_hex(4)
