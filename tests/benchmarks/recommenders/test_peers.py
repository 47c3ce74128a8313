"""Every peer that is installed learns, folds visitors in and is measured as our models are."""

from importlib import import_module

import numpy as np
import pytest

from benchmarks.recommenders.recommenders_command import PEERS
from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate.ranked_lists import Transductive

PROFILE = {0: 5.0, 2: 5.0, 4: 4.0, 1: 1.0}
NAMES = {
    "implicit": ["ALS", "BPR", "cosine", "TF-IDF", "BM25"],
    "irspack": ["EASE", "SLIM", "RP3beta"],
    "surprise": ["KNN", "SVD"],
}


@pytest.fixture(scope="module")
def two_tastes() -> RatingMatrix:
    """Even users rate even films 5 and odd ones 1, odd users the other way round."""
    rng = np.random.default_rng(0)
    users, films = np.nonzero(rng.random((60, 30)) < 0.6)
    stars = np.where(users % 2 == films % 2, 5.0, 1.0)
    return RatingMatrix.from_triplets(users + 100, films, stars)


def peer(library: str, model: str):
    module = pytest.importorskip(PEERS[library], exc_type=ImportError)
    return next(kind for name, kind in module.MODELS.items() if name.endswith(f": {model}"))()


@pytest.mark.parametrize(
    ("library", "model"), [(library, model) for library, names in NAMES.items() for model in names]
)
def test_a_visitor_gets_films_of_their_own_taste(two_tastes, library, model):
    learner = peer(library, model)
    if isinstance(learner, Transductive):
        learner.fit_with(two_tastes, [PROFILE, {1: 5.0, 3: 5.0, 5: 5.0, 0: 1.0}])
    else:
        learner.fit(two_tastes)
    scores = learner.score(PROFILE)
    unseen = ~np.isin(two_tastes.movie_ids, list(PROFILE))
    even = two_tastes.movie_ids % 2 == 0
    assert scores.shape == (two_tastes.n_movies,)
    assert scores[unseen & even].mean() > scores[unseen & ~even].mean()


@pytest.mark.parametrize("model", NAMES["surprise"])
def test_stars_are_predicted_for_known_and_unknown_pairs(two_tastes, model):
    learner = peer("surprise", model).fit(two_tastes)
    known, other, unknown = learner.predict([100, 100, 9], [0, 1, 999])
    assert known > other
    assert unknown == pytest.approx(two_tastes.overall_mean, abs=0.2)


@pytest.mark.parametrize("library", PEERS)
def test_every_model_of_a_library_is_tested(library):
    try:
        models = import_module(PEERS[library]).MODELS
    except ImportError:
        pytest.skip("not installed")
    assert [name.partition(": ")[2] for name in models] == NAMES[library]
