"""One chart alone, for other pages to show within theirs where the operator allows that."""

from dash import Input, Output, callback, html

from dashboard import ids
from dashboard.charting.chart import CHARTS
from dashboard.components import cards, chart_card
from dashboard.page_registry import APP, register_page
from dashboard.paths import EMBED
from dashboard.state.payloads import StoredView, checked
from dashboard.state.session import session
from dashboard.state.view import View

SHOWN = "average-rating-by-month"


def chart_exists(path: str) -> bool:
    """Whether a path such as /embed/top-movies is of a chart."""
    return path.rstrip("/").rpartition("/")[2] in CHARTS


def chart_title(chart: str) -> str:
    """The chart's own, for the tab."""
    return CHARTS[chart].title if chart in CHARTS else "No such chart"


register_page(
    __name__,
    EMBED,
    "One chart",
    filters=False,
    title=chart_title,
    example=EMBED.replace("<chart>", SHOWN),
    exists=chart_exists,
)


def layout(chart: str = "", **_):
    heading = html.H1(chart_title(chart), id=ids.PAGE_TITLE, className="visually-hidden")
    if chart not in CHARTS:
        return html.Div([heading, html.P("There is no such chart.")])
    words = html.P(id="alone-words", className="alone-words")
    return html.Div([heading, cards(chart_card(CHARTS[chart], "full lead", words))])


@callback(Output("alone-words", "children"), Input(ids.VIEW, "data"))
@checked
def tell(stored_view: StoredView | None):
    """Of what ratings the chart is: no filter bar says so here."""
    view = View.from_store(stored_view)
    with session(lasting=True) as current:
        return f"{view.filters.description()} · {current.dataset.name}, by {APP}"
