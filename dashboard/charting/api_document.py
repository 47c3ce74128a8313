"""The charts' rows as an HTTP API to read: an OpenAPI document of it at /openapi.json."""

from flask import Flask, Response, jsonify

from dashboard.charting.chart import CHARTS, Chart
from db.filters.rating_filters import FILTERS
from db.version import VERSION

OWN = {
    "movie": "A film, by its number.",
    "users": "Users, by their numbers with commas between, at most 100.",
    "share": "Of which ratings genres' shares are.",
    "within": "Films in a part of the plane: agreement or deviation, averages, and how much of it,"
    " as in agreement,3..4,-0.5..0.",
    "vs": "A second set of filters: its query string, encoded, or all for no filter.",
    "exact": "1 for exact figures where a sample would do.",
}
"""What the fields of View that queries take mean; others are the page's own."""


def install(server: Flask, prefix: str) -> None:
    """Add the document's route to `server` below the URL `prefix`."""

    def api_document() -> Response:
        return jsonify(document(prefix))

    server.add_url_rule(f"{prefix}openapi.json", "api_document", api_document)


def document(prefix: str) -> dict:
    """OpenAPI 3.1: a path for each chart and format; every filter is a parameter of each."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Reelscope: what its charts show",
            "version": VERSION,
            "description": "All rows of every chart, unrounded, under any filters. Nothing here"
            " changes anything. The ratings' own terms of use apply.",
        },
        "servers": [{"url": prefix}],
        "paths": {
            f"/export/{chart.id}.{ending}": {"get": _operation(chart, ending)}
            for chart in CHARTS.values()
            for ending in ("json", "csv")
        },
        "components": {"parameters": {each.key: _parameter(each.key) for each in FILTERS}},
    }


def _operation(chart: Chart, ending: str) -> dict:
    filters = [{"$ref": f"#/components/parameters/{each.key}"} for each in FILTERS]
    own = [
        _parameter(name, OWN[name], name == "movie" and chart.needs_movie)
        for name in (*chart.parameters, *(["vs"] if chart.versus else []))
        if name in OWN
    ]
    return {
        "operationId": f"{chart.id}-{ending}",
        "summary": chart.title,
        "description": f"{chart.about} Rows differ in: {', '.join(chart.keys)}.",
        "parameters": [*filters, *own],
        "responses": {
            "200": {"description": "All rows; perhaps none.", "content": CONTENT[ending]},
            "400": {"description": "Names each value that can't be used."},
            "404": {"description": "There is no such film."},
            "503": {"description": "No database answers, or no dataset is loaded."},
        },
    }


ROWS = {"type": "array", "items": {"type": "object"}}
CONTENT = {
    "json": {"application/json": {"schema": ROWS}},
    "csv": {"text/csv": {"schema": {"type": "string"}}},
}


def _parameter(name: str, said: str = "", required: bool = False) -> dict:
    return {
        "name": name,
        "in": "query",
        "description": said or next(each.expected for each in FILTERS if each.key == name),
        "required": required,
        "schema": {"type": "string"},
    }
