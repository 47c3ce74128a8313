"""One film: its ratings over time, their spread, its rank in its genres, its neighbours."""

import pandas as pd
from dash import Input, Output, callback, dcc, get_relative_path, html, no_update
from flask import g

from dashboard import ids
from dashboard.charting import smoothing_choice, versus
from dashboard.charting.chart import chart
from dashboard.components import cards, chart_card, film_link, opening, waiting
from dashboard.figures import star_bars, timelines
from dashboard.figures.titles import film_name
from dashboard.film_head import MOST_TAGS, about_film, figures_said, genres_said
from dashboard.findings.finding import Finding, listing
from dashboard.findings.of_films import above_or_below
from dashboard.findings.of_ratings import first_and_last_year
from dashboard.page_registry import DESCRIPTION, register_page
from dashboard.paths import FILM, FILMS, movie_of
from dashboard.poster import poster
from dashboard.rated_words import RatedWords
from dashboard.recommend.former_notice import former_words
from dashboard.state.payloads import StoredView, checked
from dashboard.state.session import session
from dashboard.state.view import View
from db import queries
from db.errors import DatabaseError
from db.filters.rating_filters import RatingFilters
from recommender.models.item_cosine import ItemCosineRecommender
from recommender.models.shared_love import LOVED, loved_by_the_same


def film_exists(path: str) -> bool:
    """Whether a path such as /films/318 is the page of a film of the current dataset."""
    return _at(path) is not None


def film_title(movie: str) -> str:
    """The film's name, for the tab; "Film" while nobody can tell."""
    try:
        film = _at(FILM.replace("<movie>", movie))
    except DatabaseError:
        return "Film"
    return "No such film" if film is None else film_name(film.title, film.release_year)


def film_description(path: str) -> str:
    """How it is rated and what it is; the site's own words where nobody can tell."""
    try:
        film = _at(path)
        if film is None:
            return DESCRIPTION
        with session() as current:
            given = queries.rating_distribution(
                current.connection, RatingFilters(), movie=film.movie_id
            )
    except DatabaseError:
        return DESCRIPTION
    rated = figures_said(given, current.dataset.scale) or "Not rated yet"
    return f"{rated}. {genres_said(film.genres)}. Its ratings over time, and films like it."


def _at(path: str):
    """The film of a path, None where there is none; looked up once in a request."""
    movie = movie_of(path)
    if movie is not None and g.get("film_at", (None,))[0] != path:
        with session() as current:
            g.film_at = path, queries.movie(current.connection, movie)
    return None if movie is None else g.film_at[1]


register_page(
    __name__,
    FILM,
    "Film",
    filters=True,
    title=film_title,
    example="/films/1265",
    exists=film_exists,
    description=film_description,
)

SIMILAR = 10
MIDDLE = 2.5  # stars, which cosines of ratings are less
ALIKE = (
    "Rated alike by the same people: cosine of both films’ ratings, each less {}, drawn towards 0"
    " the fewer people rated both."
)
WHO_LOVES = (
    "Of those who gave it {} or more, how many gave as much to these: first those that stand out"
    " most against how known they are."
)
TOO_FEW = "Too few people rated this film to tell."

BY_MONTH = chart(
    "movie-by-month",
    "Average rating by month, and ratings so far",
    "Above, means with their 95 % intervals, none of fewer than 30 ratings, over single months;"
    " below, how many ratings the film had by then.",
    queries.movie_by_month,
    timelines.movie_by_month,
    parameters=("movie",),
    height=28,
    keys=("month",),
    look=("smooth",),
    leads=(("month", "x"),),
    versus=versus.of_averages,
)
STARS = chart(
    "movie-by-stars",
    "How its ratings are spread",
    "Bars are the film’s, the line all ratings of the films that share a genre with it: shares of"
    " each value.",
    queries.movie_by_stars,
    star_bars.movie_by_stars,
    parameters=("movie",),
    keys=("stars",),
    versus=versus.of_shares,
)


def layout(**_):
    return html.Div(
        [
            opening(
                html.Div(
                    [
                        html.Div(id="film-poster", className="film-poster"),
                        html.Div(
                            [
                                html.H1(
                                    html.Span("Film", id="film-name"),
                                    id=ids.PAGE_TITLE,
                                    tabIndex="-1",
                                ),
                                html.Div(id="film-about"),
                            ]
                        ),
                    ],
                    className="film-head",
                ),
                html.Div(id="film-findings", className="findings"),
            ),
            cards(
                chart_card(BY_MONTH, "two-thirds lead", smoothing_choice.choice()),
                chart_card(STARS, "third", height=BY_MONTH.height),
                html.Section(
                    [
                        html.H2("Who loves it also loves"),
                        html.P(
                            WHO_LOVES.format("4.5 ★"), id="film-loved-about", className="card-about"
                        ),
                        html.Div(id="film-loved", className="poster-row"),
                    ],
                    className="card-panel",
                ),
                html.Section(
                    [
                        html.H2("Most similar films"),
                        html.P(
                            ALIKE.format("2.5 stars"),
                            id="film-similar-about",
                            className="card-about",
                        ),
                        html.Div(id="film-similar", className="poster-row"),
                    ],
                    className="card-panel",
                ),
            ),
        ]
    )


