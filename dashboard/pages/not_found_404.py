"""What an address that is no page shows; the server answers it with status 404."""

import dash
from dash import dcc, get_relative_path, html

from dashboard.components import page

dash.register_page(__name__, path="/404", title="Not found · Reelscope", order=None)


def layout(**_):
    return page(
        "There is no such page",
        "The address may be mistyped, or the page may have moved.",
        html.P(dcc.Link("Go to the overview", href=get_relative_path("/")), className="mt-3"),
    )
