"""A film in a ranked list: its place, what it is, what it would be given and why it is there."""

from functools import lru_cache
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.titles import film_name
from dashboard.paths import film_path
from dashboard.poster import poster
from dashboard.rated_words import RatedWords
from dashboard.recommend.film_marks import film_marks
from dashboard.state.written import element, written
from dashboard.wording import count
from recommender.serving.shelves import Recommendation

FILMS = 2000  # that are kept: lists name the same ones again and again


def placed_film(
    place: int,
    film: Recommendation,
    expected: Component | None,
    why: str,
    imdb_id: str | None,
    words: RatedWords,
) -> dict[str, Any]:
    """The list's item as it is written.

    expected: the stars that it would be given. why: a reason, or "".
    """
    tile, link, genres, average, marks = _kept(
        film_path(film.movie_id),
        film.movie_id,
        film.title,
        film.release_year,
        film.genres,
        f"{words.mean_rating(film.average_rating)} average of {count(film.ratings, 'rating')}",
        imdb_id,
    )
    number = element(html.Span, place, className="place figures", **{"aria-hidden": "true"})
    reason = element(html.Div, why, className="small why") if why else None
    placed = element(html.Div, [tile, number], className="placed")
    told = element(html.Div, [link, expected, genres, average, reason, marks])
    return element(html.Li, [placed, told])


@lru_cache(FILMS)
def _kept(
    path: str,
    movie_id: int,
    title: str,
    release_year: int | None,
    genres: str,
    average: str,
    imdb_id: str | None,
) -> tuple:
    """What is the same of a film in every list, as its JSON: some 5 KB."""
    return written(
        (
            poster(title, release_year, genres),
            dcc.Link(film_name(title, release_year), href=path, className="shelf-title"),
            html.Div(genres.replace("|", ", "), className="muted small"),
            html.Div(average, className="muted small figures"),
            film_marks(movie_id, title, release_year, imdb_id),
        )
    )
