"""Files that a killed server left are removed; nothing else is."""

import os
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from db.server.orphans import remove_orphans
from db.store.engine import writing


@pytest.fixture
def directory(scratch, second_server) -> Path:
    """Where the second server keeps its tables."""
    data = Path(make_url(second_server).query["host"])
    with writing() as connection:
        path = connection.scalar(text("select pg_relation_filepath('pg_proc')"))
    return (data / path).parent


def left(directory: Path, name: str, *, old: bool) -> Path:
    path = directory / name
    path.write_bytes(b"rows")
    if old:
        os.utime(path, (0, 0))
    return path


def test_only_old_files_of_nothing_go(directory):
    orphans = [left(directory, name, old=True) for name in ("4000000001", "4000000001_fsm")]
    orphans.append(left(directory, "4000000001.1", old=True))
    young = left(directory, "4000000002", old=False)
    other = left(directory, "t3_4000000003", old=True)  # a temporary table's: none of ours
    before = set(directory.iterdir())
    with writing() as connection:
        assert remove_orphans(connection, directory.parents[1]) == 12
        assert set(directory.iterdir()) == before - set(orphans)
        assert connection.scalar(text("select count(*) from pg_proc")) > 1000
    young.unlink()
    other.unlink()
