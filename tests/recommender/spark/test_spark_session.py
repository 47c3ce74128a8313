"""Spark as spark-submit starts it, and what is said where something of it is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from recommender.spark.jdbc import AddressError, Database

ROOT = Path(__file__).parents[3]
SUBMIT = Path(sys.executable).with_name("spark-submit")


@pytest.mark.slow
def test_spark_submit_runs_a_script_which_says_that_the_driver_is_missing(tcp_server, tmp_path):
    script = ROOT / "recommender" / "spark" / "aggregate.py"
    done = subprocess.run(
        [SUBMIT, "--master", "local[1]", script, "--source", tcp_server.url],
        env=os.environ | {"DATABASE_URL": tcp_server.url, "PYSPARK_PYTHON": sys.executable},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    line = done.stdout.splitlines()[-1]  # spark-submit passes a script's stderr on as stdout
    assert line.startswith("aggregate.py: "), done.stdout
    assert "--jars /usr/share/java/postgresql.jar" in line


def test_without_java_the_script_says_how_to_get_it(tcp_server, tmp_path):
    done = subprocess.run(
        [sys.executable, ROOT / "recommender" / "spark" / "train_als.py", "--source", "x.parquet"],
        env={"DATABASE_URL": tcp_server.url, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("train_als.py: Spark needs Java 17 or later; on Debian: apt-get")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:p%40ss@host:5433/films?sslmode=require",
        "jdbc:postgresql://host:5433/films?user=me&password=p%40ss&sslmode=require",
    ],
)
def test_an_address_of_either_kind_gives_both(address):
    database = Database.at(address)
    assert database.for_us == "postgresql://me:p%40ss@host:5433/films?sslmode=require"
    assert database.options == {
        "url": "jdbc:postgresql://host:5433/films?sslmode=require",
        "driver": "org.postgresql.Driver",
        "user": "me",
        "password": "p@ss",
    }


@pytest.mark.parametrize("address", ["postgresql:///films?host=/run", "mysql://me@host/films"])
def test_an_address_that_spark_cannot_reach_is_refused(address):
    with pytest.raises(AddressError, match="over TCP only"):
        Database.at(address)
