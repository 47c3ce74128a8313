"""How far the stars that people give lie from those predicted, as intervals around these."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np

from recommender.data.rating_matrix import HIGHEST, LOWEST, RatingMatrix
from recommender.models.star_predictor import StarPredictor

COVERED = 0.8  # of the stars given
ANSWERS = (1, 2, 3, 5, 8, 13, 21, 34, 55)  # by visitors whose errors are learned from
MOST_VISITORS = 1000
MOST_RATINGS = 2_000_000  # that the model whose errors are learned learns from
PREDICTED = 20  # films of each visitor after each number of answers, at most
LEVELS = 5  # of predicted stars, each of as many predictions
FEWEST = 50  # predictions that a level needs
HELD_OUT = 5  # one in so many users
SEED = 0


@dataclass(frozen=True, eq=False)
class StarIntervals:
    """Quantiles of stars given less stars predicted, by number of answers and predicted stars.

    Split conformal prediction (Vovk, Gammerman & Shafer, 2005; Lei et al., 2018), of each kind of
    prediction by itself ("Mondrian"): with n errors seen, the ⌈(n + 1) · 0.9⌉-th and its mirror
    image hold four in five of further ones, whatever their distribution. Between kinds the ends
    are interpolated.

    answers (k,): numbers of answers, ascending. levels (k, n_levels): mean predicted stars of each
    level; low, high (k, n_levels): the ends, to be added to predicted stars.
    """

    answers: np.ndarray
    levels: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @classmethod
    def learn(
        cls, kind: Callable[[], StarPredictor], matrix: RatingMatrix, seed: int = SEED
    ) -> Self | None:
        """From visitors whom a model of this kind has not seen; None where they are too few.

        One user in five is held out, the model fitted to the others; each of the visitors gives a
        random part of their ratings, growing through ANSWERS, and some of the rest are predicted.
        """
        rng = np.random.default_rng(seed)
        rows = rng.permutation(matrix.n_users)
        visitors = rows[: matrix.n_users // HELD_OUT]
        others = _at_most(matrix, rows[len(visitors) :])
        if not len(visitors):
            return None
        model = kind().fit(matrix.take_users(np.sort(others)))
        errors = _errors(model, matrix, visitors[:MOST_VISITORS], rng)
        return cls._of(errors)

    @classmethod
    def _of(cls, errors: dict[int, np.ndarray]) -> Self | None:
        enough = {n: found for n, found in errors.items() if len(found) >= FEWEST}
        if not enough:
            return None
        n_levels = min(LEVELS, min(map(len, enough.values())) // FEWEST)
        tables = [_quantiles(found, n_levels) for found in enough.values()]
        levels, low, high = (np.stack(part) for part in zip(*tables, strict=True))
        return cls(np.array([*enough]), levels, low, high)

    def around(self, stars: np.ndarray, answers: int) -> tuple[np.ndarray, np.ndarray]:
        """Low and high ends (n,) for predicted stars (n,) after so many answers, 0.5 to 5."""
        ends = np.array([self._ends(each, stars) for each in range(len(self.answers))])
        place = np.interp(np.log(max(answers, 1)), np.log(self.answers), np.arange(len(ends)))
        before = int(place)
        after, share = min(before + 1, len(ends) - 1), place - before
        low, high = (1 - share) * ends[before] + share * ends[after]
        return (stars + low).clip(LOWEST, HIGHEST), (stars + high).clip(LOWEST, HIGHEST)

    def _ends(self, which: int, stars: np.ndarray) -> list[np.ndarray]:
        levels = self.levels[which]
        return [np.interp(stars, levels, ends[which]) for ends in (self.low, self.high)]


def _at_most(matrix: RatingMatrix, rows: np.ndarray) -> np.ndarray:
    """As many of the users as have MOST_RATINGS together."""
    held = np.cumsum(np.diff(matrix.csr.indptr)[rows])
    return rows[: max(1, int(np.sum(held <= MOST_RATINGS)))]


def _errors(
    model: StarPredictor, matrix: RatingMatrix, visitors: np.ndarray, rng: np.random.Generator
) -> dict[int, np.ndarray]:
    """By number of answers: predicted and given stars (n, 2)."""
    found: dict[int, list[np.ndarray]] = {n: [] for n in ANSWERS}
    for row in visitors:
        for n, errors in _of_visitor(model, matrix, row, rng):
            found[n].append(errors)
    return {n: np.concatenate(parts) for n, parts in found.items() if parts}


def _of_visitor(
    model: StarPredictor, matrix: RatingMatrix, row: int, rng: np.random.Generator
) -> Iterator[tuple[int, np.ndarray]]:
    columns, stars = matrix.of_user(matrix.user_ids[row])
    films = matrix.movie_ids[columns]
    known = np.flatnonzero(model.matrix_.columns(films.tolist()) >= 0)
    order = rng.permutation(known)
    for n in ANSWERS:
        given, asked = order[:n], order[n : n + PREDICTED]
        if len(asked):
            profile = dict(zip(films[given].tolist(), stars[given].tolist(), strict=True))
            predicted = model.expected_stars(profile, films[asked].tolist())
            yield n, np.column_stack([predicted, stars[asked]])


def _quantiles(errors: np.ndarray, n_levels: int) -> tuple[np.ndarray, ...]:
    """Mean predicted stars and both ends of each level (n_levels,)."""
    parts = np.array_split(errors[np.argsort(errors[:, 0], kind="stable")], n_levels)
    ends = [_ends(given - predicted) for predicted, given in (part.T for part in parts)]
    levels = np.array([part[:, 0].mean() for part in parts])
    return levels, *(np.array(end) for end in zip(*ends, strict=True))


def _ends(errors: np.ndarray) -> tuple[float, float]:
    """The errors between which COVERED of further ones lie, as many below as above."""
    ordered, n = np.sort(errors), len(errors)
    last = min(n, int(np.ceil((n + 1) * (1 + COVERED) / 2)))
    return float(ordered[n - last]), float(ordered[last - 1])
