"""What a film's page opens with: its figures, its ranks, its tags and the ways on."""

import pandas as pd
from dash import dcc, get_relative_path, html

from dashboard.charting.on_scale import average_in_words
from dashboard.figures.titles import shortened
from dashboard.paths import FILMS
from dashboard.pictures.details_route import DETAILS, POSTER
from dashboard.pictures.outside_links import outside_links
from dashboard.recommend.film_marks import film_marks
from dashboard.state.view import View
from dashboard.wording import count
from db import settings
from db.filters.rating_filters import RatingFilters
from db.store.original_scale import OriginalScale

RANKED = 30  # ratings that a place among the films of a genre takes
MOST_TAGS = 10  # that are shown
LONGEST_TAG = 40  # characters


def about_film(film, given, ranks, tags, filters: RatingFilters, scale: OriginalScale) -> list:
    """given: stars, ratings; of each value that the film was given. tags: with their users."""
    ratings = int(given["ratings"].sum())
    said = figures_said(given, scale) or "None of its ratings pass the filters."
    return [
        html.P(genres_said(film.genres), title=film.genres or None, className="muted mb-0"),
        html.P(said, className="film-figures figures"),
        html.Ul(earned_ranks(ratings, ranks), className="ranks"),
        film_tags(tags, filters),
        film_marks(film.movie_id, film.title, _year(film.release_year), film.imdb_id),
        outside_links(film.movie_id, film.imdb_id, film.tmdb_id),
        _details(film),
    ]


def figures_said(given, scale: OriginalScale) -> str:
    """How it is rated, in words; "" where it has no ratings. given: as above."""
    ratings = int(given["ratings"].sum())
    if not ratings:
        return ""
    stars = (given["stars"] * given["ratings"]).sum() / ratings
    average, unit = average_in_words(stars, scale)
    return f"{average} {unit} on average of {count(ratings, 'rating')}"


def _details(film) -> html.Div | None:
    """Where assets/film_details.js puts what TMDB says, where it may be asked."""
    if not settings.TMDB_TOKEN.value() or film.tmdb_id is None:
        return None
    routes = {"data-details": DETAILS, "data-poster": POSTER}
    asked = {name: get_relative_path(f"/{path}/{film.movie_id}") for name, path in routes.items()}
    return html.Div(className="film-details", **asked)


def film_tags(tags: list[tuple[str, int]], filters: RatingFilters) -> html.Nav | None:
    """The film's tags, each a way to the films that carry it; nothing where it has none.

    tags: each with how many people gave it. filters: kept on the way, but for their tags.
    """
    if not tags:
        return None
    return html.Nav(
        [
            html.Span("Tagged:", id="tagged", className="muted"),
            html.Ul([_tag(tag, users, filters) for tag, users in tags]),
        ],
        className="chips film-tags",
        **{"aria-labelledby": "tagged"},
    )


def _tag(tag: str, users: int, filters: RatingFilters) -> html.Li:
    query = View(filters=filters.having("tags", (tag,))).to_query()
    given = count(users, "user")
    link = dcc.Link(
        shortened(tag, LONGEST_TAG),
        href=f"{get_relative_path(FILMS)}?{query}",
        className="chip",
        title=f"Given by {given}: films with this tag",
    )
    return html.Li(link)


def _year(year) -> int | None:
    return None if pd.isna(year) else int(year)


def earned_ranks(ratings: int, ranks) -> list[html.Li]:
    """The film's places in its genres, which few ratings don't earn."""
    if ratings < RANKED:
        return [html.Li(f"Too few ratings to rank: that takes {RANKED}")]
    return [_rank(row) for row in ranks.itertuples()]


def _rank(row) -> html.Li:
    """The film's place by weighted score in one of its genres."""
    genre = shortened(row.genre)
    return html.Li(
        [html.B(f"No. {row.rank:,}"), f" of {row.movies:,} in {genre} by weighted score"]
    )


def genres_said(genres: str) -> str:
    """Of "A|B", as they are read."""
    return shortened(genres.replace("|", ", ")) or "No genre listed"
