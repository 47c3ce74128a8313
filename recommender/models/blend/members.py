"""The models that the blend adds up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Recommender
from recommender.models.content import ContentRecommender
from recommender.models.ease import EASERecommender
from recommender.models.encoder import EncoderRecommender
from recommender.models.user_cosine import UserCosineRecommender

EASE_FILMS = 2000  # the most rated ones: of others it knows too little
NEIGHBOURS = 100  # by one to seven answers nobody can tell the nearest fifty users


@dataclass(frozen=True, eq=False)
class Members:
    """One of each, with the hyperparameters that it has in the blend."""

    encoder: EncoderRecommender
    ease: EASERecommender
    content: ContentRecommender
    cosine: UserCosineRecommender

    @classmethod
    def unfitted(cls, steps: int = 1, random_state: int = 0) -> Self:
        """steps, random_state: of the encoder."""
        return cls(
            EncoderRecommender(steps=steps, random_state=random_state),
            EASERecommender(max_movies=EASE_FILMS),
            ContentRecommender(),
            UserCosineRecommender(n_neighbours=NEIGHBOURS),
        )

    @property
    def by_key(self) -> dict[str, Recommender]:
        """By their keys in MODELS."""
        return {
            "encoder": self.encoder,
            "ease": self.ease,
            "content": self.content,
            "user-cosine": self.cosine,
        }

    def restore(self, matrix: RatingMatrix, learned: Mapping[str, np.ndarray]) -> Self:
        """Give them back what they learned from these ratings, by the names of `arrays`."""
        for name, member, of in arrays(self.by_key):
            member.matrix_ = matrix
            setattr(member, of, learned[name])
        return self


def arrays(members: Mapping[str, Recommender]) -> Iterator[tuple[str, Recommender, str]]:
    """Each array's name in the blend, the member that learns it, and its name there."""
    for key, member in members.items():
        for name in member.learned:
            yield f"{key.replace('-', '_')}_{name}", member, name
