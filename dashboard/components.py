"""The parts that pages are built of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import dash_bootstrap_components as dbc
import pandas as pd
from dash import dcc, html

from dashboard import ids
from dashboard.charting.chart import Chart
from dashboard.figures.titles import film_name
from dashboard.paths import film_path
from dashboard.state.view import View
from dashboard.theme import DARK

GRAPH_CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,  # Plotly would offer to upload the chart to a third party
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": "reset",
}
BLANK = {
    "layout": {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": {"visible": False},
        "yaxis": {"visible": False},
    }
}
TABLE_ROWS = 200


def page(
    title: str, about: str, *children, found: Sequence[html.Div | html.Section] = ()
) -> html.Div:
    """A page's content below the filter bar; the heading takes focus after navigation.

    found: what the page has to say at once, in its opening.
    """
    heading = html.H1(title, id=ids.PAGE_TITLE, tabIndex="-1")
    return html.Div([opening(heading, html.P(about, className="about"), *found), *children])


def opening(*children) -> html.Div:
    """What a page opens with: dark in both themes, as a title on a screen."""
    return html.Div(list(children), className="opening", **{"data-bs-theme": DARK.name})


def cards(*children) -> html.Div:
    """A grid in which each child is full, `half`, `third` or `two-thirds` wide on a wide screen."""
    return html.Div(list(children), className="cards")


def chart_card(
    chart: Chart,
    width: str = "half",
    *extra,
    height: float | None = None,
    config: Mapping[str, object] = GRAPH_CONFIG,
) -> html.Section:
    """A chart with its title, its table and its CSV; dashboard.charting.chart_callbacks fills it.

    height: in rem, where a neighbour asks for another than the chart's own. config: of Plotly.
    """
    height = height or chart.height

    def part(role: str) -> dict:
        return ids.chart_part(role, chart.id)

    return html.Section(
        [
            html.Div(
                [
                    html.Div([html.H2(chart.title, id=f"{chart.id}-title")]),
                    html.Div(
                        [
                            html.Button(
                                "Table",
                                id=part("table-button"),
                                type="button",
                                className="btn btn-quiet",
                                **{"aria-label": f"Table: {chart.title}", "aria-pressed": "false"},
                            ),
                            html.A(
                                "CSV",
                                id=part("csv-link"),
                                className="btn btn-quiet",
                                href="#",
                                **{"aria-label": f"CSV: {chart.title}"},
                            ),
                            _savings(chart),
                        ],
                        className="card-tools",
                    ),
                ],
                className="card-head",
            ),
            html.P(chart.about, className="card-about"),
            html.P(id=part("against"), className="card-against"),
            *extra,
            html.Div(
                [
                    html.Div(
                        # without dcc.Loading, which draws its chart anew; the style sheet says it
                        dcc.Graph(
                            id=part("graph"),
                            figure=BLANK,
                            config=dict(config),
                            responsive=True,
                            className=_gestures(chart),
                            style={"height": f"{height}rem"},
                        ),
                        role="img",
                        # the sentence is there where chance does not explain what is seen
                        **{
                            "aria-labelledby": f"{chart.id}-title",
                            "aria-describedby": f"{chart.id}-finding",
                        },
                    ),
                    _nothing(chart, part("empty")),
                    html.Div(
                        id=part("table"),
                        className="chart-table",
                        hidden=True,
                        tabIndex="0",
                        role="region",
                        **{"aria-label": f"Table: {chart.title}"},
                    ),
                ],
                className="chart-box",
            ),
            dcc.Store(id=part("marks")),
            *([dcc.Store(id=part("way"))] if chart.leads else []),
            dcc.Store(id=part("table-wanted")),
            dcc.Store(id=part("table-order")),
            dcc.Store(id=part("table-rows")),
        ],
        className=f"card-panel {width}",
        style={"--chart-height": f"{height}rem"},
        **{"aria-labelledby": f"{chart.id}-title"},
    )


def _savings(chart: Chart) -> html.Details:
    """What else a chart can be taken along as; assets/saving.js fills it."""
    pictures = [
        html.Button(
            name,
            type="button",
            className="btn btn-quiet",
            **{"data-save": name.lower(), "data-chart": chart.id},
        )
        for name in ("PNG", "SVG")
    ]
    links = [
        html.A(name, className="btn btn-quiet", href="#", **{"data-link": link})
        for name, link in (("JSON", "export"), ("Chart alone", "embed"))
    ]
    return html.Details(
        [
            html.Summary("Save", **{"aria-label": f"Save: {chart.title}"}),
            html.Div([*pictures, *links], className="picker-panel"),
        ],
        className="picker savings",
    )


def _gestures(chart: Chart) -> str:
    """The classes that say what a mouse does: click on marks, brush along time, draw a box."""
    said = {
        "leads": bool(chart.leads or chart.own_clicks),
        "brushes": "month" in chart.keys,
        "brushes boxes": chart.boxes,
    }
    return " ".join(name for name, is_so in said.items() if is_so)


def _nothing(chart: Chart, id: dict) -> html.Div:
    """What stands in for a chart that has nothing to show."""
    said = (
        [html.Div(chart.empty)]
        if chart.empty
        else [
            html.Div(f"No ratings match these filters{_or_else(chart)}."),
            html.A("Reset the filters", href="?", className="reset-link"),
        ]
    )
    return html.Div(said, id=id, className="chart-empty", hidden=True)


def _or_else(chart: Chart) -> str:
    """Why a chart may be empty though there are ratings."""
    if chart.over_time:
        return ", or it is not known when they were given"
    return ", or no film has as many as it takes" if "movie_id" in chart.keys else ""


def waiting() -> html.P:
    """What stands where a model's answer will be."""
    text = "Reelscope is still learning from the ratings. Try again in a moment."
    return html.P(text, className="muted", role="status")


