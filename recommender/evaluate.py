"""How well models recommend and predict, measured on people and ratings they have not seen."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from recommender import metrics
from recommender.base import Recommender
from recommender.models import MODELS
from recommender.ranking import best
from recommender.ratings import HIGHEST, LOWEST, RatingMatrix
from recommender.splits import Visitor, folds, visitor_folds

LENGTH = 10  # films in a list
GIVEN = 15
FEWER_GIVEN = (5, 10)

Report = Callable[[str], None]


def visitor(
    matrix: RatingMatrix, keys: Sequence[str], seed: int = 0, report: Report = lambda _: None
) -> list[dict]:
    """What the page does, for every user in turn as a visitor whom the models do not know.

    Five folds of users; each visitor gives at most 15 ratings of well-known films
    (splits.visitor_folds), and all other films are ranked. Returns per model its key, mean seconds
    to fit, measures, and 95 % bootstrap intervals over visitors.
    """
    seen = {key: _Seen() for key in keys}
    for fold, (training, visitors) in enumerate(
        visitor_folds(matrix, seed=seed, given=GIVEN), start=1
    ):
        for key in keys:
            report(f"{key}, fold {fold}")
            seen[key].add_fold(MODELS[key], training, visitors)
    return [{"model": key, **seen[key].result(seed)} for key in keys]


class _Seen:
    """What was measured of one model so far."""

    def __init__(self) -> None:
        self.fit_seconds: list[float] = []
        self.coverages: list[float] = []
        self.latencies: list[float] = []
        self.by_visitor: dict[str, list[float]] = defaultdict(list)

    def add_fold(
        self, kind: type[Recommender], training: RatingMatrix, visitors: list[Visitor]
    ) -> None:
        start = time.perf_counter()
        model = kind().fit(training)
        self.fit_seconds.append(time.perf_counter() - start)
        lists = [self._add_visitor(model, visitor) for visitor in visitors]
        self.coverages.append(metrics.coverage(np.concatenate(lists), training.n_movies))

    def _add_visitor(self, model: Recommender, visitor: Visitor) -> np.ndarray:
        start = time.perf_counter()
        listed = _listed(model, visitor, GIVEN)
        self.latencies.append(time.perf_counter() - start)
        for name, value in _of_list(model.matrix_, visitor, listed).items():
            self.by_visitor[name].append(value)
        for given in FEWER_GIVEN:
            hits = _hits(model.matrix_, visitor, _listed(model, visitor, given))
            value = metrics.ndcg(hits, len(visitor.relevant), LENGTH)
            self.by_visitor[f"ndcg@{LENGTH} given {given}"].append(value)
        return listed

    def result(self, seed: int) -> dict:
        means = {name: float(np.mean(values)) for name, values in self.by_visitor.items()}
        intervals = {
            name: metrics.interval(values, seed) for name, values in self.by_visitor.items()
        }
        p95 = float(np.percentile(self.latencies, 95)) * 1000
        return {
            "fit_seconds": float(np.mean(self.fit_seconds)),
            "visitors": len(self.latencies),
            "measures": means | {"coverage": float(np.mean(self.coverages)), "p95_ms": p95},
            "intervals": intervals,
        }


def _listed(model: Recommender, visitor: Visitor, given: int) -> np.ndarray:
    """Columns of the best films for a visitor who gives the first so many ratings.

    None of their ratings comes back, given or not, so that lists of fewer ratings compare.
    """
    matrix = model.matrix_
    scores = model.score(dict(list(visitor.given.items())[:given]))
    return best(scores, matrix.counts, LENGTH, matrix.without(visitor.given))


def _hits(matrix: RatingMatrix, visitor: Visitor, listed: np.ndarray) -> np.ndarray:
    return np.isin(matrix.movie_ids[listed], visitor.relevant)


def _of_list(matrix: RatingMatrix, visitor: Visitor, listed: np.ndarray) -> dict[str, float]:
    hits, n_relevant = _hits(matrix, visitor, listed), len(visitor.relevant)
    return {
        f"ndcg@{LENGTH}": metrics.ndcg(hits, n_relevant, LENGTH),
        f"recall@{LENGTH}": metrics.recall(hits, n_relevant),
        f"hit_rate@{LENGTH}": metrics.hit(hits),
        "novelty": metrics.novelty(listed, matrix.counts, matrix.n_users),
        "popular_share": metrics.popular_share(listed, matrix.counts),
        "diversity": metrics.diversity(matrix.genre_flags[listed]),
    }


def rating(
    matrix: RatingMatrix, keys: Sequence[str], seed: int = 0, report: Report = lambda _: None
) -> list[dict]:
    """How close the stars come that a model predicts for ratings it has not seen.

    Five folds of the ratings, in order of user and film, which is the order of MovieLens's files;
    predictions are clipped to the scale. Models that predict no stars are left out. Returns per
    model its key, mean seconds to fit, RMSE and MAE over all ratings, and 95 % bootstrap intervals
    over users.
    """
    predictors = [key for key in keys if hasattr(MODELS[key], "predict")]
    for key in keys:
        if key not in predictors:
            report(f"{key} is left out: it predicts no stars")
    return [{"model": key, **_predicted(key, matrix, seed, report)} for key in predictors]


def _predicted(key: str, matrix: RatingMatrix, seed: int, report: Report) -> dict:
    users, films, stars = matrix.triplets()
    predicted, fit_seconds = np.empty(len(stars)), []
    for fold, (training, test) in enumerate(folds(len(stars), 5, seed), start=1):
        report(f"{key}, fold {fold}")
        known = (users[training], films[training], stars[training], matrix.movies)
        start = time.perf_counter()
        model: Any = MODELS[key]().fit(RatingMatrix.from_triplets(*known))
        fit_seconds.append(time.perf_counter() - start)
        predicted[test] = model.predict(users[test], films[test]).clip(LOWEST, HIGHEST)
    return {"fit_seconds": float(np.mean(fit_seconds)), **_errors(predicted, stars, users, seed)}


def _errors(predicted: np.ndarray, stars: np.ndarray, users: np.ndarray, seed: int) -> dict:
    rows = np.unique(users, return_inverse=True)[1]
    n, errors = np.bincount(rows), predicted - stars
    squared = metrics.ratio_interval(np.bincount(rows, errors**2), n, seed)
    absolute = metrics.ratio_interval(np.bincount(rows, np.abs(errors)), n, seed)
    return {
        "ratings": len(stars),
        "measures": {"rmse": metrics.rmse(predicted, stars), "mae": metrics.mae(predicted, stars)},
        "intervals": {"rmse": tuple(value**0.5 for value in squared), "mae": absolute},
    }


PROTOCOLS = {"visitor": visitor, "rating": rating}
