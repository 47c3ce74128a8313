"""A film in a ranked list: its place, what it is, what it would be given and why it is there."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.titles import film_name
from dashboard.paths import film_path
from dashboard.poster import poster
from dashboard.rated_words import RatedWords
from dashboard.recommend.film_marks import film_marks
from dashboard.wording import count
from recommender.serving.shelves import Recommendation


def placed_film(
    place: int,
    film: Recommendation,
    expected: Component | None,
    why: str,
    imdb_id: str | None,
    words: RatedWords,
) -> html.Li:
    """expected: the stars that it would be given. why: a reason, or ""."""
    average = words.mean_rating(film.average_rating)
    return html.Li(
        [
            html.Div(
                [
                    poster(film.title, film.release_year, film.genres),
                    html.Span(place, className="place figures", **{"aria-hidden": "true"}),
                ],
                className="placed",
            ),
            html.Div(
                [
                    dcc.Link(
                        film_name(film.title, film.release_year),
                        href=film_path(film.movie_id),
                        className="shelf-title",
                    ),
                    expected,
                    html.Div(film.genres.replace("|", ", "), className="muted small"),
                    html.Div(
                        f"{average} average of {count(film.ratings, 'rating')}",
                        className="muted small figures",
                    ),
                    html.Div(why, className="small why") if why else None,
                    film_marks(film.movie_id, film.title, film.release_year, imdb_id),
                ]
            ),
        ]
    )
