"""Ratings or films as JSON: an object a line (JSON Lines), or a list of objects.

They are read as the table that they are: a column for each key that the first objects have.
"""

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator
from functools import partial
from itertools import chain, islice
from typing import IO, Any

from db.errors import LoadError
from db.ingest.sources.files import SourceFile
from db.ingest.sources.rewritten import rewritten

LOOKED_AT = 1000  # objects whose keys are columns
BLOCK = 1 << 20  # characters read at a time
LONGEST = 1 << 24  # characters of an object; a review has some thousands
BETWEEN = " \t\r\n,[]"
HEAD = re.compile(rb"\s*\[?\s*\{\s*[\"}]")
LIST_INSIDE = re.compile(r"\s*\{\s*\"[^\"]*\"\s*:\s*(?=\[\s*\{)")
"""What stands before the list of {"ratings": [{…}, …]}."""


def is_json(file: SourceFile) -> bool:
    """By its first characters."""
    with file.open() as stream:
        head = stream.read(1024).removeprefix(codecs.BOM_UTF8)
    return HEAD.match(head) is not None


def as_table(file: SourceFile) -> SourceFile:
    """The file as CSV. Raises: LoadError while it is read, where it is no JSON."""
    return rewritten(file, partial(_as_csv, file.name))


def _as_csv(name: str, stream: IO[bytes]) -> Iterator[bytes]:
    records = _records(name, stream)
    first = list(islice(records, LOOKED_AT))
    keys = list(dict.fromkeys(chain.from_iterable(first)))
    yield _lines([keys])
    rest = iter(lambda: list(islice(records, LOOKED_AT)), [])
    for some in chain([first], rest):
        yield _lines([[_cell(record.get(key)) for key in keys] for record in some])


def _lines(rows: list[list[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().encode()


def _cell(value: Any) -> str:
    """As a CSV file would have it; true and false are 1 and 0, lists stay JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    return " ".join(str(value).splitlines())


def _records(name: str, stream: IO[bytes]) -> Iterator[dict]:
    """Raises: LoadError."""
    decoder, text, number = json.JSONDecoder(), "", 0
    nested = None
    for block in _blocks(name, stream):
        text += block
        if nested is None:
            nested = LIST_INSIDE.match(text)
            text = text[nested.end() :] if nested else text
        start = 0
        while (start := _next(text, start)) < len(text):
            try:
                record, start = decoder.raw_decode(text, start)
            except ValueError:  # the rest of it may be in the next block
                break
            number += 1
            if not isinstance(record, dict):
                raise LoadError(f"{name} is no list of JSON objects: number {number:,} is none.")
            yield record
        text = text[start:]
        if len(text) > LONGEST:
            break
    if text and not (nested and text.startswith("}")):
        raise LoadError(f"{name} is not complete, or no JSON: see object {number + 1:,}.")


def _blocks(name: str, stream: IO[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while block := stream.read(BLOCK):
            yield decoder.decode(block)
    except UnicodeDecodeError as error:
        raise LoadError(f"{name} is no JSON in UTF-8: {error.reason}.") from error


def _next(text: str, start: int) -> int:
    """Where the next object begins."""
    while start < len(text) and text[start] in BETWEEN:
        start += 1
    return start
