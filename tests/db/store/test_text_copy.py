"""Text and numbers out of the database as they are, whatever is in them."""

import pyarrow as pa
import pytest

from db.store.text_copy import select_columns

TYPES = {"number": pa.int64(), "measure": pa.float64(), "text": pa.string()}
SELECT = """
    select * from unnest(
        cast(:numbers as integer[]), cast(:measures as float8[]), cast(:texts as text[])
    ) as r (number, measure, text)
"""


def test_values_arrive_as_they_are(connection):
    texts = ["", None, "NA", "nan", 'say "hi", twice', "two\nlines", "\\.", "100% :name", "é 漢"]
    numbers = [None, *range(-1, len(texts) - 2)]
    measures = [1 / 3, 1e-300, None, -2.5, 0.1 + 0.2, 1e22, 0.0, 5e-324, 2.0]
    given = {"numbers": numbers, "measures": measures, "texts": texts}
    found = select_columns(connection, SELECT, given | {"unused": None}, TYPES)
    assert found.schema == pa.schema(TYPES)
    assert found.to_pydict() == {"number": numbers, "measure": measures, "text": texts}


@pytest.mark.parametrize("number", [0, 7, 2**62])
def test_percent_signs_and_no_rows(connection, number):
    rows = select_columns(connection, "select :n % 5 as number", {"n": number}, TYPES)
    assert rows.to_pydict() == {"number": [number % 5]}
    none = select_columns(connection, "select 1 as number, '' as text where false", {}, TYPES)
    assert none.num_rows == 0 and none.schema == pa.schema({n: TYPES[n] for n in none.column_names})
