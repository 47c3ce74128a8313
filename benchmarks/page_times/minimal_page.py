"""The least that Dash can show: one chart on one page, as the yardstick of ours.

`python -m benchmarks.page_times.minimal_page PORT` serves it, compressed as ours is.
"""

import sys

from dash import Dash, dcc, html
from waitress import serve

from dashboard.guard import compression, headers

FIGURE = {"data": [{"type": "bar", "x": [1, 2, 3], "y": [2, 3, 1]}], "layout": {}}


def minimal_app() -> Dash:
    """A heading and a chart, without a callback."""
    app = Dash("minimal", assets_folder="none")  # ours are not its
    app.layout = html.Div([html.H1("One chart", id="title"), dcc.Graph(id="graph", figure=FIGURE)])
    compression.install(app)
    headers.install(app)
    return app


if __name__ == "__main__":
    serve(minimal_app().server, host="127.0.0.1", port=int(sys.argv[1]), threads=8)
