"""A dataset is read by the code that can, and by no other."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from db.ingest.swap import load
from db.similarity import formats
from db.store.datasets import layout
from tests.db.importing import source

ROOT = Path(__file__).parents[3]

# A file, and a change there by which the bytes or columns of a dataset lie otherwise
EDITS = {
    "fields of a rating": (
        "db/similarity/tables.sql",
        "month >i2, half_stars >i2",
        "half_stars >i2, month >i2",
    ),
    "fields of a month": (
        "db/similarity/tables.sql",
        "place >i4, ratings >i4",
        "ratings >i4, place >i4",
    ),
    "a field's name": ("db/similarity/tables.sql", "place >i4, month", "user >i4, month"),
    "a count's type": ("db/similarity/tables.sql", "is '>i4'", "is '<i4'"),
    "a packed table": ("db/similarity/tables.sql", "films   bytea", "movies  bytea"),
    "a packed table's key": (
        "db/similarity/keys.sql",
        "on user_months (month)",
        "on user_months (ratings)",
    ),
    "a base table": ("db/store/schema.sql", "rated_at ", "given_at "),
    "a rollup": ("db/store/rollups.sql", "as first_month", "as earliest"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """A copy of the product's database part, to change."""
    directory = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "db", directory / "db")
    return directory


def run(program: str, copy: Path) -> str:
    """What a program says, with the copy for the product."""
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
    return done.stdout + done.stderr


def layout_of(copy: Path) -> str:
    return run("from db.store.datasets import layout; print(layout())", copy).strip()


@contextmanager
def changed(path: Path, old: str, new: str) -> Iterator[None]:
    before = path.read_text()
    assert old in before
    path.write_text(before.replace(old, new))
    try:
        yield
    finally:
        path.write_text(before)


@pytest.mark.slow
@pytest.mark.parametrize(("file", "old", "new"), EDITS.values(), ids=EDITS)
def test_a_change_to_how_data_lies_is_another_layout(copy, file, old, new):
    before = layout_of(copy)
    assert before == layout()
    with changed(copy / file, old, new):
        after = layout_of(copy)
    assert re.fullmatch("[0-9a-f]{32}", after)
    assert after != before


def test_a_copy_with_other_comments_is_of_the_same_layout(copy):
    with changed(copy / "db/similarity/tables.sql", "-- All ratings", "-- Every rating"):
        assert layout_of(copy) == layout()


@pytest.mark.slow
def test_a_dataset_packed_otherwise_is_outdated_and_not_misread(scratch, copy):
    """Before, swapping two fields gave other similarities, without a word."""
    load(source(name="mine"))
    file, old, new = EDITS["fields of a rating"]
    program = (
        "from db import queries; from db.filters.rating_filters import RatingFilters;"
        "from db.similarity.formats import RATING; from db.store.engine import reading\n"
        "print(RATING.names)\n"
        "with reading() as c: print(len(queries.user_similarity(c, RatingFilters())))"
    )
    said = run(program, copy)
    assert said.split("\n")[:2] == ["('movie_id', 'month', 'half_stars')", "1"]
    with changed(copy / file, old, new):
        said = run(program, copy)
    assert said.startswith("('movie_id', 'half_stars', 'month')")
    assert "OutdatedDataset: The dataset mine was loaded by another version" in said


def test_every_packed_column_says_how_numbers_lie_in_it(connection):
    """Unlike a format, which numpy would not let be missing, a column can be forgotten."""
    packed = """
        select table_name || '.' || column_name from information_schema.columns
        where table_schema = current_schema() and data_type = 'bytea'
    """
    assert set(connection.scalars(text(packed))) == formats.SAID.keys()


def test_nothing_is_packed_by_a_format_of_its_own():
    """But for COPY's, which is the server's, and for files that an import sorts and deletes."""
    elsewhere = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "db").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.dtype"
        if not (isinstance(node.args[0], ast.Constant) and str(node.args[0].value).isalnum())
    }
    assert elsewhere == {
        "db/similarity/formats.py",
        "db/store/binary_copy.py",
        "db/ingest/sources/ordering.py",
    }
