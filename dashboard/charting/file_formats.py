"""A chart's rows as the text of a file, in pieces."""

import json
import re
from collections.abc import Iterator

import pandas as pd

# A formula's first character, full-width forms and the minus sign included, after any blanks that
# spreadsheets trim: controls, spaces of every kind, a byte-order mark.
BLANKS = r"\x00-\x20\x7f\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
RUN_BY_SPREADSHEETS = re.compile(rf"[\t\r\n]|[{BLANKS}]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20]")

PIECE = 1000  # rows, some milliseconds: others' charts wait for each


def csv_pieces(rows: pd.DataFrame) -> Iterator[str]:
    """All rows; months as YYYY-MM; an apostrophe before what a spreadsheet would run."""
    yield rows.head(0).to_csv(index=False, lineterminator="\n")
    for cells in _pieces(rows):
        for name, kind in cells.dtypes.items():
            if not pd.api.types.is_numeric_dtype(kind):
                cells[name] = cells[name].map(_quoted, na_action="ignore")
        # csv quotes what its line ends hold: with \r\n a lone \r in a title can't break its row
        yield cells.to_csv(index=False, header=False, lineterminator="\r\n").replace("\r\n", "\n")


def _quoted(text: str) -> str:
    return f"'{text}" if RUN_BY_SPREADSHEETS.match(text) else text


def json_pieces(rows: pd.DataFrame) -> Iterator[str]:
    """A list of all rows, each an object by column; months as YYYY-MM, what is missing as null."""
    before = "["
    for piece in _pieces(rows):
        cells = piece.astype(object)
        records = cells.where(cells.notna(), None).to_dict("records")
        text = json.dumps(records, ensure_ascii=False, separators=(",", ":"), default=_plain)
        yield before + text[1:-1]
        before = ","
    yield "[]" if before == "[" else "]"


def _pieces(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The same in parts, the first days of months as YYYY-MM."""
    for first in range(0, len(rows), PIECE):
        piece = rows.iloc[first : first + PIECE]
        yield piece.assign(
            **{name: piece[name].dt.strftime("%Y-%m") for name in piece.select_dtypes("datetime")}
        )


def _plain(value: object) -> object:
    """NumPy's number as Python's."""
    return value.item()  # type: ignore[attr-defined]  # json hands over what it does not know
