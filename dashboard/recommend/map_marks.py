"""Which films stand out on the taste map, and what is said of them."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd
from dash import dcc, get_relative_path
from sqlalchemy import Connection

from dashboard.components import film_link
from dashboard.figures.titles import person_name
from dashboard.paths import RECOMMEND, TASTE_MAP
from dashboard.recommend.profile import EMPTY_PROFILE, SavedProfile, SavedProfileError
from dashboard.state.view import View
from dashboard.wording import count
from db import queries
from recommender.models import DEFAULT_MODEL
from recommender.models.base import Recommender
from recommender.serving import shelves
from recommender.serving.map_place import NEAREST, map_place
from recommender.serving.taste_map import TasteMap
from recommender.serving.trained_models import TrainedModels

RECOMMENDED = 15
LISTED = 5  # found films that are named as links


def found(connection: Connection, rows: pd.DataFrame, search: str) -> list[int]:
    """The films of the map that a search means; none without a search."""
    if not search.strip() or rows.empty:
        return []
    meant = queries.search_movies(connection, search, limit=len(rows))["movie_id"]
    return rows.loc[rows["movie_id"].isin(meant), "movie_id"].tolist()


@dataclass(frozen=True)
class Person:
    """Whose taste is on the map. user: of the dataset; None for the visitor.

    recommended: films that they have not rated; of users none are sought.
    """

    user: int | None
    ratings: dict[int, float]
    recommended: list[int]

    @property
    def marks(self) -> dict[str, list[int]]:
        return {"rated": list(self.ratings), "recommended": self.recommended}


def visitor(kept: object, models: TrainedModels) -> Person:
    """With what is recommended to them."""
    profile, model = _profile(kept), models.answering(DEFAULT_MODEL)
    if not profile.ratings or model is None:
        return Person(None, profile.ratings, [])
    best = shelves.top(model, profile.asked, hidden=profile.not_again, n=RECOMMENDED)
    return Person(None, profile.ratings, [film.movie_id for film in best])


def place(person: Person, films: TasteMap, model: Recommender, rows: pd.DataFrame) -> list[int]:
    """The film of those shown at which the person stands; none where nothing is known of them."""
    return map_place(films, model, person.ratings, rows["movie_id"].tolist())[:1]


def user_of(connection: Connection, user: int) -> Person:
    return Person(user, queries.user_ratings(connection, user), [])


def is_somebodys(kept: object) -> bool:
    """Whether a browser's profile has ratings."""
    return bool(_profile(kept).ratings)


def _profile(kept: object) -> SavedProfile:
    """What the browser keeps; an older or damaged profile marks nothing."""
    try:
        return SavedProfile.from_json(kept or EMPTY_PROFILE)
    except SavedProfileError:
        return SavedProfile()


def said(rows: pd.DataFrame, view: View, marks: dict[str, list[int]], person: Person) -> list:
    """How many films there are, which were found, and whose are marked."""
    words: list = [f"{count(len(rows), 'film')}, the best known first; more appear on zooming in. "]
    if view.search:
        words += _found_words(rows, view, marks["found"])
    if person.user is not None:
        words += _user_words(person, marks)
    elif marks["rated"]:
        yours, ours = count(len(marks["rated"]), "film"), count(len(marks["recommended"]), "film")
        words.append(f"You rated {yours} (★); {ours} recommended to you (◇).")
        words.append(_stands(person, marks))
    else:
        link = dcc.Link("rate films", href=get_relative_path(RECOMMEND))
        words += ["To see your own taste here, ", link, "."]
    return words


def _user_words(person: Person, marks: dict[str, list[int]]) -> list:
    if not person.ratings:
        return [f"There is no user {person.user} in this dataset."]
    own = dcc.Link("See your own taste", href=get_relative_path(TASTE_MAP))
    rated = f"{person_name(person.user)} rated {count(len(marks['rated']), 'film')} of these (★)."
    return [f"{rated}{_stands(person, marks)} ", own, "."]


def _stands(person: Person, marks: dict[str, list[int]]) -> str:
    """What the person's place is, where there is one."""
    if not marks["place"]:
        return ""
    stand, their = ("You stand", "you") if person.user is None else ("They stand", "they")
    return f" {stand} (●) amid the {NEAREST} films most like those that {their} liked."


def _found_words(rows: pd.DataFrame, view: View, found: Collection[int]) -> list:
    if not found:
        return [f"No film on the map has “{view.search}” in its title. "]
    links: list = []
    for film in rows[rows["movie_id"].isin(found)].head(LISTED).itertuples():
        links += [film_link(film.movie_id, film.title, film.release_year, view), ", "]
    more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
    return ["Found ", *links[:-1], more, ". "]
