"""A small Dash app with every kind of callback, behind the guard."""

from collections import OrderedDict
from contextlib import contextmanager
from typing import Annotated, Any

import dash
import pytest
from dash import ALL, ALLSMALLER, MATCH, Dash, Input, Output, State, dcc, html
from dash.exceptions import InvalidCallbackReturnValue
from flask import abort
from sqlalchemy.exc import DataError

from dashboard import guard
from dashboard.state.payloads import checked, one_of
from db.errors import DatabaseBusy, DatabaseUnavailable, NoDataset

# What wrong code raises: none of it is the visitor's fault
BUGS = {
    "value": ValueError("secret"),
    "type": TypeError("secret"),
    "key": KeyError("secret"),
    "attribute": AttributeError("secret"),
    "arithmetic": ZeroDivisionError("secret"),
    "bug": RuntimeError("secret"),
    "database": DataError("select 1", {"movie": 318}, Exception("secret")),
    "dash": InvalidCallbackReturnValue("secret"),
}
FAILURES = BUGS | {
    "away": DatabaseUnavailable("secret"),
    "busy": DatabaseBusy(),
    "empty": NoDataset(),
}


INDEX = """<!DOCTYPE html>
<html>
<head>{%metas%}<title>{%title%}</title>{%favicon%}{%css%}<script>theme("ü")</script></head>
<body>{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""


@pytest.fixture(scope="module")
def assets(tmp_path_factory):
    """A folder with a style sheet large enough to be compressed."""
    folder = tmp_path_factory.mktemp("assets")
    (folder / "style.css").write_text("body { color: black }\n" * 100)
    return folder


@pytest.fixture(scope="module")
def app(assets):
    """The app at "/", warmed."""
    with own_registries():
        yield warmed(build("/", assets))


@pytest.fixture(scope="module")
def prefixed_app(assets):
    """The same app below "/a/b/"."""
    with own_registries():
        yield warmed(build("/a/b/", assets))


@pytest.fixture
def client(app):
    return app.server.test_client()


@pytest.fixture(params=BUGS)
def bug(request):
    """One of the kinds of bugs that a callback may have."""
    return request.param


@pytest.fixture
def new_registries():
    """Dash's registries are empty for this test."""
    with own_registries():
        yield


@contextmanager
def own_registries():
    """Dash keeps pages and callbacks in globals: here they are this app's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dash._pages.PAGE_REGISTRY", OrderedDict())
        patch.setattr("dash._pages.CONFIG", dash._pages.CONFIG)
        patch.setattr("dash._get_paths.CONFIG", dash._get_paths.CONFIG)
        patch.setattr("dash._get_app.APP", dash._get_app.APP)
        patch.setattr("dash._callback.GLOBAL_CALLBACK_MAP", {})
        patch.setattr("dash._callback.GLOBAL_CALLBACK_LIST", [])
        patch.setattr("dash._callback.GLOBAL_INLINE_SCRIPTS", [])
        yield


def warmed(app):
    guard.warm(app)
    return app


def build(prefix, assets):
    app = Dash(
        "guarded",
        use_pages=True,
        pages_folder="",
        assets_folder=str(assets),
        index_string=INDEX,
        url_base_pathname=prefix,
        suppress_callback_exceptions=True,
        meta_tags=[{"name": "description", "content": "<script>no()</script>"}],
    )
    dash.register_page("home", path="/", layout=lambda **query: html.Div(dcc.Input(id="name")))
    dash.register_page("film", path_template="/films/<movie>", layout=lambda **query: html.Div())
    dash.register_page("not_found_404", path="/not-found-404", layout=html.H1("No such page"))
    app.layout = html.Div([dash.page_container, dcc.Graph(id="graph", figure={})])
    _add_callbacks(app)
    _add_routes(app.server)
    guard.install(app, exists=_exists)
    return app


def _exists(path):
    if path == "/films/away":
        raise DatabaseUnavailable
    return path in ("/films/318", "/films/318/")


def _add_routes(server):
    @server.route("/refused")
    def refused():
        abort(400, "No such colour.")

    @server.route("/<any(bug, away, key):how>")
    def broken(how):
        raise FAILURES[how]


def _add_callbacks(app):
    @app.callback(Output("greeting", "children"), Input("name", "value"), State("store", "data"))
    def greet(name, store):
        return f"Hello {name} {store}"

    @app.callback(Output("one", "children"), Output("two", "title"), Input("name", "value"))
    def both(name):
        return name, name

    @app.callback(
        Output({"type": "out", "index": MATCH}, "children"),
        Input({"type": "stars", "index": MATCH}, "value"),
        State({"type": "stars", "index": ALLSMALLER}, "value"),
    )
    def matched(value, smaller):
        return f"{value} after {smaller}"

    @app.callback(
        Output({"type": "stars", "index": ALL}, "value"),
        Output("name", "className"),
        Input("button", "n_clicks"),
        State({"type": "stars", "index": ALL}, "value"),
    )
    @checked
    def raised(clicks: Any, values: Any):
        """As many as are asked for, which need not be as many as there are values."""
        return [1 for _ in dash.ctx.outputs_list[0]], "raised"

    @app.callback(
        Output("greeting", "children", allow_duplicate=True),
        Input("button", "n_clicks"),
        prevent_initial_call=True,
    )
    def again(clicks):
        return f"Again {clicks}"

    @app.callback(Input("button", "n_clicks"))
    def silent(clicks):
        return None

    @app.callback(
        output={"a": Output("a", "children"), "b": Output("b", "children")},
        inputs={"clicks": Input("button", "n_clicks"), "name": State("name", "value")},
    )
    def grouped(clicks, name):
        return {"a": clicks, "b": name}

    @app.callback(Output("failure", "children"), Input("failing", "value"))
    @checked
    def fail(how: Annotated[str, one_of(FAILURES)]):
        raise FAILURES[how]

    app.clientside_callback(
        "function(clicks) { return 'clicked ' + clicks }",
        Output("button", "title"),
        Input("button", "n_clicks"),
    )
