"""Which films stand out on the taste map, and what is said of them."""

from collections.abc import Collection

import pandas as pd
from dash import dcc, get_relative_path
from sqlalchemy import Connection

from dashboard.components import film_link
from dashboard.paths import RECOMMEND
from dashboard.recommend.profile import EMPTY_PROFILE, SavedProfile, SavedProfileError
from dashboard.state.view import View
from dashboard.wording import count
from db import queries
from recommender.models import DEFAULT_MODEL
from recommender.serving import shelves
from recommender.serving.trained_models import TrainedModels

RECOMMENDED = 15
LISTED = 5  # found films that are named as links


def found(connection: Connection, rows: pd.DataFrame, search: str) -> list[int]:
    """The films of the map that a search means; none without a search."""
    if not search.strip() or rows.empty:
        return []
    meant = queries.search_movies(connection, search, limit=len(rows))["movie_id"]
    return rows.loc[rows["movie_id"].isin(meant), "movie_id"].tolist()


def of_profile(kept: object, models: TrainedModels) -> dict[str, list[int]]:
    """The films that a visitor rated, and those recommended to them: "rated", "recommended"."""
    profile = _profile(kept)
    model = models.answering(DEFAULT_MODEL)
    if not profile.ratings or model is None:
        return {"rated": list(profile.ratings), "recommended": []}
    best = shelves.top(model, profile.ratings, hidden=profile.hidden, n=RECOMMENDED)
    return {"rated": list(profile.ratings), "recommended": [film.movie_id for film in best]}


def _profile(kept: object) -> SavedProfile:
    """What the browser keeps; an older or damaged profile marks nothing."""
    try:
        return SavedProfile.from_json(kept or EMPTY_PROFILE)
    except SavedProfileError:
        return SavedProfile()


def said(rows: pd.DataFrame, view: View, marks: dict[str, list[int]]) -> list:
    """How many films there are, which were found, and whose are marked."""
    words: list = [f"{count(len(rows), 'film')}, the best known first; more appear on zooming in. "]
    if view.search:
        words += _found_words(rows, view, marks["found"])
    if marks["rated"]:
        yours, ours = count(len(marks["rated"]), "film"), count(len(marks["recommended"]), "film")
        words.append(f"You rated {yours} (★); {ours} recommended to you (◇).")
    else:
        link = dcc.Link("rate films", href=get_relative_path(RECOMMEND))
        words += ["To see your own taste here, ", link, "."]
    return words


def _found_words(rows: pd.DataFrame, view: View, found: Collection[int]) -> list:
    if not found:
        return [f"No film on the map has “{view.search}” in its title. "]
    links: list = []
    for film in rows[rows["movie_id"].isin(found)].head(LISTED).itertuples():
        links += [film_link(film.movie_id, film.title, film.release_year, view), ", "]
    more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
    return ["Found ", *links[:-1], more, ". "]
