"""One film: its ratings over time, their spread, its rank in its genres, and the films most like it."""

import dash
from dash import Input, Output, callback, dcc, get_relative_path, html

from dashboard import models
from dashboard.charts import chart
from dashboard.components import cards, chart_card, film_link, film_name
from dashboard.figures import time
from dashboard.pages.overview import DISTRIBUTION
from dashboard.poster import poster
from dashboard.view import View
from dashboard.wording import count
from db import queries
from db.engine import reading

dash.register_page(
    __name__, path_template="/films/<movie_id>", name="Film", title="Film · Reelscope", order=None
)

SIMILAR = 10

BY_MONTH = chart(
    "movie-by-month",
    "Average rating by month, and ratings so far",
    "Above, the mean of the ratings of each month; below, how many the film had by then.",
    queries.movie_by_month,
    time.movie_by_month,
    parameters=("movie",),
    height=28,
)


def layout(movie_id="", **_):
    return html.Div(
        [
            html.H1(html.Span("Film", id="film-name"), id="page-title", tabIndex="-1"),
            html.Div(id="film-head"),
            cards(
                chart_card(BY_MONTH, "two-thirds"),
                chart_card(DISTRIBUTION, "third"),
                html.Section(
                    [html.H2("Rank in its genres"), html.Div(id="film-ranks")],
                    className="card-panel third",
                ),
                html.Section(
                    [
                        html.H2("Most similar films"),
                        html.P(
                            "Rated alike by the same people: cosine of the two films’ ratings.",
                            className="card-about",
                        ),
                        html.Div(id="film-similar", className="poster-row"),
                    ],
                    className="card-panel two-thirds",
                ),
            ),
        ]
    )


@callback(
    Output("film-head", "children"),
    Output("film-name", "children"),
    Output("film-ranks", "children"),
    Input("view", "data"),
)
def update_film(stored):
    """The film's name and figures, and its rank among the films of each of its genres."""
    view = View.from_store(stored)
    with reading() as connection:
        film = view.movie is not None and queries.movie(connection, view.movie)
        if not film:
            return _missing(view.movie), "No such film", None
        ranks = queries.movie_ranks(connection, view.filters, movie=film.movie_id)
        months = queries.movie_by_month(connection, view.filters, movie=film.movie_id)
    return _head(film, months), film_name(film.title, film.release_year), _ranks(ranks)


@callback(Output("film-similar", "children"), Input("view", "data"))
def update_similar(stored):
    view = View.from_store(stored)
    similar = models.similar_movies(view.movie, SIMILAR)
    if similar is None:
        return models.waiting()
    with reading() as connection:
        films = queries.movies(connection, similar)
    return [
        html.Div(
            [
                poster(film.title, film.release_year, film.genres),
                film_link(film.movie_id, film.title, film.release_year, view),
            ]
        )
        for film in films.itertuples()
    ] or html.P("Too few people rated this film to tell.", className="muted")


def _head(film, months) -> html.Div:
    ratings = int(months["ratings"].sum())
    average = (months["average_rating"] * months["ratings"]).sum() / ratings if ratings else None
    said = (
        f"{average:.2f} stars on average of {count(ratings, 'rating')}"
        if ratings
        else "No ratings under these filters"
    )
    return html.Div(
        [
            html.Div(poster(film.title, film.release_year, film.genres), className="film-poster"),
            html.Div(
                [
                    html.P(
                        film.genres.replace("|", ", ") or "No genre listed", className="muted mb-1"
                    ),
                    html.P(said, className="figures mb-0"),
                ]
            ),
        ],
        className="film-head",
    )


def _ranks(ranks) -> html.Div | html.P:
    if ranks.empty:
        return html.P(
            "This film has no genre, or no ratings under these filters.", className="muted mt-2"
        )
    rows = [
        html.Tr(
            [
                html.Td(row.genre),
                html.Td(f"{row.rank:,}", className="number"),
                html.Td(f"of {row.movies:,}", className="number"),
            ]
        )
        for row in ranks.itertuples()
    ]
    head = html.Tr(
        [
            html.Th("Genre", scope="col"),
            html.Th("Rank", scope="col", className="number"),
            html.Th("Films", scope="col", className="number"),
        ]
    )
    return html.Div(
        [
            html.P("By weighted score.", className="card-about"),
            html.Table([html.Thead(head), html.Tbody(rows)]),
        ],
        className="chart-table",
    )


def _missing(movie: int | None) -> html.Div:
    return html.Div(
        [
            html.P(f"There is no film {movie}." if movie is not None else "There is no such film."),
            dcc.Link("All films", href=get_relative_path("/films")),
        ],
        className="note",
    )
