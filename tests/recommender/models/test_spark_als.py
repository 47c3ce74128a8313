"""Spark itself runs here, on two cores of this machine."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from db.server.children import ROOT
from db.settings import SPARK_MASTER
from recommender.models.als import ALSRecommender
from recommender.models.base import TrainingError
from recommender.models.spark_als import SparkALSRecommender

MISSING = SparkALSRecommender.obstacle()
TRAIN_SOMETHING = """
import pandas
from recommender.models import MODELS
from recommender.data.rating_matrix import RatingMatrix
one = pandas.DataFrame({"user_id": [7], "movie_id": [9], "rating": [3.5]})
MODELS["spark-als"]().fit(RatingMatrix.from_frame(one))
"""


def trained(test):
    """The test needs the model's packages."""
    return pytest.mark.extra(pytest.mark.skipif(bool(MISSING), reason=str(MISSING))(test))


@pytest.fixture
def installed(monkeypatch):
    """As if pyspark were there, whether or not it is."""
    monkeypatch.setattr(SparkALSRecommender, "extras", ())


def test_says_that_java_is_missing(installed, monkeypatch, tmp_path, checkerboard):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(TrainingError, match=r"needs Java 17 .* apt-get install openjdk"):
        SparkALSRecommender().fit(checkerboard)


@trained
def test_comes_to_what_als_comes_to(checkerboard):
    """Both minimise the same sum; what they add for one's own ratings is nearly the same."""
    settings = {"n_factors": 2, "regularisation": 0.01, "n_iterations": 20}
    ours = ALSRecommender(prior=0, **settings).fit(checkerboard)
    theirs = SparkALSRecommender(**settings).fit(checkerboard)
    profile = {0: 5.0, 1: 1.0, 2: 5.0, 3: 1.0}
    assert theirs.score(profile) == pytest.approx(ours.score(profile), abs=0.05)


@trained
def test_java_ends_with_the_training_and_is_started_again():
    """Kept, it has a gigabyte for as long as others are trained and measured."""
    code = f"{TRAIN_SOMETHING * 2}import psutil; print('left:', psutil.Process().children())"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "left: []"


@trained
def test_its_vectors_are_not_all_alike(matrix):
    model = SparkALSRecommender(n_iterations=2).fit(matrix)
    assert model.vectors_.shape == (matrix.n_movies, 10)
    assert np.unique(model.vectors_, axis=0).shape[0] > matrix.n_movies / 2


@trained
def test_a_cluster_that_is_not_there_is_one_line():
    """In a process of its own: in this one Spark may be running already."""
    done = subprocess.run(
        [sys.executable, "-c", TRAIN_SOMETHING],
        env=os.environ | {SPARK_MASTER.name: "nonsense://nowhere"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
    )
    assert re.search(r"TrainingError: ALS on Spark can't be trained: [^\n]+\n$", done.stderr)
