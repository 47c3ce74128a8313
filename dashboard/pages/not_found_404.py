"""What an address that is no page shows; the server answers it with status 404."""

from dash import dcc, get_relative_path, html

from dashboard.components import page
from dashboard.page_registry import register_page
from dashboard.paths import OVERVIEW

register_page(__name__, "/404", "Not found", filters=False)


def layout(**_):
    return page(
        "There is no such page",
        "The address may be mistyped, or the page may have moved.",
        html.P(dcc.Link("Go to the overview", href=get_relative_path(OVERVIEW)), className="mt-3"),
    )