@callback(
    Output("film-poster", "children"),
    Output("film-name", "children"),
    Output("film-about", "children"),
    Input(ids.VIEW, "data"),
)
@checked
def update_film(stored_view: StoredView | None):
    """The film's tile, name and figures, and its rank among the films of each of its genres."""
    view = View.from_store(stored_view)
    with session(lasting=True) as current:
        connection = current.connection
        film = queries.movie(connection, view.movie) if view.movie is not None else None
        if film is None:
            way_on = dcc.Link("All films", href=get_relative_path(FILMS), className="no-film")
            return None, "There is no such film", way_on
        ranks = queries.movie_ranks(connection, view.filters, movie=film.movie_id)
        given = queries.rating_distribution(connection, view.filters, movie=film.movie_id)
        tags = queries.film_tags(connection, film.movie_id, MOST_TAGS)
    tile = poster(film.title, film.release_year, film.genres)
    return (
        tile,
        html.Span(film_name(film.title, film.release_year), title=film.title),
        about_film(film, given, ranks, tags, view.filters, current.dataset.scale),
    )


@callback(Output("film-findings", "children"), Input(ids.VIEW, "data"))
@checked
def update_findings(stored_view: StoredView | None):
    """What the charts say, in a sentence each."""
    view = View.from_store(stored_view)
    if view.movie is None:
        return None
    with session(lasting=True) as current:
        months, stars = (each.drawn(current, view) for each in (BY_MONTH, STARS))
        unit = RatedWords(current.dataset.scale).after_mean
    return listing([_beside_genres(stars), first_and_last_year(months, BY_MONTH.id, unit)])


def _beside_genres(stars: pd.DataFrame) -> Finding | None:
    """How the film's ratings are beside those of its genres. stars: as the chart's."""
    genres = stars[["stars", "genres_ratings"]].rename(columns={"genres_ratings": "ratings"})
    return above_or_below(stars, genres, "the films of its genres")


@callback(
    Output("film-similar", "children"),
    Output("film-similar-about", "children"),
    Input(ids.VIEW, "data"),
)
@checked
def update_similar(stored_view: StoredView | None):
    view = View.from_store(stored_view)
    with session(until_learned=True) as current:
        model = current.models.model_or_former("item-cosine")
        if not isinstance(model, ItemCosineRecommender):
            return waiting(), no_update
        similar = [] if view.movie is None else _similar(model, view.movie)
        former = former_words([model], current.models, current.dataset)
        films = queries.movies(current.connection, similar)
    middle = RatedWords(current.dataset.scale).mean_in_words(MIDDLE)
    shown = [_tile(film, view) for film in films.itertuples()]
    return shown or html.P(TOO_FEW, className="muted"), f"{ALIKE.format(middle)} {former}"


@callback(
    Output("film-loved", "children"),
    Output("film-loved-about", "children"),
    Input(ids.VIEW, "data"),
)
@checked
def update_loved(stored_view: StoredView | None):
    """Films that those love who love this one, and how many of them do."""
    view = View.from_store(stored_view)
    with session(until_learned=True) as current:
        model = current.models.model_or_former("item-cosine")
        if model is None:
            return waiting(), no_update
        former = former_words([model], current.models, current.dataset)
        loved = [] if view.movie is None else loved_by_the_same(model.matrix_, view.movie)
        rows = queries.movies(current.connection, [each.movie_id for each in loved])
    films = {film.movie_id: film for film in rows.itertuples()}
    shown = [
        _tile(films[each.movie_id], view, f"{each.share:.0%} love it")
        for each in loved
        if each.movie_id in films
    ]
    least = RatedWords(current.dataset.scale).rating(LOVED)
    return shown or html.P(TOO_FEW, className="muted"), f"{WHO_LOVES.format(least)} {former}"


def _tile(film, view: View, said: str = "") -> html.Div:
    """A film as a poster with its name, which leads to it."""
    return html.Div(
        [
            poster(film.title, film.release_year, film.genres),
            film_link(film.movie_id, film.title, film.release_year, view),
            *([html.Div(said, className="muted figures")] if said else []),
        ]
    )


def _similar(model: ItemCosineRecommender, movie_id: int) -> list[int]:
    """The films of the dataset that are rated most like this one, perhaps none."""
    there = model.matrix_.without(())
    found = [movie for movie, _ in model.similar(movie_id, model.n_neighbours)]
    listed = there[model.matrix_.columns(found)]
    return [movie for movie, shown in zip(found, listed, strict=True) if shown][:SIMILAR]
