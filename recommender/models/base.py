"""What every recommender is: learned once from all ratings, then asked with one visitor's."""

import inspect
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import ClassVar, Self

import numpy as np

from recommender.data.rating_matrix import HIGHEST, LOWEST, RatingMatrix

Profile = Mapping[int, float]
"""What a visitor has rated: movie_id to stars. A film that is not in it is unknown, not zero."""


class ProfileError(ValueError):
    """A profile holds something that is not a rating; the message is one line for the visitor."""


class TrainingError(Exception):
    """A model can't be trained here; the message is one line that says what to do."""


class Recommender(ABC):
    """A constructor only stores hyperparameters; what `fit` learns ends in an underscore."""

    label: ClassVar[str]
    """Name on the page."""
    description: ClassVar[str]
    """One plain sentence on how it works."""
    explains: ClassVar[bool] = True
    """Can say which of the visitor's films speak for a film."""
    says_because: ClassVar[bool] = False
    """Its explanations are exact ("because you rated X"): see `explain`; else closeness."""
    quick: ClassVar[bool] = True
    """Trains within seconds on a hundred thousand ratings."""
    extras: ClassVar[tuple[str, ...]] = ()
    """Packages that training needs beside requirements.txt, pinned; answering needs none."""
    searched: ClassVar[bool] = False
    """Answers from an artifact of any hyperparameters: they may have been searched for."""
    most_ratings: ClassVar[int | None] = None
    """The largest training set that was tried and found practical; None where there is no limit."""
    learned: ClassVar[tuple[str, ...]] = ()
    """Names of the learned arrays: all that must be kept, beside the ratings, to answer again."""

    matrix_: RatingMatrix

    def fit(self, matrix: RatingMatrix) -> Self:
        """Learn from all ratings; a second fit forgets the first. Raises TrainingError."""
        if reason := self.obstacle(matrix.csr.nnz):
            raise TrainingError(reason)
        self.matrix_ = matrix
        self._learn(matrix)
        return self

    @classmethod
    def obstacle(cls, n_ratings: int = 0) -> str | None:
        """Why so many ratings can't be learned from here, with the way out; None where they can."""
        missing = [pin for pin in cls.extras if find_spec(pin.partition("==")[0]) is None]
        if missing:
            command = f"python -m pip install {' '.join(missing)}"
            return f"{cls.label} needs an optional package to train; install it with: {command}"
        if cls.most_ratings and n_ratings > cls.most_ratings:
            limit = f"at most {cls.most_ratings:,} ratings; there are {n_ratings:,}"
            return f"{cls.label} trains on {limit}. Choose another model."
        return None

    def score(self, profile: Profile) -> np.ndarray:
        """How much a visitor would like each film, without refitting; higher is better.

        Returns (n_movies,), in the order of matrix.movie_ids. Films of the profile that the matrix
        has not are ignored; a profile without any known film gets the films' popularity. Scores
        compare within one profile and model only. Raises ProfileError for stars outside 0.5 to 5.
        """
        columns, stars = self._known(profile)
        if not len(columns):
            return self.matrix_.counts.astype(float)
        return self._score(columns, stars)

    def explain(self, profile: Profile, movie_id: int) -> list[tuple[int, float]]:
        """How strongly each film of the profile speaks for this one: (id, weight), best first.

        Where says_because, the weights are shares that add up to the film's score, or, where the
        score is no sum over the profile, each is what the score loses without that film. Empty for
        models that ignore who asks.
        """
        return self.explain_all(profile, [movie_id])[0]

    def explain_all(
        self, profile: Profile, movie_ids: Sequence[int]
    ) -> list[list[tuple[int, float]]]:
        """`explain` for several films, which costs little more than for one."""
        columns, stars = self._known(profile)
        targets = self.matrix_.columns(movie_ids)
        known = targets >= 0
        if not len(columns) or not known.any() or not self.explains:
            return [[] for _ in movie_ids]
        weights = np.zeros((len(targets), len(columns)))
        weights[known] = self._weights(columns, stars, targets[known])
        return [self._best_first(columns, row) for row in weights]

    def embeddings(self) -> np.ndarray | None:
        """Each film as a point (n_movies, n_factors), close where tastes meet; None without."""
        return None

    def parameters(self) -> dict[str, object]:
        """The hyperparameters, by name."""
        return {name: getattr(self, name) for name in inspect.signature(type(self)).parameters}

    @abstractmethod
    def _learn(self, matrix: RatingMatrix) -> None:
        """Set the learned attributes."""

    @abstractmethod
    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        """Every film's score (n_movies,), for `stars` given to at least one film in `columns`."""

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """What each rated film (columns) adds to each target (columns): (n_targets, n_rated)."""
        raise NotImplementedError

    def _best_first(self, columns: np.ndarray, weights: np.ndarray) -> list[tuple[int, float]]:
        order = np.argsort(-weights, kind="stable")
        movie_ids = self.matrix_.movie_ids[columns[order]]
        return list(zip(movie_ids.tolist(), weights[order].tolist(), strict=True))

    def _known(self, profile: Profile) -> tuple[np.ndarray, np.ndarray]:
        """The profile's films that the matrix has, as columns (ascending), and their stars."""
        stars = np.array(list(profile.values()), dtype=float)
        wrong = ~((stars >= LOWEST) & (stars <= HIGHEST))
        if wrong.any():
            raise ProfileError(
                f"A rating must be {LOWEST} to {HIGHEST:g} stars, not {stars[wrong][0]:g}."
            )
        columns = self.matrix_.columns(profile)
        order = np.argsort(columns, kind="stable")
        order = order[columns[order] >= 0]
        return columns[order], stars[order]
