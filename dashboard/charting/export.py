"""Every chart's rows: `/export/<chart>.csv?<the page's query string>`, and the same as .json."""

import re

from flask import Flask, Response, request
from sqlalchemy import Connection

from dashboard.charting.chart import CHARTS, Chart
from dashboard.charting.file_formats import csv_pieces, json_pieces
from dashboard.state.session import session
from dashboard.state.view import View
from db.queries import movie
from db.queries.file_ids import in_the_files

FORMATS = {"csv": (csv_pieces, "text/csv"), "json": (json_pieces, "application/json")}
LONGEST = 100  # characters of a file's name before its ending
WHOLE = 10_000  # rows at most of what is written before it is sent; more come in a stream


def install(server: Flask, prefix: str) -> None:
    """Add the export route to `server` below the URL `prefix`."""
    server.add_url_rule(f"{prefix}export/<name>", "export", export)


def export(name: str) -> Response:
    """The chart's rows; 400 names a value that can't be used, 404 what is not there."""
    wanted, _, ending = name.rpartition(".")
    chart = CHARTS.get(wanted)
    if chart is None or ending not in FORMATS:
        return _refusal(
            404, f"There is no chart {name[:60]!r}. The charts are: {', '.join(CHARTS)}."
        )
    view = View.from_query(request.query_string.decode("utf-8", "replace"))
    with session(chart.remembered, until_learned=True) as current:
        view = view.on(current.dataset)
        view, unknown = view.known_to(current.connection, current.dataset)
        if problems := (*view.problems, *unknown):
            return _refusal(400, "\n".join(problems))
        if view.vs is not None and chart.versus is None:
            can = ", ".join(name for name, each in CHARTS.items() if each.versus)
            return _refusal(400, f"{chart.id} can't be compared by vs=; these can: {can}.")
        if refusal := _without_movie(chart, view, current.connection):
            return refusal
        rows = chart.read(current, view)
        named = in_the_files(current.connection, rows)
    written, mimetype = FORMATS[ending]
    pieces = written(named)
    response = Response(pieces if len(named) > WHOLE else "".join(pieces), mimetype=mimetype)
    file = f"{file_name(chart, view)}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    if "sample" in rows.attrs:
        response.headers["X-Reelscope-Sample"] = rows.attrs["sample"]
    return response


def file_name(chart: Chart, view: View) -> str:
    """`top-movies` or `top-movies-comedy-released-1990-1999`: after the chart and the filters."""
    words = view.filters.description() if view.filters.chosen or view.vs else ""
    if view.vs is not None:
        words += f" vs {view.vs.description()}"
    plain = re.sub(r"[^a-z0-9]+", "-", f"{chart.id} {words}".lower())
    return plain[:LONGEST].strip("-")


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
