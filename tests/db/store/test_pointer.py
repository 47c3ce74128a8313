"""Versions of different layouts on one database: each serves its own dataset while it lives.

The other version is an earlier commit's real code where history is there, and this code with
another layout elsewhere.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from db.errors import OutdatedDataset
from db.ingest.kept import upgrade, use
from db.ingest.swap import load
from db.store.dataset_list import listed
from db.store.engine import dataset, reading, writing
from tests.db.importing import dataset_schemas, source

ROOT = Path(__file__).parents[3]
OTHER = "another layout"
BEFORE = "422fe5a"  # the last commit that knows one pointer only
READ = """
from db.store.engine import dataset, reading
with reading() as connection:
    print(dataset(connection).name)
"""
LOAD = """
from db.__main__ import main
assert main(["load", "small", "--name", "by the old"]) == 0
"""
FILES = {
    "ratings.csv": "userId,movieId,rating,timestamp\n1,10,4.5,0\n",
    "movies.csv": "movieId,title,genres\n10,A (1990),Comedy\n",
}


def shown() -> str:
    with reading() as connection:
        return dataset(connection).name


class Version:
    """This version's code with another layout, for as long as a block lasts."""

    def __init__(self, monkeypatch, layout: str) -> None:
        self.monkeypatch, self.layout = monkeypatch, layout

    def __enter__(self) -> None:
        self.now = self.monkeypatch.context()
        patched = self.now.__enter__()
        for module in ("db.store.datasets", "db.store.dataset_list", "db.ingest.importer"):
            patched.setattr(f"{module}.layout", lambda: self.layout)
        patched.setattr("db.ingest.dataset_tables.layout", lambda: self.layout)

    def __exit__(self, *error) -> None:
        self.now.__exit__(*error)


@pytest.fixture
def other(scratch, monkeypatch) -> Version:
    return Version(monkeypatch, OTHER)


def aged() -> None:
    """As if all pointers were two days old."""
    with writing() as connection, connection.begin():
        connection.execute(
            text("update reelscope.datasets set shown_since = shown_since - interval '2 days'")
        )


def test_each_version_serves_the_dataset_of_its_layout(other):
    load(source(name="old"))
    with other:
        with pytest.raises(OutdatedDataset):
            shown()
        load(source(name="new"))
        assert shown() == "new"
    assert shown() == "old"
    load(source(name="old again"))
    assert shown() == "old again"
    with other:
        assert shown() == "new"
        load(source(name="newer"))
        load(source(name="newest"))
        assert shown() == "newest"
    assert shown() == "old again"


def test_what_a_version_left_goes_with_an_import_a_day_later(other):
    load(source(name="old"))
    with other:
        load(source(name="new"))
        aged()
        assert shown() == "new"
        load(source(name="newest"))
        with reading() as connection:
            assert len(dataset_schemas(connection)) == 2  # the new one and the newest
    with pytest.raises(OutdatedDataset):
        shown()


def test_an_upgrade_is_done_once_and_leaves_the_old_version_its_dataset(other):
    load(source(name="mine"))
    with other:
        assert [each.name for each in upgrade()] == ["mine"]
        assert upgrade() == []
        with reading() as connection:
            assert [each.current for each in listed(connection)] == [True]
    assert shown() == "mine"


def test_a_kept_dataset_of_another_layout_is_not_shown(other):
    load(source(name="old"), keep=True)
    with other:
        load(source(name="new"))
        with pytest.raises(OutdatedDataset, match="old was loaded by another version"):
            use("old")
        assert shown() == "new"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Iterator[Path]:
    """The earlier commit's files."""
    directory = tmp_path_factory.mktemp("checkout")
    archive = subprocess.run(["git", "archive", BEFORE], cwd=ROOT, capture_output=True, check=False)
    if archive.returncode:
        pytest.skip(f"{BEFORE} is not there: no history, or a part of it")
    subprocess.run(["tar", "-x"], cwd=directory, input=archive.stdout, check=True)
    small = directory / "small"
    small.mkdir()
    for name, content in FILES.items():
        (small / name).write_text(content)
    yield directory


def run(program: str, directory: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(directory)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def same(checkout, monkeypatch) -> Version:
    """This version's code with the layout of the earlier commit."""
    return Version(
        monkeypatch, run("from db.store.datasets import layout; print(layout())", checkout)
    )


@pytest.mark.slow
def test_an_earlier_commit_serves_its_dataset_beside_this_one(other, same, checkout):
    run(LOAD, checkout)
    with same:
        assert shown() == "by the old"  # before any import of ours, in a catalogue of the old
    with other:
        load(source(name="by the new"))
        assert shown() == "by the new"
    assert run(READ, checkout) == "by the old"


@pytest.mark.slow
def test_of_one_layout_both_show_what_either_loads(other, same, checkout):
    run(LOAD, checkout)
    with same:
        load(source(name="by the new"))
        assert shown() == run(READ, checkout) == "by the new"
        run(LOAD, checkout)
        assert shown() == run(READ, checkout) == "by the old"
