"""Release years on a chart of their ratings, with a slider for each end: another way to two fields.

assets/year_slider.js joins them: what is chosen goes into the fields, which alone make the filter.
"""

from urllib.parse import quote

import dash_bootstrap_components as dbc
import pandas as pd
from dash import ClientsideFunction, Input, Output, callback, clientside_callback, dcc, html

from dashboard import ids
from dashboard.state.cache import cached
from dashboard.state.payloads import StoredView, checked
from dashboard.state.session import session
from dashboard.state.view import View
from dashboard.theme import DARK
from db import queries
from db.filters.released import RELEASED

ASKED, BARS = "years-asked", "years-bars"  # store: the view whose years are wanted; their picture
ENDS = {"first": "Earliest release year", "last": "Latest release year"}


FIELDS = ids.filter_control(RELEASED.key)


def year_slider() -> html.Details:
    """What opens beside the fields of release years."""
    sliders = [
        html.Div(
            [
                html.Label(label, htmlFor=f"years-{end}", className="filter-label"),
                dbc.Input(id=f"years-{end}", type="range", min=0, max=0, step=1, value=0),
            ]
        )
        for end, label in ENDS.items()
    ]
    summary = html.Summary(
        html.Span(className="years-mark"), **{"aria-label": "Released: choose on a chart of years"}
    )
    return html.Details(
        [
            summary,
            html.Div(
                [
                    html.P(id="years-said", className="figures mb-1", role="status"),
                    html.Div(
                        [html.Img(id=BARS, alt="", hidden=True), html.Div(className="years-part")],
                        className="years-bars",
                    ),
                    *sliders,
                    dcc.Store(id=ASKED),
                ],
                className="picker-panel",
            ),
        ],
        className="picker years-picker",
        **{"data-fields": FIELDS},
    )


@callback(
    Output(BARS, "src"),
    Output(BARS, "alt"),
    Output(BARS, "hidden"),
    [Output(f"years-{end}", "min") for end in ENDS],
    [Output(f"years-{end}", "max") for end in ENDS],
    Input(ASKED, "data"),
    prevent_initial_call=True,
)
@checked
def update_years(asked: StoredView | None):
    """The picture and the ends of its years, of all ratings that pass the other filters."""
    filters = View.from_store(asked).filters.leaving_out("released")
    with session(lasting=True) as current:
        rows = cached(queries.ratings_by_release_year, current.connection, filters)
        first, last = current.dataset.first_release_year, current.dataset.last_release_year
    if first is None or last is None or rows.empty:
        return None, "", True, 0, 0, 0, 0
    most = rows.loc[rows["ratings"].idxmax()]
    said = f"Ratings by release year, {first} to {last}: most of {most['release_year']}"
    src = f"data:image/svg+xml,{quote(drawn(rows, first, last))}"
    return src, said, False, first, first, last, last


# The fields are filled by the address as well, and by Reset.
clientside_callback(
    ClientsideFunction("years", "follow"),
    Input("years-first", "min"),
    Input("years-first", "max"),
    *(Input(f"{FIELDS}-{end}", "value") for end in ENDS),
    prevent_initial_call=True,
)


def drawn(rows: pd.DataFrame, first: int, last: int) -> str:
    """A bar for each year from first to last. rows: release_year, ratings."""
    width, most = last - first + 1, rows["ratings"].max()
    bars = "".join(
        f"M{row.release_year - first} 100v-{max(100 * row.ratings / most, 1):.1f}h.86V100z"
        for row in rows.itertuples()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 100"'
        f' preserveAspectRatio="none"><path fill="{DARK.count}" d="{bars}"/></svg>'
    )
