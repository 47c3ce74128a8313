"""Yours: what the visitor rated, saved and dismissed; it is in their browser, and stays there."""

from dash import html

from dashboard.components import page
from dashboard.page_registry import register_page
from dashboard.paths import YOURS

register_page(__name__, YOURS, "Yours", filters=False, order=5.5)


def layout(**_):
    return page(
        "Yours",
        "The films that you rated, saved or sent away. They stay in this browser.",
        html.Div(id="yours", className="yours"),
    )
