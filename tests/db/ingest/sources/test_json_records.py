"""JSON Lines, lists of JSON objects, and lists inside an object."""

import gzip
import json
from decimal import Decimal

import pytest

from db.errors import LoadError
from db.ingest.sources import json_records
from db.ingest.sources.stars import Scale

OBJECTS = [
    {"userId": 1, "movieId": 10, "rating": 4.5, "timestamp": 60, "text": 'so "good",\nreally'},
    {"movieId": 11, "userId": 2, "rating": 3, "timestamp": 120, "votes": [1, {"a": None}]},
]
RATINGS = [(1, 10, 4.5, 60), (2, 11, 3.0, 120)]
LINES = "".join(f"{json.dumps(each)}\n" for each in OBJECTS)
SHAPES = {
    "lines": LINES,
    "no last line feed": LINES.rstrip(),
    "a list": json.dumps(OBJECTS),
    "a list over many lines": json.dumps(OBJECTS, indent=2),
    "a list in an object": json.dumps({"ratings": OBJECTS}),
    "a byte-order mark": "\ufeff" + LINES,
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("block", [7, json_records.BLOCK])
def test_shapes(folder, read, monkeypatch, text, block):
    monkeypatch.setattr(json_records, "BLOCK", block)
    assert read(folder({"mine.json": text}) / "mine.json").ratings == RATINGS


def test_packed_with_films_beside_and_thumbs(folder, read):
    films = [{"id": 10, "title": "Alien (1979)", "genres": [{"id": 1, "name": "Horror"}]}]
    given = [{"user": 1, "movie": 10, "rating": True}, {"user": 2, "movie": 10, "rating": False}]
    path = folder(
        {
            "ratings.jsonl.gz": gzip.compress("\n".join(map(json.dumps, given)).encode()),
            "movies.jsonl": json.dumps(films),
        }
    )
    found = read(path / "ratings.jsonl.gz", scale=Scale(Decimal(0), Decimal(1)))
    assert found.films == [(10, "Alien (1979)", 1979, "Horror")]
    assert [row[:3] for row in found.ratings] == [(1, 10, 5.0), (2, 10, 0.5)]


def test_keys_that_some_objects_lack_are_empty_there(folder, read):
    lines = LINES + '{"userId": 3, "movieId": 10, "timestamp": 7}\n'
    found = read(folder({"mine.json": lines}) / "mine.json")
    assert found.ratings == RATINGS
    assert found.reasons == {"rating off the scale or not a number": 1}


WRONG = {
    LINES[:-20]: "mine.json is not complete, or no JSON: see object 2.",
    LINES + "{broken}\n": "mine.json is not complete, or no JSON: see object 3.",
    '[{"userId": 1}, 5]': "mine.json is no list of JSON objects: number 2 is none.",
    '{"userId": 1, "a": "\udcff"}': "mine.json is no JSON in UTF-8",
    "{}\n": "mine.json is no CSV file: its first line names no columns.",
}


@pytest.mark.parametrize(("text", "reason"), WRONG.items(), ids=WRONG.values())
def test_what_is_no_json_is_refused(folder, read, text, reason):
    path = folder({"mine.json": text.encode("utf-8", "surrogateescape")}) / "mine.json"
    with pytest.raises(LoadError) as refused:
        read(path)
    assert reason in str(refused.value)


def test_an_object_without_an_end_does_not_fill_the_memory(folder, read, monkeypatch):
    monkeypatch.setattr(json_records, "LONGEST", 1000)
    monkeypatch.setattr(json_records, "BLOCK", 500)
    text = LINES + '{"text": "' + "x" * 100_000 + '"}\n'
    with pytest.raises(LoadError, match="see object 3"):
        read(folder({"mine.json": text}) / "mine.json")
