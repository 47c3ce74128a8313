"""Films for several visitors at once: what each would give, and what speaks for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.models.base import Profile, Recommender
from recommender.serving.shelves import TONIGHT, Recommendation, described
from recommender.serving.star_estimates import StarEstimate, StarEstimates
from recommender.taste.group_order import by_average, by_least_misery, by_turns

WAYS = ("average", "misery", "turns")
CANDIDATES = 200  # of each person's best: an order by stars alone would name films of other tastes


@dataclass(frozen=True)
class SharedFilm:
    """A film for everybody.

    expected, because: what each would give, and the films of theirs that speak for it; in the order
    of the people. chosen_by: whose turn it was, their place among the people; None without turns.
    """

    film: Recommendation
    expected: tuple[StarEstimate, ...]
    because: tuple[tuple[int, ...], ...]
    chosen_by: int | None


@dataclass(frozen=True)
class Evening:
    """films: of the way that was chosen, best first. means: by way, each person's mean stars."""

    films: list[SharedFilm]
    means: dict[str, tuple[float, ...]]


def evening(
    model: Recommender,
    estimates: StarEstimates,
    people: Sequence[Profile],
    without: Collection[int],
    way: str,
    n: int = TONIGHT,
) -> Evening:
    """The n best films for all, of those that are among somebody's best 200 by `model`.

    without: films that are not to come, such as those that someone has seen. way: one of WAYS.
    """
    scores = np.array([model.score(person) for person in people])
    wanted = model.matrix_.without(without)
    columns, stars = _candidates(model, estimates, people, scores, wanted)
    if not len(columns):
        return Evening([], {})
    turns, choosers = by_turns(stars, scores[:, columns], n)
    orders = {"average": by_average(stars)[:n], "misery": by_least_misery(stars)[:n]}
    orders["turns"] = turns
    means = {each: tuple(stars[:, order].mean(axis=1)) for each, order in orders.items()}
    chosen = [int(person) if way == "turns" else None for person in choosers]
    return Evening(_shared(model, estimates, people, columns[orders[way]], chosen), means)


def _candidates(
    model: Recommender,
    estimates: StarEstimates,
    people: Sequence[Profile],
    scores: np.ndarray,
    wanted: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Columns of the model's films, and the stars that each person would give (people, films)."""
    of_each = np.where(wanted, scores, -np.inf)
    best = np.argsort(-of_each, axis=1, kind="stable")[:, :CANDIDATES]
    columns = np.unique(best)
    columns = columns[wanted[columns]]
    movies = model.matrix_.movie_ids[columns].tolist()
    stars = np.array([estimates.predictor.expected_stars(person, movies) for person in people])
    known = ~np.isnan(stars).any(axis=0)
    return columns[known], stars[:, known]


def _shared(
    model: Recommender,
    estimates: StarEstimates,
    people: Sequence[Profile],
    columns: np.ndarray,
    chosen: Sequence[int | None],
) -> list[SharedFilm]:
    movies = model.matrix_.movie_ids[columns].tolist()
    of_each = [described(model, person, columns) for person in people]
    expected = zip(*(estimates.of(person, movies) for person in people), strict=True)
    return [
        SharedFilm(
            films[0],
            tuple(each for each in stars if each is not None),  # each is known: see _candidates
            tuple(film.because for film in films),
            chooser,
        )
        for films, stars, chooser in zip(zip(*of_each, strict=True), expected, chosen, strict=True)
    ]
