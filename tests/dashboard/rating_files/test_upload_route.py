"""A file is posted, previewed and forgotten."""

import json

import pytest

import app
from dashboard.rating_files.uploads import MOST_BYTES
from tests.dashboard.rating_files import samples

URL = "/rating-file?name=mine.csv"
BINARY = "application/octet-stream"


@pytest.fixture(scope="module")
def client(database):
    return app.server.test_client()


def test_a_preview_tells_what_was_found_and_what_not(client):
    table = (
        "title,year,rating\nHeat,1995,4\nShawshank Redemption,1995,5\nHeat,1995,2\n"
        "Heet,1995,1\nNo Such Film,1995,3\nCasino,1995,x\n"
    )
    answer = client.post(URL, data=table.encode(), content_type=BINARY)
    assert answer.status_code == 200
    told = json.loads(answer.data)
    assert (told["service"], told["rows"], told["scale"]["key"]) == ("A table", 6, "5")
    assert {choice["key"] for choice in told["scale"]["choices"]} == {"5", "10", "100", "thumbs"}
    found = {row["films"][0]["title"]: (row["stars"], row["how"]) for row in told["matched"]}
    assert found == {
        "Heat": (2.0, "title"),
        "Shawshank Redemption, The": (5.0, "year off by one"),
    }
    assert [(row["said"], row["films"][0]["title"]) for row in told["unsure"]] == []
    assert told["unmatched"]["total"] == 2
    assert [(row["row"], row["reason"]) for row in told["left_out"]["rows"]] == [
        (7, "“x” is no rating"),
        (2, "rated again in row 4"),
    ]


def test_every_sample_is_previewed(client):
    for name, data, service, *_ in samples.SAMPLES.values():
        answer = client.post(f"/rating-file?name={name}", data=data, content_type=BINARY)
        told = json.loads(answer.data)
        assert told["service"] == service
        assert any("Heat" in row["films"][0]["title"] for row in told["matched"] + told["unsure"])


@pytest.mark.parametrize(
    ("data", "kind", "status", "said"),
    [
        (b"", BINARY, 400, "mine.csv is empty"),
        (b"title,rating\n", BINARY, 400, "holds no film"),
        (b"title,rating\nHeat,4\n", "text/csv", 415, "octet-stream"),
        (b"title,rating\nHeat,4\n", "multipart/form-data", 415, "octet-stream"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(client, data, kind, status, said):
    answer = client.post(URL, data=data, content_type=kind)
    assert answer.status_code == status
    assert said in json.loads(answer.data)["error"]


def test_ten_megabytes_and_no_more(client):
    """More than any callback may be sent, which would be 2 MB."""
    row = b"Heat,4," + b"x" * 1000 + b"\n"
    large = client.post(URL, data=b"title,rating,review\n" + 3000 * row, content_type=BINARY)
    assert large.status_code == 200
    larger = client.post(URL, data=b"x" * (MOST_BYTES + 2), content_type=BINARY)
    assert larger.status_code == 413
