"""One callback for every chart's figure and CSV link, one for its table."""

from dash import (
    MATCH,
    ClientsideFunction,
    Input,
    Output,
    State,
    callback,
    clientside_callback,
    get_relative_path,
)

from dashboard import ids
from dashboard.charting.chart import CHARTS, Chart, Marks
from dashboard.components import BLANK, table_data
from dashboard.state.session import session
from dashboard.state.view import View
from dashboard.theme import THEMES


def _part(role: str) -> dict:
    return ids.chart_part(role, MATCH)


@callback(
    Output(_part("graph"), "figure"),
    Output(_part("empty"), "hidden"),
    Output(_part("csv-link"), "href"),
    Input(ids.VIEW, "data"),
    Input(ids.THEME, "data"),
    Input(_part("marks"), "data"),
    State(_part("graph"), "id"),
)
def update_chart(stored, theme_name, marked, part):
    chart, view, theme = _chart(part), View.from_store(stored), _theme(theme_name)
    with session() as current:
        rows = chart.drawn(current, view)
    figure = BLANK if rows.empty else chart.draw(rows, theme, view, _marks(marked))
    return figure, not rows.empty, export_link(chart, view)


# Only an open table asks the server for its rows.
clientside_callback(
    ClientsideFunction("reelscope", "table"),
    Output(_part("table-wanted"), "data"),
    Input(_part("table-button"), "n_clicks"),
    Input(ids.VIEW, "data"),
    State(_part("table-wanted"), "data"),
    prevent_initial_call=True,
)


@callback(
    Output(_part("table-rows"), "data"),
    Input(_part("table-wanted"), "data"),
    State(_part("graph"), "id"),
    prevent_initial_call=True,
)
def update_table(wanted, part):
    """The chart's rows under the view for which its table is open; None where it is closed."""
    if wanted is None:
        return None
    chart, view = _chart(part), View.from_store(wanted)
    with session() as current:
        rows = chart.read(current, view)
    return table_data(rows, chart.title)


clientside_callback(
    ClientsideFunction("reelscope", "drawTable"),
    Output(_part("table"), "hidden"),
    Output(_part("table-button"), "aria-pressed"),
    Input(_part("table-rows"), "data"),
    State(_part("table"), "id"),
    prevent_initial_call=True,
)


def export_link(chart: Chart, view: View) -> str:
    """The chart's CSV under `view`, relative to the page's base."""
    query = view.to_query()
    path = get_relative_path(f"/export/{chart.id}.csv")
    return f"{path}?{query}" if query else path


def _chart(part: object) -> Chart:
    if not isinstance(part, dict) or part.get("chart") not in CHARTS:
        raise ValueError(f"unknown chart: {part!r:.80}")
    return CHARTS[part["chart"]]


def _marks(stored: object) -> Marks:
    """The marks that the page put into the card: whole numbers by kind."""
    if stored is None:
        return {}
    if not isinstance(stored, dict) or not all(
        isinstance(ids, list) and all(type(movie) is int for movie in ids)
        for ids in stored.values()
    ):
        raise ValueError("the marks are not films by kind")
    return stored


def _theme(name: object):
    if name not in THEMES:
        raise ValueError(f"unknown theme: {name!r:.80}")
    return THEMES[name]
