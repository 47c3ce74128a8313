"""Columns to and from the database: whole blocks, halves of rows, none at all."""

import numpy as np
import pytest
from sqlalchemy import text

from db.store.binary_copy import copy_in, copy_out, copy_packed_in, copy_packed_out
from db.store.engine import writing

TYPES = {"a": np.int32, "b": np.int16, "c": np.int32}
SELECT = """
    select a, (a % 100)::smallint as b, :shift - a as c from generate_series(1, :count) a order by a
"""


@pytest.mark.parametrize("count", [0, 1, 2, 300_000])
def test_a_select_arrives_whole(connection, count):
    found = copy_out(connection, SELECT, {"count": count, "shift": 7, "unused": None}, TYPES)
    a = np.arange(1, count + 1)
    for name, expected in {"a": a, "b": a % 100, "c": 7 - a}.items():
        assert found[name].dtype == TYPES[name]
        np.testing.assert_array_equal(found[name], expected)


def test_limits_survive_the_way_in_and_out(server):
    columns = {
        "small": np.array([-(2**15), 2**15 - 1, 0], np.int16),
        "large": np.array([-(2**31), 2**31 - 1, 0], np.int32),
    }
    with writing() as connection:
        connection.execute(text("create temporary table t (small smallint, large integer)"))
        copy_in(connection, "t", columns)
        found = copy_out(
            connection, "select small, large from t", {}, {"small": np.int16, "large": np.int32}
        )
    for name, values in columns.items():
        np.testing.assert_array_equal(found[name], values)


PACKED = np.dtype([("place", ">i4"), ("month", ">i2")])


@pytest.mark.parametrize(
    "numbers", [{}, {"n": np.arange(3, dtype=np.int16)}], ids=["alone", "after"]
)
def test_packed_arrays_survive_the_way_in_and_out(server, numbers):
    arrays = [np.empty(0, PACKED), np.array([(1, 2)], PACKED), np.zeros(100_000, PACKED)]
    select = "select a from (select row_number() over () as i, a from p) p where i = :i"
    with writing() as connection:
        connection.execute(text("create temporary table p (n smallint, a bytea, b bytea)"))
        copy_packed_in(connection, "p", numbers, {"a": arrays, "b": arrays[::-1]})
        for i, array in enumerate(arrays, 1):
            found = copy_packed_out(connection, select, {"i": i})
            np.testing.assert_array_equal(np.frombuffer(found, PACKED), array)
        ns = connection.scalars(text("select n from p")).all()
        assert ns == ([0, 1, 2] if numbers else [None] * 3)


def test_no_row_and_null_are_no_bytes(connection):
    for select in ("select ''::bytea where false", "select null::bytea", "select ''::bytea"):
        assert copy_packed_out(connection, select, {}) == b""