def note(text: str) -> html.Div:
    """A visible note."""
    return html.Div(text, className="note")


def notes(problems: tuple[str, ...]) -> html.Div | None:
    """A visible note that lists what could not be used; nothing where all could."""
    return (
        html.Div(html.Ul([html.Li(problem) for problem in problems]), className="note")
        if problems
        else None
    )


def table_data(
    rows: pd.DataFrame,
    title: str,
    links: Callable[[pd.DataFrame], Mapping[str, list[str]]],
    order: tuple[int, bool] | None = None,
) -> dict:
    """The first 200 rows as text for assets/reelscope.js, numbers rounded for reading.

    links: where the cells of rows lead, by column; they come by the number of the column.
    order: of all rows, the number of the column and whether it descends; None for the chart's own.

    As Dash components they would take seconds to draw: each subscribes to the page's store.
    """
    if order:
        column, descending = order
        name = rows.columns[column]
        rows = rows.sort_values(name, ascending=not descending, kind="stable", na_position="last")
    shown = rows.head(TABLE_ROWS)
    more = f", the first {TABLE_ROWS} of {len(rows):,} rows; the CSV has all"
    return {
        "caption": title + (more if len(rows) > TABLE_ROWS else ""),
        "order": order,
        "columns": [name.replace("_", " ") for name in rows.columns],
        "numeric": [pd.api.types.is_numeric_dtype(kind) for kind in rows.dtypes],
        "rows": [
            [_cell(value, name) for value, name in zip(row, rows.columns, strict=True)]
            for row in shown.itertuples(index=False)
        ],
        "links": {
            str(shown.columns.get_loc(name)): targets for name, targets in links(shown).items()
        },
    }


def _cell(value: object, column: str) -> str:
    if pd.isna(value):
        return "–"
    if column == "month":
        return f"{value:%Y-%m}"
    if isinstance(value, float):
        return f"{value:,.3f}"
    if (
        isinstance(value, str)
        or column in {"year", "release_year", "decade"}
        or column.endswith("_id")
    ):
        return str(value).replace("|", ", ")
    return f"{value:,}"


def film_link(movie_id: int, title: str, release_year: object, view: View) -> dcc.Link:
    """A film's name, linked to its page, which keeps the filters."""
    query = replace(View(), filters=view.filters).to_query()
    path = film_path(movie_id)
    return dcc.Link(film_name(title, release_year), href=f"{path}?{query}" if query else path)


def search_field(id: str, label: str, example: str, shown: bool = True) -> list:
    """A labelled field for words of titles; what is typed counts after a quarter of a second."""
    return [
        html.Label(label, htmlFor=id, className="filter-label" if shown else "visually-hidden"),
        dbc.Input(
            id=id,
            type="search",
            placeholder=example,
            debounce=0.25,
            autocomplete="off",
            maxlength=100,
        ),
    ]
