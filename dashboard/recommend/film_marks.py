"""What a visitor may say of any film, wherever it is shown: saved for later, seen, not for me.

assets/film_marks.js does what the buttons say and shows what the profile holds; nothing is sent.
"""

import json

from dash import html

from dashboard.figures.titles import plain_title

MARKS = {"save": "Save", "seen": "Seen it", "dismiss": "Not for me"}


def film_marks(
    movie_id: int, title: str, release_year: int | None, imdb_id: str | None
) -> html.Div:
    """The buttons of a film, for whoever hears them with its title.

    imdb_id: by which the profile finds the film in another dataset.
    """
    name = plain_title(title)
    film = {"movie_id": movie_id, "title": name, "release_year": release_year, "imdb_id": imdb_id}
    return html.Div(
        [
            html.Button(
                words,
                type="button",
                className="btn btn-quiet",
                **{"data-mark": mark, "aria-pressed": "false", "aria-label": f"{words}: {name}"},
            )
            for mark, words in MARKS.items()
        ],
        className="film-marks",
        **{"data-marks": json.dumps(film)},
    )
