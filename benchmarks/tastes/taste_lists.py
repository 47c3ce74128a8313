"""What a model lists for each taste, and what is wrong with it."""

from dataclasses import dataclass

import numpy as np

from benchmarks.tastes.film_titles import FilmTitles
from benchmarks.tastes.taste_profiles import TASTES, Taste
from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate import metrics
from recommender.models.base import Recommender
from recommender.models.ranking import best

LENGTH = 10
FEWEST_FILMS = 4  # of a taste that a dataset must have
FEWEST_RATINGS = 5  # of a film, to be listed
DISLIKED = 1.0  # stars
MOST_ALIKE = 0.5  # of ten films that may stay when the same films are disliked


@dataclass(frozen=True, eq=False)
class TasteList:
    """The ten films (columns), which of them are on taste, and the ten had all been disliked."""

    taste: Taste
    listed: np.ndarray
    on_taste: np.ndarray
    disliked: np.ndarray


def taste_lists(model: Recommender) -> list[TasteList]:
    """Of each taste of which the dataset has four films."""
    titles = FilmTitles(model.matrix_)
    found = ((taste, titles.columns(taste.films)) for taste in TASTES)
    return [_of(model, titles, taste, at) for taste, at in found if len(at) >= FEWEST_FILMS]


def _of(model: Recommender, titles: FilmTitles, taste: Taste, columns: np.ndarray) -> TasteList:
    other = DISLIKED if taste.stars > DISLIKED else 5.0
    listed = ten(model, columns, taste.stars)
    right = taste.on_taste(model.matrix_, titles)[listed]
    return TasteList(taste, listed, right, ten(model, columns, other))


def ten(model: Recommender, columns: np.ndarray, stars: float) -> np.ndarray:
    """The best films, as columns, for who gives so many stars to those in `columns`."""
    matrix = model.matrix_
    films = matrix.movie_ids[columns].tolist()
    scores = model.score(dict.fromkeys(films, stars))
    return best(scores, matrix.counts, LENGTH, matrix.without(films))


@dataclass(frozen=True)
class TasteSummary:
    """Over all tastes; shares 0 to 1.

    famous, well_known: of the ten among the 10 and the 100 most rated films. fewest: ratings of the
    least known film. alike: of the ten that stay when all the films are disliked, or liked.
    """

    right: float
    overlap: float
    famous: float
    well_known: float
    fewest: int
    alike: float

    @property
    def faults(self) -> list[str]:
        """What must not be, in words."""
        unknown = f"lists a film that {self.fewest} people rated (at least {FEWEST_RATINGS})"
        unmoved = f"keeps {self.alike:.0%} of its films when all are disliked (at most 50 %)"
        wrong = {unknown: self.fewest < FEWEST_RATINGS, unmoved: self.alike > MOST_ALIKE}
        return [fault for fault, there in wrong.items() if there]


def summary(matrix: RatingMatrix, lists: list[TasteList]) -> TasteSummary:
    """Of a model's lists, of which there is one at least."""
    every = np.concatenate([each.listed for each in lists])
    alike = [len(np.intersect1d(each.listed, each.disliked)) / LENGTH for each in lists]
    return TasteSummary(
        right=float(np.concatenate([each.on_taste for each in lists]).mean()),
        overlap=metrics.overlap([each.listed for each in lists], [*range(len(lists))]),
        famous=float(np.isin(every, matrix.by_popularity[:10]).mean()),
        well_known=float(np.isin(every, matrix.by_popularity[:100]).mean()),
        fewest=int(matrix.counts[every].min()),
        alike=float(np.mean(alike)),
    )
