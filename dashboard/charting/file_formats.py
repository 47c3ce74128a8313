"""A chart's rows as the text of a file."""

import json
import re

import pandas as pd

# A formula's first character, full-width forms and the minus sign included, after any blanks that
# spreadsheets trim: controls, spaces of every kind, a byte-order mark.
BLANKS = r"\x00-\x20\x7f\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
RUN_BY_SPREADSHEETS = re.compile(rf"[\t\r\n]|[{BLANKS}]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20]")

PIECE = 500  # rows


def to_csv(rows: pd.DataFrame) -> str:
    """All rows; months as YYYY-MM; an apostrophe before what a spreadsheet would run."""
    cells = _months_written(rows)
    for name, kind in cells.dtypes.items():
        if not pd.api.types.is_numeric_dtype(kind):
            cells[name] = cells[name].map(_quoted, na_action="ignore")
    # csv quotes what its line ends hold: with \r\n a lone \r in a title can't break its row
    # In pieces, as others' charts wait for each
    text = cells.to_csv(index=False, lineterminator="\r\n", chunksize=PIECE)
    return text.replace("\r\n", "\n")


def _quoted(text: str) -> str:
    return f"'{text}" if RUN_BY_SPREADSHEETS.match(text) else text


def to_json(rows: pd.DataFrame) -> str:
    """A list of all rows, each an object by column; months as YYYY-MM, what is missing as null."""
    cells = _months_written(rows).astype(object)
    records = cells.where(cells.notna(), None).to_dict("records")
    return json.dumps(records, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _months_written(rows: pd.DataFrame) -> pd.DataFrame:
    """The same with the first days of months as YYYY-MM."""
    cells = rows.copy(deep=False)
    for name in rows.select_dtypes("datetime"):
        cells[name] = rows[name].dt.strftime("%Y-%m")
    return cells


def _plain(value: object) -> object:
    """NumPy's number as Python's."""
    return value.item()  # type: ignore[attr-defined]  # json hands over what it does not know
