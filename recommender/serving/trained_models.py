"""The trained models of one dataset; each process opens them once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self, cast

from db.store.datasets import Dataset
from recommender.data.arrays import ArtifactError
from recommender.data.rating_matrix import RatingMatrix
from recommender.models import DEFAULT_MODEL, MODELS, STAND_INS
from recommender.models.base import Recommender
from recommender.models.star_predictor import StarPredictor
from recommender.questions.quick_start import next_questions
from recommender.serving import artifacts
from recommender.serving.former_models import Films, FormerMatrix, FormerModels, find_former
from recommender.serving.kept_intervals import PREDICTORS, open_intervals
from recommender.serving.kept_questions import open_questions
from recommender.serving.star_estimates import StarEstimates
from recommender.serving.taste_map import MAPPED, TasteMap, is_made, map_of, open_map


@dataclass(frozen=True)
class TrainedModels:
    """What has been trained on the dataset of this fingerprint so far; None for what has not.

    former: the models that answer for those that are still to be trained.
    """

    fingerprint: str
    former: FormerModels | None = None

    @classmethod
    def of(cls, dataset: Dataset, films: Films) -> Self:
        """Of the current dataset, with former ones while some are to come that can be trained.

        films: reads its films, which is done when former models are opened.
        """
        there = artifacts.available(dataset.fingerprint)
        missing = {key: key for key in MODELS if key not in there}
        unmapped = [key for key in MAPPED if not is_made(key, dataset.fingerprint)]
        missing |= {map_of(key): key for key in unmapped}
        awaited = [
            kept for kept, key in missing.items() if not MODELS[key].obstacle(dataset.ratings)
        ]
        former = find_former(dataset.fingerprint, dataset.name, awaited, films) if awaited else None
        return cls(dataset.fingerprint, former)

    @property
    def matrix(self) -> RatingMatrix | None:
        """The dataset's ratings, which training saves first; until then, the former ones."""
        try:
            return artifacts.open_matrix(self.fingerprint)
        except ArtifactError:
            return self.former.matrix if self.former else None

    def model(self, key: str) -> Recommender | None:
        """The model of this key."""
        try:
            return artifacts.open_model(key, self.fingerprint)
        except ArtifactError:
            return None

    def model_or_former(self, key: str) -> Recommender | None:
        """The model of this key or, until it is trained, the former one; no other stands in."""
        return self.model(key) or (self.former.model(key) if self.former else None)

    def answering(self, key: str) -> Recommender | None:
        """The model asked for or, until it is trained, the best of those that are.

        A former model comes before another model of the current dataset.
        """
        for each in (key, DEFAULT_MODEL, *STAND_INS):
            if found := self.model_or_former(each):
                return found
        return None

    def star_estimates(self) -> StarEstimates | None:
        """The best trained predictor of stars whose intervals are known.

        A former one comes before another of the current dataset, as in `answering`.
        """
        for key in PREDICTORS:
            if found := self._own_estimates(key) or (self.former and self.former.estimates(key)):
                return found
        return None

    def _own_estimates(self, key: str) -> StarEstimates | None:
        try:
            predictor = artifacts.open_model(key, self.fingerprint)
            intervals = open_intervals(key, self.fingerprint)
        except ArtifactError:
            return None
        return StarEstimates(cast(StarPredictor, predictor), intervals)

    def every(self) -> list[Recommender]:
        """All that are trained, in the order of MODELS; until there is one, the former ones."""
        own = [found for found in map(self.model, MODELS) if found is not None]
        if own or not self.former:
            return own
        return [found for found in map(self.former.model, MODELS) if found is not None]

    def questions(self, n: int, skip: Collection[int]) -> list[int]:
        """The n films to ask about first; none until they are found."""
        try:
            found = open_questions(self.fingerprint)
        except ArtifactError:
            if not self.former:
                return []
            found = self.former.questions()
        return next_questions(found, n, skip)

    def mapped(self, key: str) -> tuple[TasteMap, Recommender] | None:
        """The map of a model's films and that model; until it is made, the former one."""
        try:
            return open_map(key, self.fingerprint), artifacts.open_model(key, self.fingerprint)
        except ArtifactError:
            return self.former.mapped(key) if self.former else None


def is_former(model: Recommender) -> bool:
    """Whether a model was trained on a dataset that was loaded before."""
    return isinstance(model.matrix_, FormerMatrix)


def trained_when(model: Recommender) -> datetime:
    """When a model was trained, or fetched from where it was; UTC."""
    trained = artifacts.trained_at(model.matrix_.fingerprint)
    return datetime.fromtimestamp(trained[artifacts.key_of(model)], UTC)
