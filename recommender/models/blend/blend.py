"""The blend as a recommender."""

from collections.abc import Mapping
from functools import cached_property, partial
from typing import Self

import numpy as np

from recommender.data.rating_matrix import LIKED, RatingMatrix
from recommender.models.base import Profile, Recommender
from recommender.models.blend.genre_odds import GenreOdds
from recommender.models.ease import EASERecommender
from recommender.models.encoder import EncoderRecommender
from recommender.models.leave_one_out import losses

EASE_FILMS = 2000  # the most rated ones: of others it knows too little
SETTLED = 8  # answers that say enough to trust them fully


class BlendRecommender(Recommender):
    """The encoder's log shares, corrected where it is known to be weak; one sum for all sizes.

    With n the films given and w = min(1, n / 8), a film's score is the sum of

    - its log share by the encoder (`EncoderRecommender`), learned from themed visits as well;
    - `opinion` · w · its z-score by EASE (Steck, 2019) among the films that EASE knows: the wide
      part of wide & deep learning (Cheng et al., 2016), which remembers pairs of films where a
      network generalises, here in closed form;
    - `genres` · the log odds of its genres (`GenreOdds`), for tastes of one genre;
    - `fame` · (1 − w) · log of its likes: of one to three answers the network makes too much.

    `surprise` takes as much times the log of a film's likes off each score: what everybody has seen
    then gives way to what is further off.

    Reasons are exact: what the score loses when one given film is taken out.
    """

    label = "Blend"
    description = (
        "Reads your ratings with a neural network, a linear model and the genres that you like."
    )
    quick = False
    says_because = True
    learned = (
        *(f"encoder_{name}" for name in EncoderRecommender.learned),
        *(f"ease_{name}" for name in EASERecommender.learned),
        "log_likes_",
    )

    log_likes_: np.ndarray

    def __init__(
        self,
        opinion: float = 0.3,
        genres: float = 1.0,
        fame: float = 0.3,
        steps: int = 1000,
        random_state: int = 0,
    ):
        self.opinion = opinion
        self.genres = genres
        self.fame = fame
        self.steps = steps
        self.random_state = random_state

    def fit_from(self, matrix: RatingMatrix, members: Mapping[str, Recommender]) -> Self:
        """As `fit`, of the models of `members` that have learned from the same ratings."""
        self.matrix_ = matrix
        for name in ("_fitted_members", "_genre_odds"):
            vars(self).pop(name, None)
        likes = np.bincount(matrix.csr.indices, matrix.csr.data >= LIKED, matrix.n_movies)
        self.log_likes_ = np.log1p(likes)
        for key, member in members.items():
            for name in member.learned:
                setattr(self, f"{key}_{name}", getattr(member, name))
        return self

    def _learn(self, matrix: RatingMatrix) -> None:
        """What the two models learned, and log_likes_ (n_movies,): log(1 + likes)."""
        self.fit_from(matrix, {key: each.fit(matrix) for key, each in self.members().items()})

    def score(self, profile: Profile, surprise: float = 0.0) -> np.ndarray:
        """As of every model, less `surprise` · log of each film's likes.

        Who gave nothing that is known gets the films' popularity with any `surprise`.
        """
        scores = super().score(profile)
        if surprise and len(self._known(profile)[0]):
            scores = scores - surprise * self.log_likes_
        return scores

    def embeddings(self) -> np.ndarray:
        """The encoder's (n_movies, n_hidden)."""
        return self._encoder.embeddings()

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        return self._scores(columns, stars, np.ones((1, len(columns))))[0]

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return losses(partial(self._scores, columns, stars), len(columns), targets)

    def _scores(self, columns: np.ndarray, stars: np.ndarray, kept: np.ndarray) -> np.ndarray:
        """Of every film (n, n_movies), for parts of one profile: see leave_one_out.Scores."""
        trust = (kept.sum(axis=1, keepdims=True) / SETTLED).clip(max=1)
        scores = self._encoder.scores(columns, stars, kept)
        scores += self.opinion * trust * self._opinions(columns, stars, kept)
        scores += self.genres * self._genre_odds.scores(columns, stars, kept)
        return scores + self.fame * (1 - trust) * self.log_likes_

    def _opinions(self, columns: np.ndarray, stars: np.ndarray, kept: np.ndarray) -> np.ndarray:
        """z-scores by EASE (n, n_movies); those of 0 for films that it does not know."""
        scores = self._ease.scores(columns, stars, kept)
        known = scores[:, self._ease.films_]
        spread = known.std(axis=1, keepdims=True)
        return (scores - known.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1)

    def members(self) -> dict[str, Recommender]:
        """The two models, not yet fitted, by their keys in MODELS."""
        return {
            "encoder": EncoderRecommender(steps=self.steps, random_state=self.random_state),
            "ease": EASERecommender(max_movies=EASE_FILMS),
        }

    @cached_property
    def _fitted_members(self) -> dict[str, Recommender]:
        members = self.members()
        for key, member in members.items():
            member.matrix_ = self.matrix_
            for name in member.learned:
                setattr(member, name, getattr(self, f"{key}_{name}"))
        return members

    @property
    def _encoder(self) -> EncoderRecommender:
        return self._fitted_members["encoder"]  # type: ignore[return-value]

    @property
    def _ease(self) -> EASERecommender:
        return self._fitted_members["ease"]  # type: ignore[return-value]

    @cached_property
    def _genre_odds(self) -> GenreOdds:
        return GenreOdds(self.matrix_, np.expm1(self.log_likes_))
