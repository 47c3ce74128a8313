"""The app around the pages: navigation, filter bar, stores, footer."""

import importlib
import os
import pkgutil

import dash
from dash import (
    ClientsideFunction,
    Dash,
    Input,
    Output,
    clientside_callback,
    dcc,
    html,
)

from dashboard import filter_bar, guard, health, ids, pages, scripts
from dashboard.browser_rules import browser_rules
from dashboard.charting import api_document, export
from dashboard.document import Document, index
from dashboard.metrics import counting, metrics_route
from dashboard.page_registry import APP, linked_pages, something_at
from dashboard.paths import DATA, OVERVIEW
from dashboard.pictures import details_route
from dashboard.rating_files import upload_route
from dashboard.theme import DARK, THEMES
from db import settings
from db.version import VERSION

CITATION = (
    "F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and Context. "
    "ACM Transactions on Interactive Intelligent Systems 5, 4: 19:1–19:19."
)


def create_app() -> Dash:
    """The Dash app with every page of dashboard/pages; touches neither database nor disk."""
    prefix = settings.URL_PREFIX.value()
    app = Document(
        "reelscope",
        use_pages=True,
        pages_folder="",
        assets_folder=os.path.join(os.path.dirname(os.path.dirname(__file__)), "assets"),
        assets_path_ignore=["early"],
        url_base_pathname=prefix,
        index_string=index(prefix),
        include_pages_meta=False,  # its description is empty and its title that of another prefix
        title=APP,
        update_title=None,
        suppress_callback_exceptions=True,
        meta_tags=[
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
            {"name": "color-scheme", "content": " ".join(THEMES)},
        ],
    )
    for found in pkgutil.iter_modules(pages.__path__):
        module = importlib.import_module(f"dashboard.pages.{found.name}")
        dash.page_registry[module.__name__]["layout"] = module.layout
    importlib.import_module("dashboard.charting.chart_callbacks")
    app.layout = _layout(app)
    export.install(app.server, prefix)
    api_document.install(app.server, prefix)
    upload_route.install(app.server, prefix)
    details_route.install(app.server, prefix)
    scripts.install(app.server, f"{prefix}assets/")
    health.install(app.server, prefix)
    metrics_route.install(app.server, prefix)
    guard.install(app, exists=something_at)
    counting.install(app)
    return app


def _layout(app: Dash) -> html.Div:
    return html.Div(
        [
            html.A("Skip to content", href="#content", className="skip-link"),
            dcc.Store(id=ids.RULES, data=browser_rules()),
            dcc.Store(id=ids.URL),
            dcc.Store(id=ids.VIEW),
            dcc.Store(id=ids.THEME),
            dcc.Store(id=ids.SCALE),
            dcc.Store(id=ids.SCALE_READ),
            dcc.Store(id=ids.DATASET),
            dcc.Store(id=ids.PROFILE_HERE),
            html.Header([_navigation(app), filter_bar.layout()], **{"data-bs-theme": DARK.name}),
            html.Main(
                dash.page_container,
                id="content",
                className="page",
                tabIndex="-1",
                disable_n_clicks=True,
            ),
            _footer(app),
            html.Div(
                "The database can’t be reached; trying again.",
                id=ids.OUTAGE,
                className="outage",
                role="alert",
                hidden=True,
            ),
        ]
    )


def _navigation(app: Dash) -> html.Nav:
    """Links to the registered pages that have a place here."""
    links = [
        html.Li(
            html.A(
                page.name,
                href=app.get_relative_path(page.path),
                className="view-link",  # assets/reelscope.js puts the filters in and follows it
            )
        )
        for page in linked_pages()
    ]
    return html.Nav(
        html.Div(
            [
                dcc.Link(APP, href=app.get_relative_path(OVERVIEW), className="brand"),
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


def _footer(app: Dash) -> html.Footer:
    return html.Footer(
        html.Div(
            [
                html.P(
                    [
                        html.Span("Ratings", id=ids.WHOSE),
                        "; what may be done with them says the page ",
                        dcc.Link("Data", href=app.get_relative_path(DATA)),
                        ". MovieLens’ are by GroupLens at the University of Minnesota, not for"
                        " commercial use. ",
                        html.Span(CITATION),
                    ],
                    className="mb-0",
                ),
                html.P([f"Reelscope {VERSION} · ", html.Span(id=ids.SOURCE)], className="mb-0"),
            ],
            className="page",
        ),
        className="site",
    )


clientside_callback(
    ClientsideFunction("reelscope", "address"),
    Output(ids.URL, "data"),
    Input(ids.LOCATION, "pathname"),
    Input(ids.LOCATION, "search"),
    dash.State(ids.RULES, "data"),
)
clientside_callback(
    ClientsideFunction("reelscope", "write"),
    Input(ids.VIEW, "data"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("ratedScale", "use"),
    Output(ids.SCALE_READ, "data"),
    Input(ids.SCALE, "data"),
)
clientside_callback(
    ClientsideFunction("keptProfile", "here"),
    Output(ids.PROFILE_HERE, "data"),
    Input(ids.DATASET, "data"),
    dash.State(ids.RULES, "data"),
)
clientside_callback(
    ClientsideFunction("reelscope", "theme"),
    Output(ids.THEME, "data"),
    Input("theme-switch", "n_clicks"),
)
