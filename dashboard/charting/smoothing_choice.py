"""The links by which a visitor chooses what the points of a line of averages are means of."""

from dataclasses import replace

from dash import Input, Output, callback, html

from dashboard import ids
from dashboard.figures.smoothing import SMOOTH
from dashboard.state.payloads import StoredView, checked
from dashboard.state.view import View


def choice() -> html.P:
    """Where the links stand on a card."""
    return html.P(id="smoothing", className="card-about")


@callback(Output("smoothing", "children"), Input(ids.VIEW, "data"))
@checked
def tell_smoothing(stored_view: StoredView | None):
    """Which means are drawn, and the ways to the others."""
    view = View.from_store(stored_view)
    said: list = ["Points are means "]
    for smooth, words in SMOOTH.items():
        said += [_one(view, smooth, words), " · "]
    return said[:-1]


def _one(view: View, smooth: str, words: str) -> html.B | html.A:
    if smooth == view.smooth:
        return html.B(words, **{"aria-current": "true"})
    query = replace(view, smooth=smooth).to_query()
    return html.A(words, href=f"?{query}", className="view-link")
