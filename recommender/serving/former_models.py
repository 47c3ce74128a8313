"""Models of a dataset that was loaded before: they answer until those of the current one can.

The same number may mean another film in another dataset, so films are known by title and year, and
answers are in the current dataset's numbers.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from functools import lru_cache
from threading import Lock
from typing import Self, cast

import numpy as np
import pandas as pd
from cachetools import LRUCache, cached

from recommender.data.arrays import ArtifactError
from recommender.data.rating_matrix import RatingMatrix
from recommender.models import DEFAULT_MODEL, MODELS, STAND_INS
from recommender.models.base import Recommender
from recommender.models.star_predictor import StarPredictor
from recommender.serving import artifacts
from recommender.serving.kept_intervals import open_intervals
from recommender.serving.kept_questions import open_questions
from recommender.serving.star_estimates import StarEstimates
from recommender.serving.taste_map import TasteMap, map_of, open_map

YEAR = r"\s*\(\d{4}\)\s*$"  # at the end of a title
UNTITLED = r"\(untitled film \d+\)"  # what an import calls a film without a title
Films = Callable[[], pd.DataFrame]
"""Reads movie_id, title and release_year of the current dataset's films."""


@dataclass(frozen=True, eq=False)
class FormerMatrix(RatingMatrix):
    """A former dataset's ratings, its films under their numbers in the current one.

    Films that are gone have negative numbers and are never listed.
    """

    @classmethod
    def of(cls, matrix: RatingMatrix, movie_ids: np.ndarray) -> Self:
        """The matrix under these numbers."""
        given = {field.name: getattr(matrix, field.name) for field in fields(RatingMatrix)}
        movies = matrix.movies.assign(movie_id=movie_ids)
        return cls(**given | {"movie_ids": movie_ids, "movies": movies})

    def without(self, movie_ids) -> np.ndarray:
        return super().without(movie_ids) & (self.movie_ids >= 0)


@dataclass(frozen=True)
class FormerModels:
    """name: of the dataset that they were trained on. keys: of the models that may answer, and what
    the maps that may be shown are kept as."""

    name: str
    matrix: FormerMatrix
    keys: frozenset[str]

    def model(self, key: str) -> Recommender | None:
        """The model of this key, if it may answer and was trained."""
        try:
            return _model(key, self.matrix) if key in self.keys else None
        except ArtifactError:
            return None

    def estimates(self, key: str) -> StarEstimates | None:
        """What the model of this key says of stars, if it may and its intervals are known."""
        predictor = self.model(key)
        try:
            intervals = open_intervals(key, self.matrix.fingerprint)
        except ArtifactError:
            return None
        return StarEstimates(cast(StarPredictor, predictor), intervals) if predictor else None

    def mapped(self, key: str) -> tuple[TasteMap, Recommender] | None:
        """The map of this model, without the films that are gone, and the model itself."""
        if map_of(key) not in self.keys:
            return None
        try:
            former, model = open_map(key, self.matrix.fingerprint), _model(key, self.matrix)
            columns = artifacts.open_matrix(self.matrix.fingerprint).columns(former.movie_ids)
        except ArtifactError:
            return None
        movie_ids = self.matrix.movie_ids[columns]
        return TasteMap(movie_ids[movie_ids >= 0], former.positions[movie_ids >= 0]), model

    def questions(self) -> np.ndarray:
        """Current numbers of the films to ask about; of none until they are found."""
        try:
            former = open_questions(self.matrix.fingerprint)
            columns = artifacts.open_matrix(self.matrix.fingerprint).columns(former.tolist())
        except ArtifactError:
            return np.array([], int)
        found = self.matrix.movie_ids[columns[columns >= 0]]
        return found[found >= 0]


def find_former(
    fingerprint: str, name: str, keys: Collection[str], films: Films
) -> FormerModels | None:
    """The models of the dataset loaded last before the current one that has films in common.

    Those with the default model come first. fingerprint, name and films are the current dataset's,
    keys those of its models and maps that are still to be made. None where none help.
    """
    for former in sorted(artifacts.others(fingerprint), key=_lacks_default):
        try:
            if trained_keys(former):
                former_name = artifacts.dataset_name(former)
                matrix = _matrix(former, fingerprint, former_name == name, films)
                if np.any(matrix.movie_ids >= 0):
                    return FormerModels(former_name, matrix, frozenset(keys))
        except ArtifactError:
            continue
    return None


def trained_keys(fingerprint: str) -> set[str]:
    """Which of the models that can answer for any other were trained."""
    return {DEFAULT_MODEL, *STAND_INS} & set(artifacts.available(fingerprint))


def _lacks_default(fingerprint: str) -> bool:
    return DEFAULT_MODEL not in trained_keys(fingerprint)


@cached(LRUCache(artifacts.DATASETS_KEPT), key=lambda *given: given[:3], lock=Lock())
def _matrix(former: str, current: str, same_name: bool, films: Films) -> FormerMatrix:
    matrix = artifacts.open_matrix(former)
    return FormerMatrix.of(matrix, current_numbers(matrix.movies, films(), same_name))


@lru_cache(maxsize=len(MODELS))
def _model(key: str, matrix: FormerMatrix) -> Recommender:
    return artifacts.load(key, matrix, artifacts.models_directory(matrix.fingerprint))


def current_numbers(
    former: pd.DataFrame, current: pd.DataFrame, untitled: bool = True
) -> np.ndarray:
    """The current movie_id of each former film; a negative number for one that is gone.

    former, current: movie_id, title and release_year. A film is the one of the same title and year;
    where there are several of these, that of the same number. untitled: whether a film without a
    title can be known by its number, as in a dataset that was loaded again.
    """
    then, now = (_named(films, untitled) for films in (former, current))
    same = then.merge(now, on=["movie_id", "name"])["movie_id"]
    alone, alone_now = (films.drop_duplicates("name", keep=False) for films in (then, now))
    others = alone.merge(alone_now, on="name", suffixes=("", "_now"))
    numbers = pd.Series(-1 - np.arange(len(former)), former["movie_id"].to_numpy(np.int64))
    numbers[others["movie_id"]] = others["movie_id_now"].to_numpy()
    numbers[same] = same.to_numpy()
    return numbers.to_numpy()


def _named(films: pd.DataFrame, untitled: bool) -> pd.DataFrame:
    """movie_id, and name: title and year in one form; of films that can be known by it."""
    titles = films["title"].str.replace(YEAR, "", regex=True).str.casefold()
    names = titles + " " + films["release_year"].astype("Int64").astype(str)
    known = untitled | ~titles.str.fullmatch(UNTITLED)
    return pd.DataFrame({"movie_id": films["movie_id"].astype(np.int64), "name": names})[known]
