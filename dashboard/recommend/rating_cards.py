"""A film to rate: tile, slider, − and +, Clear and "Haven't seen". assets/rating.js moves them."""

import json
from collections.abc import Iterable, Mapping

import dash_bootstrap_components as dbc
from dash import html

from dashboard import ids
from dashboard.figures.titles import film_name
from dashboard.poster import poster
from dashboard.rated_places import RatedPlaces
from dashboard.rated_words import RatedWords
from dashboard.recommend.profile import SavedProfile, saved_film

STEPS = {0.5: "Half a star", 1.0: "A star"}


def rating_cards(
    films: Iterable[Mapping], profile: SavedProfile, words: RatedWords, places: RatedPlaces
) -> list[html.Div]:
    """One card for each film (movie_id, title, release_year, genres) as `profile` has it rated."""
    return [_card(film, profile, words, places) for film in films]


def _card(film: Mapping, profile: SavedProfile, words: RatedWords, places: RatedPlaces) -> html.Div:
    movie_id, title, year = int(film["movie_id"]), film["title"], film["release_year"]
    name = film_name(title, year)
    stars = profile.ratings.get(movie_id)
    hidden = movie_id in profile.hidden
    step = STEPS.get(places.step, "A step") if words.scale.is_stars else "A step"

    def part(role: str) -> dict:
        return ids.rating_part(role, movie_id)

    def button(role: str, text: str, label: str, **more) -> html.Button:
        return html.Button(
            text,
            id=part(role),
            type="button",
            className=f"btn btn-quiet {role}",
            n_clicks=0,
            **{"aria-label": label},
            **more,
        )

    return html.Div(
        [
            poster(title, year, film["genres"]),
            html.Div(
                [
                    html.Label(name, htmlFor=dom_id(part("rate-slider")), className="rate-title"),
                    html.Div(film["genres"].replace("|", ", "), className="muted small"),
                    html.Div(
                        [
                            button("rate-minus", "−", f"{step} less for {name}"),
                            dbc.Input(
                                id=part("rate-slider"),
                                type="range",
                                min=places.worst,
                                max=5,
                                step=places.step,
                                value=stars,
                                className="form-range",
                            ),
                            button("rate-plus", "+", f"{step} more for {name}"),
                        ],
                        className="rate-slide",
                    ),
                    html.Div(
                        [
                            button("rate-clear", "Clear", f"Clear the rating of {name}"),
                            button(
                                "rate-hide",
                                "Haven’t seen",
                                f"Haven’t seen {name}",
                                **{"aria-pressed": str(hidden).lower()},
                            ),
                            html.Output(
                                _said(stars, hidden, words),
                                id=part("rate-value"),
                                className="rate-value figures",
                            ),
                        ],
                        className="card-tools",
                    ),
                ],
                className="rate-body",
            ),
        ],
        id=part("rate-row"),
        className="rate-row"
        + (" unrated" if stars is None else "")
        + (" hidden-film" if hidden else ""),
        **{"data-film": json.dumps(saved_film(film))},
    )


def dom_id(id: dict) -> str:
    """The id attribute that Dash gives a component with a dictionary for its id."""
    return json.dumps(id, sort_keys=True, separators=(",", ":"))


def _said(stars: float | None, hidden: bool, words: RatedWords) -> str:
    if hidden:
        return "not seen"
    return "not rated" if stars is None else words.rating(stars)
