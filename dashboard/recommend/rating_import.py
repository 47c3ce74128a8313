"""Bringing ratings from elsewhere: a file is dropped or chosen, previewed, and then counts.

assets/rating_files.js sends the file and draws the preview; dashboard/rating_files reads it.
"""

from dash import html

from dashboard import ids

SERVICES = "Letterboxd (the zip or one of its CSV files), IMDb, MovieLens, Trakt, TMDB, Criticker,"
ABOUT = f"{SERVICES} Netflix, Douban, or any table with a title and a rating."


def layout() -> html.Section:
    return html.Section(
        [
            html.H2("Bring your ratings along", id="import-title"),
            html.P(
                f"{ABOUT} The file is read in memory and not kept; you see what was found before"
                " anything counts.",
                className="card-about",
            ),
            html.Div(
                [
                    html.Button(
                        "Choose a file",
                        id=ids.IMPORT_CHOOSE,
                        type="button",
                        className="btn btn-quiet",
                    ),
                    html.Span("or drop it here", className="muted small drop-hint"),
                ],
                className="rate-tools",
            ),
            html.P(id=ids.IMPORT_SAID, className="import-said", role="status"),
            html.Div(id=ids.IMPORT_PREVIEW, className="import-preview", tabIndex="-1"),
        ],
        id=ids.IMPORT,
        className="import",
        **{"aria-labelledby": "import-title"},
    )
