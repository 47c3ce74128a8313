"""One callback for every chart's figure and CSV link, one for its table."""

from dataclasses import replace
from functools import partial
from typing import Annotated

from dash import (
    ALL,
    MATCH,
    ClientsideFunction,
    Input,
    Output,
    State,
    callback,
    clientside_callback,
    get_relative_path,
)
from dash.exceptions import PreventUpdate
from pydantic import BaseModel, Field

from dashboard import ids
from dashboard.charting import ways
from dashboard.charting.chart import CHARTS, Chart
from dashboard.charting.mark_click import MarkClick
from dashboard.charting.on_scale import themed
from dashboard.components import BLANK, table_data
from dashboard.state.payloads import MovieIds, StoredView, checked, one_of
from dashboard.state.session import session
from dashboard.state.view import View
from dashboard.theme import THEMES


def _part(role: str) -> dict:
    return ids.chart_part(role, MATCH)


class ChartPart(BaseModel):
    """The id of a part of a chart's card."""

    chart: Annotated[str, one_of(CHARTS)]


class TableOrder(BaseModel):
    """By which column a visitor has ordered a table."""

    column: Annotated[int, Field(ge=0, le=50)]
    descending: bool


StoredMarks = Annotated[dict[str, MovieIds], Field(max_length=10)]
"""The marks that the page put into the card."""


@callback(
    Output(_part("graph"), "figure"),
    Output(_part("empty"), "hidden"),
    Output(_part("csv-link"), "href"),
    Output(_part("against"), "children"),
    Input(ids.VIEW, "data"),
    Input(ids.THEME, "data"),
    Input(_part("marks"), "data"),
    State(_part("graph"), "id"),
)
@checked
def update_chart(
    stored_view: StoredView | None,
    theme_name: Annotated[str, one_of(THEMES)],
    marked: StoredMarks | None,
    part: ChartPart,
):
    chart, view, theme = CHARTS[part.chart], View.from_store(stored_view), THEMES[theme_name]
    # What has a person's marks would drive out what many ask for
    of_many = not any((marked or {}).values())
    with session(chart.remembered, until_learned=of_many) as current:
        rows, others = chart.drawn(current, view), chart.others(current, view)
    theme = themed(theme, current.dataset.scale)
    figure = BLANK if rows.empty else chart.draw(rows, theme, view, marked or {}, others)
    return figure, not rows.empty, export_link(chart, view), told_against(chart, view)


# Only an open table asks the server for its rows.
clientside_callback(
    ClientsideFunction("reelscope", "tables"),
    Output(ids.chart_part("table-wanted", ALL), "data"),
    Input(ids.chart_part("table-button", ALL), "n_clicks"),
    Input(ids.VIEW, "data"),
    State(ids.chart_part("table-wanted", ALL), "data"),
    prevent_initial_call=True,
)


@callback(
    Output(_part("table-rows"), "data"),
    Input(_part("table-wanted"), "data"),
    Input(_part("table-order"), "data"),
    State(_part("graph"), "id"),
    prevent_initial_call=True,
)
@checked
def update_table(wanted: StoredView | None, order: TableOrder | None, part: ChartPart):
    """The chart's rows under the view for which its table is open; None where it is closed."""
    if wanted is None:
        return None
    chart, view = CHARTS[part.chart], View.from_store(wanted)
    with session(chart.remembered, until_learned=True) as current:
        rows = chart.read(current, view)
    by = (order.column, order.descending) if order and order.column < len(rows.columns) else None
    return table_data(rows, chart.title, partial(ways.links, view=view), by)


clientside_callback(
    ClientsideFunction("reelscope", "drawTable"),
    Output(_part("table"), "hidden"),
    Output(_part("table-button"), "aria-pressed"),
    Input(_part("table-rows"), "data"),
    State(_part("table"), "id"),
    prevent_initial_call=True,
)


@callback(
    Output(_part("way"), "data"),
    Output(_part("graph"), "clickData"),
    Input(_part("graph"), "clickData"),
    State(ids.VIEW, "data"),
    State(_part("graph"), "id"),
    prevent_initial_call=True,
)
@checked
def follow_mark(click: MarkClick | None, stored_view: StoredView | None, part: ChartPart):
    """Where a clicked mark leads. The click is forgotten, so that one more is told as well."""
    if click is None:
        raise PreventUpdate
    view = View.from_store(stored_view)
    return ways.address(view, click.values(CHARTS[part.chart].leads)), None


clientside_callback(
    ClientsideFunction("reelscope", "follow"),
    Input(_part("way"), "data"),
    prevent_initial_call=True,
)


def told_against(chart: Chart, view: View) -> str | None:
    """What a chart compares, or that it can't; nothing where nothing is compared."""
    if view.vs is None:
        return None
    if chart.versus is None:
        return "Of the first set alone: two sets can’t be compared here."
    this, that = view.said
    said = f"{this[0].upper()}{this[1:]}, against {that}."
    return f"{said} The table and the files have the differences."


def export_link(chart: Chart, view: View) -> str:
    """The chart's CSV under `view`, relative to the page's base."""
    query = (view if chart.versus else replace(view, vs=None)).to_query()
    path = get_relative_path(f"/export/{chart.id}.csv")
    return f"{path}?{query}" if query else path
