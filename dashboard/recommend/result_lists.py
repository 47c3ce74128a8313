"""What the recommender found, as shelves of films or as models side by side."""

from collections.abc import Mapping

import pandas as pd
from dash import dcc, html

from dashboard.figures.titles import film_name
from dashboard.paths import film_path
from dashboard.poster import poster
from dashboard.wording import count, listed

SHELVES = {
    "popular": ("Popular picks", "Films that many have rated."),
    "gems": ("Hidden gems", "Films that few have rated, and that fit you."),
    "genres": ("More in the genres you rate highest", "From the genres that your ratings favour."),
}


def shelves(found, names: Mapping[int, str], says_because: bool) -> html.Div:
    """The shelves that were found. names: movie_id -> title of the rated films."""
    parts = [
        html.Section(
            [
                html.H3(title),
                html.P(about, className="card-about"),
                html.Ol(
                    [_film(film, names, says_because) for film in getattr(found, field)],
                    className="shelf",
                ),
            ],
            className="shelf-section",
        )
        for field, (title, about) in SHELVES.items()
        if getattr(found, field)
    ]
    return html.Div(
        parts or html.P("No film fits: widen the age or the genres.", className="muted")
    )


def _film(film, names: Mapping[int, str], says_because: bool) -> html.Li:
    why = [names[movie_id] for movie_id in film.because if movie_id in names][:2]
    lead = "Because you rated " if says_because else "Close to "
    percent = round(100 * film.preference)
    return html.Li(
        [
            poster(film.title, film.release_year, film.genres),
            html.Div(
                [
                    dcc.Link(
                        film_name(film.title, film.release_year),
                        href=film_path(film.movie_id),
                        className="shelf-title",
                    ),
                    html.Div(
                        [
                            html.Span(
                                html.Span(style={"width": f"{percent}%"}),
                                className="meter",
                                **{"aria-hidden": "true"},
                            ),
                            html.Span(f"No. {film.rank:,} for you", className="figures"),
                        ],
                        className="match",
                    ),
                    html.Div(
                        f"{film.average_rating:.2f} ★ average of {count(film.ratings, 'rating')}",
                        className="muted small figures",
                    ),
                    html.Div(lead + listed(why), className="small why") if why else None,
                ]
            ),
        ]
    )


def comparison(found: Mapping[str, list]) -> html.Div:
    """Each model's best films in a column of its own; films that several name are marked.

    found: model label -> its recommendations, best first.
    """
    votes = pd.Series([film.movie_id for films in found.values() for film in films]).value_counts()
    columns = [
        html.Section(
            [
                html.H3(label),
                html.Ol(
                    [html.Li(_compared(film, int(votes[film.movie_id]))) for film in films],
                    className="compared",
                ),
            ]
        )
        for label, films in found.items()
    ]
    return html.Div(columns, className="comparison")


def _compared(film, votes: int) -> list:
    link = dcc.Link(film_name(film.title, film.release_year), href=film_path(film.movie_id))
    return (
        [link, html.Span(f" {votes} models agree", className="muted small")]
        if votes > 1
        else [link]
    )
