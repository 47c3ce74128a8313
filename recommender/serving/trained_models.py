"""The trained models of one dataset; each process opens them once."""

from collections.abc import Collection
from dataclasses import dataclass

from recommender.data.arrays import ArtifactError
from recommender.data.rating_matrix import RatingMatrix
from recommender.models import DEFAULT_MODEL, MODELS, STAND_INS
from recommender.models.base import Recommender
from recommender.questions.quick_start import next_questions
from recommender.serving import artifacts
from recommender.serving.kept_questions import open_questions
from recommender.serving.taste_map import TasteMap, open_map


@dataclass(frozen=True)
class TrainedModels:
    """What has been trained on the dataset of this fingerprint so far; None for what has not."""

    fingerprint: str

    @property
    def matrix(self) -> RatingMatrix | None:
        """The dataset's ratings, which training saves first."""
        try:
            return artifacts.open_matrix(self.fingerprint)
        except ArtifactError:
            return None

    def model(self, key: str) -> Recommender | None:
        """The model of this key."""
        try:
            return artifacts.open_model(key, self.fingerprint)
        except ArtifactError:
            return None

    def answering(self, key: str) -> Recommender | None:
        """The model asked for or, until it is trained, the best of those that are."""
        candidates = (self.model(each) for each in (key, DEFAULT_MODEL, *STAND_INS))
        return next((found for found in candidates if found is not None), None)

    def every(self) -> list[Recommender]:
        """All that are trained, in the order of MODELS."""
        return [found for found in map(self.model, MODELS) if found is not None]

    def questions(self, n: int, skip: Collection[int]) -> list[int]:
        """The n films to ask about first; none until they are found."""
        try:
            return next_questions(open_questions(self.fingerprint), n, skip)
        except ArtifactError:
            return []

    def taste_map(self, key: str) -> TasteMap | None:
        """The map of a model's films."""
        try:
            return open_map(key, self.fingerprint)
        except ArtifactError:
            return None
