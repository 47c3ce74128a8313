import numpy as np
import pandas as pd
import pytest

from recommender.data.arrays import ArtifactError
from recommender.data.rating_matrix import RatingMatrix
from recommender.models import MODELS
from recommender.models.nmf import NMFRecommender
from recommender.models.svd import SVDRecommender
from recommender.serving import artifacts, taste_map
from recommender.serving.taste_map import MAPPED, TasteMap


@pytest.fixture(scope="module")
def nmf_map(models) -> TasteMap:
    return TasteMap.of(models["nmf"])


@pytest.fixture
def own_home(monkeypatch, tmp_path):
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path))
    return tmp_path


def test_the_most_rated_films_are_on_the_map(nmf_map, matrix):
    enough = matrix.by_popularity[matrix.counts[matrix.by_popularity] >= 5][:5000]
    assert np.array_equal(nmf_map.movie_ids, matrix.movie_ids[enough])
    assert nmf_map.positions.shape == (len(enough), 2)
    assert nmf_map.positions.min() == 0 and nmf_map.positions.max() == 1


def test_at_most_5000_are(models, monkeypatch, matrix):
    monkeypatch.setattr(taste_map, "MOST_FILMS", 40)
    assert np.array_equal(
        TasteMap.of(models["nmf"]).movie_ids, matrix.movie_ids[matrix.by_popularity[:40]]
    )


def test_neighbours_on_the_map_share_genres(nmf_map, matrix):
    columns = matrix.columns(nmf_map.movie_ids[:500].tolist())
    flags = matrix.genre_flags[columns].astype(float)
    unit = flags / np.linalg.norm(flags, axis=1, keepdims=True).clip(min=1)
    cosines, places = unit @ unit.T, nmf_map.positions[:500]
    apart = np.linalg.norm(places[:, None] - places, axis=2)
    nearest = np.argsort(apart, axis=1)[:, 1:6]
    assert np.take_along_axis(cosines, nearest, axis=1).mean() > 1.25 * cosines.mean()


def test_the_two_kinds_of_the_checkerboard_lie_apart(checkerboard):
    places = TasteMap.of(NMFRecommender(n_factors=2).fit(checkerboard))
    apart = np.linalg.norm(places.positions[:, None] - places.positions, axis=2)
    same = np.equal.outer(places.movie_ids % 2, places.movie_ids % 2)
    assert apart[same].mean() < 0.7 * apart[~same].mean()


def test_too_few_films_are_an_empty_map(checkerboard):
    few = checkerboard.take_users(np.arange(3))  # fewer than 5 ratings each
    places = TasteMap.of(NMFRecommender(n_factors=2).fit(few))
    assert places.movie_ids.shape == (0,) and places.positions.shape == (0, 2)


def test_a_model_that_finds_no_difference_between_films_has_an_empty_map():
    rows = [(user, movie, 4.0) for user in range(30) for movie in range(60)]
    alike = RatingMatrix.from_frame(pd.DataFrame(rows, columns=["user_id", "movie_id", "rating"]))
    places = TasteMap.of(SVDRecommender().fit(alike))
    assert places.movie_ids.shape == (0,) and places.positions.shape == (0, 2)


@pytest.fixture
def kept(own_home, nmf_map, matrix, models) -> str:
    """The fingerprint of ratings of which NMF and its map are kept."""
    artifacts.save(models["nmf"], artifacts.models_directory(matrix.fingerprint))
    taste_map.save(nmf_map, "nmf", matrix.fingerprint)
    return matrix.fingerprint


def test_before_there_is_one_that_is_said(own_home):
    with pytest.raises(ArtifactError):
        taste_map.load("nmf", "abc")


def test_saved_and_opened_it_is_the_same(kept, nmf_map):
    loaded = taste_map.load("nmf", kept)
    assert np.array_equal(loaded.movie_ids, nmf_map.movie_ids)
    assert np.array_equal(loaded.positions, nmf_map.positions)


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("recommender.serving.taste_map", "PERPLEXITY = 30.0", "PERPLEXITY = 20.0"),
        ("recommender.models.nmf", "def embeddings", "async def embeddings"),
    ],
)
def test_another_versions_map_is_refused(kept, edited, module, old, new):
    edited(module, old, new)
    with pytest.raises(ArtifactError, match="another version"):
        taste_map.load("nmf", kept)


def test_a_map_of_a_model_that_was_trained_otherwise_is_refused(kept, matrix):
    """As Spark's script trains anew, with other hyperparameters."""
    other = NMFRecommender(n_factors=2).fit(matrix)
    artifacts.save(other, artifacts.models_directory(kept))
    with pytest.raises(ArtifactError):
        taste_map.load("nmf", kept)


def test_the_default_map_is_of_a_quick_model():
    assert MODELS[MAPPED[0]].quick
