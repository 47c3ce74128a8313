"""The blend as a recommender."""

from collections.abc import Mapping
from functools import cached_property, partial
from typing import Self

import numpy as np
from scipy import sparse

from recommender.data.rating_matrix import LIKED, RatingMatrix
from recommender.models.base import Profile, Recommender
from recommender.models.blend.film_tags import flags_of, tag_flags
from recommender.models.blend.film_traits import foreign_kinds
from recommender.models.blend.members import Members, arrays
from recommender.models.blend.trait_odds import TraitOdds
from recommender.models.leave_one_out import ALL, losses

SETTLED = 8  # answers that say enough to trust them fully


class BlendRecommender(Recommender):
    """The encoder's log shares, corrected where it is known to be weak; one sum for all sizes.

    With n the films given and w = min(1, n / 8), a film's score is the sum of

    - its log share by the encoder (`EncoderRecommender`), learned from themed visits as well;
    - `opinion` · w² · its z-score by EASE (Steck, 2019) among the films that EASE knows: the wide
      part of wide & deep learning (Cheng et al., 2016), which remembers pairs of films where a
      network generalises, here in closed form;
    - `content` · w² · its z-score by what films are about (`ContentRecommender`);
    - `neighbours` · (1 − w) · its z-score by the hundred users most alike
      (`UserCosineRecommender`): of one to three answers the network makes too much;
    - `traits` · the log odds of its genres, tags and time (`TraitOdds`), for tastes of one kind.

    Films with fewer than five ratings follow after all others, as they do in the encoder.

    `surprise` takes as much times the log of a film's likes off each score: what everybody has seen
    then gives way to what is further off.

    Reasons are exact: what the score loses when one given film is taken out.
    """

    label = "Blend"
    description = (
        "Adds up a neural network that read your ratings, films that go together, what films are"
        " about and users like you."
    )
    quick = False
    says_because = True
    learned = (
        *(name for name, _, _ in arrays(Members.unfitted().by_key)),
        *("log_likes_", "tags_", "tag_starts_"),
    )

    log_likes_: np.ndarray
    tags_: np.ndarray
    tag_starts_: np.ndarray

    def __init__(
        self,
        opinion: float = 0.3,
        content: float = 0.15,
        neighbours: float = 0.2,
        traits: float = 1.5,
        steps: int = 1000,
        random_state: int = 0,
    ):
        self.opinion = opinion
        self.content = content
        self.neighbours = neighbours
        self.traits = traits
        self.steps = steps
        self.random_state = random_state

    def members(self) -> dict[str, Recommender]:
        """Those it is made of, not yet fitted, by their keys in MODELS."""
        return self._unfitted().by_key

    def fit_from(self, matrix: RatingMatrix, members: Mapping[str, Recommender]) -> Self:
        """As `fit`, of `members` that were fitted to the same ratings."""
        self.matrix_ = matrix
        for name in ("_members", "_others", "_trait_odds"):
            vars(self).pop(name, None)
        vars(self).update({name: getattr(each, of) for name, each, of in arrays(members)})
        likes = np.bincount(matrix.csr.indices, matrix.csr.data >= LIKED, matrix.n_movies)
        flags = sparse.hstack([tag_flags(matrix), foreign_kinds(matrix)], format="csr")
        self.log_likes_, self.tags_, self.tag_starts_ = np.log1p(likes), flags.indices, flags.indptr
        return self

    def _learn(self, matrix: RatingMatrix) -> None:
        """What the members learned; log_likes_ (n_movies,): log(1 + likes); the films' tags.

        tags_: columns of film_tags.tag_flags and film_traits.foreign_kinds, of which each film's
        start at tag_starts_.
        """
        self.fit_from(matrix, {key: each.fit(matrix) for key, each in self.members().items()})

    def score(self, profile: Profile, surprise: float = 0.0) -> np.ndarray:
        """As of every model, less `surprise` · log of each film's likes.

        Who gave nothing that is known gets the films' popularity with any `surprise`.
        """
        scores = super().score(profile)
        known = surprise and len(self._known(profile)[0])
        return self.leaning(scores, surprise) if known else scores

    def leaning(self, scores: np.ndarray, surprise: float) -> np.ndarray:
        """What `score` without surprise gave, with it."""
        return scores - surprise * self.log_likes_

    def embeddings(self) -> np.ndarray:
        """The encoder's (n_movies, n_hidden)."""
        return self._members.encoder.embeddings()

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        return self._scores(columns, stars, np.ones((1, len(columns))))[0]

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return losses(partial(self._scores, columns, stars), len(columns), targets)

    def _scores(
        self,
        columns: np.ndarray,
        stars: np.ndarray,
        kept: np.ndarray,
        films: np.ndarray | slice = ALL,
    ) -> np.ndarray:
        """Of films (n, n_films), for parts of one profile: see leave_one_out.Scores."""
        if not self._members.encoder.knows(films):
            return self._others_last(self._sums(columns, stars, kept, ALL))[:, films]
        return self._sums(columns, stars, kept, films)

    def _sums(
        self, columns: np.ndarray, stars: np.ndarray, kept: np.ndarray, films: np.ndarray | slice
    ) -> np.ndarray:
        """The same, whatever films the encoder knows."""
        profile, members = (columns, stars, kept), self._members
        trust = (kept.sum(axis=1, keepdims=True, dtype=np.float32) / SETTLED).clip(max=1)
        scores = members.encoder.scores(*profile, films)
        opinions = _z_scores(members.ease.scores(*profile), films, members.ease.films_)
        scores += self.opinion * trust**2 * opinions
        scores += self.content * trust**2 * _z_scores(members.content.scores(*profile), films)
        if np.any(trust < 1):
            alike = _z_scores(members.cosine.scores(*profile), films)
            scores += self.neighbours * (1 - trust) * alike
        scores += self.traits * self._trait_odds.scores(*profile, films)
        return scores

    def _others_last(self, scores: np.ndarray) -> np.ndarray:
        """Every row with the films that the encoder does not know below those that it does."""
        known = scores[:, self._members.encoder.films_]
        others = scores[:, self._others]
        below = known.min(axis=1) - 1 - others.max(axis=1)
        scores[:, self._others] = others + np.minimum(0, below)[:, None]
        return scores

    def _unfitted(self) -> Members:
        return Members.unfitted(self.steps, self.random_state)

    @cached_property
    def _members(self) -> Members:
        return self._unfitted().restore(self.matrix_, vars(self))

    @cached_property
    def _others(self) -> np.ndarray:
        return np.delete(np.arange(self.matrix_.n_movies), self._members.encoder.films_)

    @cached_property
    def _trait_odds(self) -> TraitOdds:
        flags = flags_of(self.tags_, self.tag_starts_)
        return TraitOdds(self.matrix_, flags, np.expm1(self.log_likes_))


def _z_scores(
    scores: np.ndarray, films: np.ndarray | slice, known: np.ndarray | slice = ALL
) -> np.ndarray:
    """Of some films, by the mean and the spread of each row among the known ones; float32."""
    of_known = scores[:, known].astype(float, order="C")
    means = of_known.mean(axis=1, keepdims=True)  # the same however many rows there are
    of_known -= means
    spreads = np.sqrt(np.vecdot(of_known, of_known)[:, None] / of_known.shape[1])
    z_scores = scores[:, films].astype(np.float32, copy=False) - means.astype(np.float32)
    z_scores /= np.where(spreads > 0, spreads, 1).astype(np.float32)
    return z_scores
