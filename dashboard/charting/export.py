"""Every chart's rows as CSV: `/export/<chart>.csv?<the page's query string>`."""

import re
from dataclasses import replace

import pandas as pd
from flask import Flask, Response, request
from sqlalchemy import Connection

from dashboard.charting.chart import CHARTS, Chart
from dashboard.state.session import session
from dashboard.state.view import View
from db.queries import movie
from db.queries.file_ids import in_the_files

# A formula's first character, full-width forms and the minus sign included, after any blanks that
# spreadsheets trim: controls, spaces of every kind, a byte-order mark.
BLANKS = r"\x00-\x20\x7f\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
RUN_BY_SPREADSHEETS = re.compile(rf"[\t\r\n]|[{BLANKS}]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20]")

PIECE = 500  # rows


def install(server: Flask, prefix: str) -> None:
    """Add the export route to `server` below the URL `prefix`."""
    server.add_url_rule(f"{prefix}export/<name>", "export", export)


def export(name: str) -> Response:
    """The chart's CSV; 400 names a value that can't be used, 404 what is not there."""
    chart = CHARTS.get(name.removesuffix(".csv"))
    if chart is None or not name.endswith(".csv"):
        return _refusal(
            404, f"There is no chart {name[:60]!r}. The charts are: {', '.join(CHARTS)}."
        )
    view = View.from_query(request.query_string.decode("utf-8", "replace"))
    with session(lasting=chart.remembered) as current:
        view = view.on(current.dataset)
        filters, unknown = view.filters.known_to(current.connection, current.dataset)
        if problems := (*view.problems, *unknown):
            return _refusal(400, "\n".join(problems))
        view = replace(view, filters=filters)
        if refusal := _without_movie(chart, view, current.connection):
            return refusal
        rows = chart.read(current, view)
        named = in_the_files(current.connection, rows)
    response = Response(to_csv(named), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{chart.id}.csv"'
    if "sample" in rows.attrs:
        response.headers["X-Reelscope-Sample"] = rows.attrs["sample"]
    return response


def to_csv(rows: pd.DataFrame) -> str:
    """All rows; months as YYYY-MM; an apostrophe before what a spreadsheet would run."""
    cells = rows.copy(deep=False)
    for name, kind in rows.dtypes.items():
        if pd.api.types.is_datetime64_any_dtype(kind):
            cells[name] = rows[name].dt.strftime("%Y-%m")
        elif not pd.api.types.is_numeric_dtype(kind):
            cells[name] = rows[name].map(_quoted, na_action="ignore")
    # csv quotes what its line ends hold: with \r\n a lone \r in a title can't break its row
    # In pieces, as others' charts wait for each
    text = cells.to_csv(index=False, lineterminator="\r\n", chunksize=PIECE)
    return text.replace("\r\n", "\n")


def _quoted(text: str) -> str:
    return f"'{text}" if RUN_BY_SPREADSHEETS.match(text) else text


def _without_movie(chart: Chart, view: View, connection: Connection) -> Response | None:
    """The refusal where a film is missing from the query string or from the dataset."""
    if "movie" not in chart.parameters:
        return None
    if view.movie is None:
        needed = _refusal(400, f"{chart.id} is of one film: add movie=318.")
        return needed if chart.needs_movie else None
    missing = movie(connection, view.movie) is None
    return _refusal(404, f"There is no film {view.movie}.") if missing else None


def _refusal(status: int, text: str) -> Response:
    return Response(text + "\n", status, mimetype="text/plain")
