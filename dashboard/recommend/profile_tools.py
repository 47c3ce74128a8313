"""A visitor's ratings as a whole: kept by the browser, as a file, and forgotten."""

from dash import ClientsideFunction, Input, Output, State, clientside_callback, dcc, html

from dashboard import ids


def kept_layout() -> html.P:
    """What the visitor is told where the browser can't keep their ratings."""
    return html.P(id="profile-kept", className="card-about", role="status")


def layout() -> list:
    return [
        html.Div(
            [
                _button("profile-download", "Download my ratings"),
                _button(ids.PROFILE_LOAD, "Load ratings from a file"),
                _button(ids.PROFILE_LINK, "Link to my ratings"),
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
        html.Div(id=ids.PROFILE_LINKED, className="small", role="status"),
        dcc.Store(id=ids.CARDS_DATASET),
    ]


def _button(id: str, text: str) -> html.Button:
    return html.Button(text, id=id, type="button", className="btn btn-quiet")


clientside_callback(
    ClientsideFunction("keptProfile", "open"),
    Output(ids.PROFILE, "data", allow_duplicate=True),
    Output(ids.PROFILE_LOADED, "data"),
    Output(ids.ASKED, "data", allow_duplicate=True),
    Input(ids.PROFILE_HERE, "data"),
    State(ids.RULES, "data"),
    prevent_initial_call="initial_duplicate",
)
clientside_callback(
    ClientsideFunction("keptProfile", "cards"),
    Output(ids.PROFILE_LINKED, "data-dataset"),
    Input(ids.CARDS_DATASET, "data"),
    State(ids.RULES, "data"),
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
