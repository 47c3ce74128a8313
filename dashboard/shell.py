"""The app around the pages: navigation, filter bar, stores, footer."""

import importlib
import os
import pkgutil

import dash
from dash import ClientsideFunction, Dash, Input, Output, clientside_callback, dcc, html

from dashboard import filter_bar, guard, health, pages
from dashboard.charting import export
from dashboard.state.session import session
from dashboard.state.view import movie_of
from db import queries, settings

INDEX = """<!DOCTYPE html>
<html lang="en" data-bs-theme="light">
<head>
{%metas%}
<title>{%title%}</title>
<link rel="icon" href="PREFIXassets/favicon.svg" type="image/svg+xml">
{%css%}
<script src="PREFIXassets/early/theme.js"></script>
</head>
<body>
{%app_entry%}
<div>{%config%}{%scripts%}{%renderer%}</div>
</body>
</html>"""
CITATION = (
    "F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and Context. "
    "ACM Transactions on Interactive Intelligent Systems 5, 4: 19:1–19:19."
)


def create_app() -> Dash:
    """The Dash app with every page of dashboard/pages; touches neither database nor disk."""
    prefix = settings.URL_PREFIX.value()
    app = Dash(
        "reelscope",
        use_pages=True,
        pages_folder="",
        assets_folder=os.path.join(os.path.dirname(os.path.dirname(__file__)), "assets"),
        assets_path_ignore=["early"],
        url_base_pathname=prefix,
        index_string=INDEX.replace("PREFIX", prefix),
        title="Reelscope",
        update_title=None,
        suppress_callback_exceptions=True,
        meta_tags=[
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
            {
                "name": "description",
                "content": "Film ratings: how they change, who gives them, what to watch next.",
            },
            {"name": "color-scheme", "content": "light dark"},
        ],
    )
    for found in pkgutil.iter_modules(pages.__path__):
        module = importlib.import_module(f"dashboard.pages.{found.name}")
        dash.page_registry[module.__name__]["layout"] = module.layout
    importlib.import_module("dashboard.charting.chart_callbacks")
    app.layout = _layout(app)
    export.install(app.server, prefix)
    health.install(app.server, prefix)
    guard.install(app, exists=_film_exists)
    return app


def _film_exists(path: str) -> bool:
    """Whether a path such as /films/318 is the page of a film of the current dataset."""
    movie = movie_of(path)
    if movie is None:
        return False
    with session() as current:
        return queries.movie(current.connection, movie) is not None


def _layout(app: Dash) -> html.Div:
    return html.Div(
        [
            html.A("Skip to content", href="#content", className="skip-link"),
            dcc.Store(id="url"),
            dcc.Store(id="view"),
            dcc.Store(id="theme"),
            html.Header([_navigation(app), filter_bar.layout()]),
            html.Main(
                dash.page_container,
                id="content",
                className="page",
                tabIndex="-1",
            ),
            _footer(),
            html.Div(
                "The database can’t be reached; trying again.",
                id="outage",
                className="outage",
                role="alert",
                hidden=True,
            ),
        ]
    )


def _navigation(app: Dash) -> html.Nav:
    """Links to the registered pages in their order; pages of one film and the like have no link."""
    listed = [page for page in dash.page_registry.values() if page.get("order") is not None]
    links = [
        html.Li(
            dcc.Link(
                page["name"],
                href=app.get_relative_path(page["path"]),
                id={"type": "nav", "path": page["path"]},
            )
        )
        for page in sorted(listed, key=lambda page: page["order"])
    ]
    return html.Nav(
        html.Div(
            [
                dcc.Link("Reelscope", href=app.get_relative_path("/"), className="brand"),
                html.Ul(links, className="nav-links"),
                html.Button(
                    _HALF_MOON,
                    id="theme-switch",
                    className="theme-switch",
                    type="button",
                    **{"aria-label": "Switch between light and dark"},
                ),
            ],
            className="page nav-row",
        ),
        className="nav-shell",
        **{"aria-label": "Pages"},
    )


_HALF_MOON = html.Span(
    "◐", **{"aria-hidden": "true"}, style={"fontSize": "1.25rem", "lineHeight": 1}
)


def _footer() -> html.Footer:
    return html.Footer(
        html.Div(
            [
                html.P(
                    [
                        "Ratings: MovieLens, by GroupLens at the University of Minnesota, not for"
                        " commercial use. ",
                        html.Span(CITATION),
                    ],
                    className="mb-0",
                )
            ],
            className="page",
        ),
        className="site",
    )


clientside_callback(
    ClientsideFunction("reelscope", "address"),
    Output("url", "data"),
    Input("_pages_location", "pathname"),
    Input("_pages_location", "search"),
)
clientside_callback(
    ClientsideFunction("reelscope", "write"),
    Output({"type": "nav", "path": dash.ALL}, "href"),
    Input("view", "data"),
    dash.State({"type": "nav", "path": dash.ALL}, "id"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("reelscope", "theme"),
    Output("theme", "data"),
    Input("theme-switch", "n_clicks"),
)
