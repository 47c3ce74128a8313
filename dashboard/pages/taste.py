"""Taste: the visitor's ratings, or a user's, beside everybody's; and who rates most like that."""

from typing import Any

import pandas as pd
from dash import (
    ClientsideFunction,
    Input,
    Output,
    callback,
    clientside_callback,
    dcc,
    get_relative_path,
    html,
)

from dashboard import ids
from dashboard.components import cards, note, page, waiting
from dashboard.page_registry import register_page
from dashboard.paths import RECOMMEND, TASTE
from dashboard.rated_words import RatedWords
from dashboard.recommend import taste_cards
from dashboard.recommend.former_notice import former_words
from dashboard.recommend.place_card import Place, find_place, place_card
from dashboard.recommend.profile import SavedProfile
from dashboard.recommend.share_card import share_card
from dashboard.state.payloads import StoredView, checked
from dashboard.state.session import Session, session
from dashboard.state.view import View
from dashboard.taste_regions import named_themes
from db import queries
from db.filters.rating_filters import RatingFilters
from recommender.models.nmf import NMFRecommender
from recommender.serving.taste_map import MAPPED
from recommender.taste.portrait import Portrait, portrait
from recommender.taste.theme_shares import theme_shares
from recommender.taste.twins import Twin, twins

register_page(__name__, TASTE, "Your taste", filters=False, order=5.5)

FEWEST = 3  # ratings of which anything can be said
MOST_THEMES, LED_BY = 6, 3  # that are shown, and films by which each is


def layout(user: str = "", **_):
    return page(
        f"User {user}’s taste" if user.isdecimal() else "Your taste",
        "What your ratings say beside everybody’s, and who rates most like you. Any user’s, too.",
        dcc.Store(id="taste-profile"),
        html.Div(id="taste"),
    )


clientside_callback(
    ClientsideFunction("tasteMap", "profile"),
    Output("taste-profile", "data"),
    Input(ids.PROFILE_HERE, "data"),
)


@callback(
    Output("taste", "children"),
    Input(ids.VIEW, "data"),
    Input("taste-profile", "data"),
)
@checked
def update_taste(stored_view: StoredView | None, kept: Any):
    """The cards; of a user where the address names one, else of the visitor."""
    view, profile = View.from_store(stored_view), SavedProfile.from_store(kept)
    with session(until_learned=not profile.ratings) as current:
        if view.user is None:
            ratings = profile.asked
            if len(ratings) < FEWEST:
                return _too_few()
        else:
            ratings = queries.user_ratings(current.connection, view.user)
            if not ratings:
                return note(f"There is no user {view.user} in this dataset.")
        drawn = _portrait(current, ratings, view.user is not None)
        matrix = current.models.matrix
        alike = None if matrix is None else twins(matrix, ratings, without=view.user)
        themes = _themes(current, ratings)
        place = _place(current, ratings)
        named = _films(current, alike or [], themes, place)
        words = RatedWords(current.dataset.scale)
        former = _former(current)
    if view.user is not None:
        placed = place_card(place, named, f"User {view.user}’s", view.user)
        cards = _cards(drawn, alike, themes, placed, named, f"User {view.user}’s", words)
        return [former, cards]
    placed = place_card(place, named, taste_cards.YOUR, None)
    cards = _cards(drawn, alike, themes, placed, named, taste_cards.YOUR, words)
    return [note(profile.left_out) if profile.left_out else None, former, cards]


def _too_few() -> html.Div:
    return html.Div(
        [
            html.P(f"Rate {FEWEST} films, or bring your ratings along, and this page fills."),
            dcc.Link("To the films", href=get_relative_path(RECOMMEND), className="btn btn-accent"),
        ],
        className="card-panel mt-3",
    )


def _portrait(current: Session, ratings: dict[int, float], in_dataset: bool) -> Portrait:
    """Of films of the dataset. in_dataset: whether the crowd's counts hold these ratings, too."""
    films = queries.film_counts(current.connection, ratings)
    films = films.assign(stars=films["movie_id"].map(ratings))
    if in_dataset:
        for half in range(1, 11):
            films[f"h{half}"] -= films["stars"].eq(half / 2).astype(int)
    everything = RatingFilters()
    genres = queries.ratings_by_genre(current.connection, everything)
    decades = queries.ratings_by_decade(current.connection, everything)
    total = current.dataset.ratings
    return portrait(
        films,
        pd.Series(genres["ratings"].to_numpy() / total, genres["genre"]),
        pd.Series(decades["ratings"].to_numpy() / total, decades["decade"]),
    )


def _themes(current: Session, ratings: dict[int, float]) -> pd.DataFrame | None:
    """name, movie_ids, own, others (shares): the person's largest; None until they are learned."""
    model, named = (
        current.models.model_or_former("nmf"),
        named_themes(current.connection, current.models),
    )
    if named is None or not isinstance(model, NMFRecommender):
        return None
    own, others = theme_shares(model, ratings)
    rows = pd.DataFrame(
        [
            (name, theme.movie_ids[:LED_BY], own[theme.factor], others[theme.factor])
            for name, theme in named
        ],
        columns=["name", "movie_ids", "own", "others"],
    )
    return rows[rows["own"] > 0].sort_values("own", ascending=False).head(MOST_THEMES)


def _place(current: Session, ratings: dict[int, float]) -> Place | None:
    """On the map that is shown first; None until it is made."""
    mapped = current.models.mapped(MAPPED[0])
    return find_place(*mapped, ratings) if mapped else None


def _former(current: Session) -> html.P | None:
    """That themes and place are by models of before, and of which day, where they are."""
    mapped, themes = current.models.mapped(MAPPED[0]), current.models.model_or_former("nmf")
    used = [model for model in (themes, mapped and mapped[1]) if model is not None]
    words = former_words(used, current.models, current.dataset, "Themes and place come")
    return html.P(words, className="muted mt-3", role="status") if words else None


def _films(
    current: Session, alike: list[Twin], themes: pd.DataFrame | None, place: Place | None
) -> dict[int, dict]:
    wanted = {movie for twin in alike for movie, _ in (*twin.shared, *twin.unseen)}
    if themes is not None:
        wanted.update(*themes["movie_ids"])
    wanted.update(place.near if place else ())
    rows = queries.movies(current.connection, wanted).to_dict("records")
    return {int(row["movie_id"]): row for row in rows}


def _cards(
    drawn: Portrait,
    alike: list[Twin] | None,
    themes: pd.DataFrame | None,
    placed: html.Section,
    films: dict[int, dict],
    whose: str,
    words: RatedWords,
) -> html.Div:
    if not drawn.films:
        return note("Nobody else rated these films.")
    own = "You" if whose == taste_cards.YOUR else whose.removesuffix("’s")
    return cards(
        taste_cards.summary(drawn, whose, words),
        taste_cards.spread(drawn, own, words),
        taste_cards.opinions(drawn, whose, words),
        taste_cards.kinds(drawn.genres, "genre", "Genres", words),
        taste_cards.kinds(drawn.decades, "decade", "Decades", words),
        taste_cards.themes(themes, films, whose, waiting()),
        placed,
        taste_cards.twins(alike, films, whose, waiting(), words),
        share_card(drawn, whose, words),
    )
