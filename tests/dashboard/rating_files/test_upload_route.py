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
        "The Shawshank Redemption": (5.0, "year off by one"),
    }
    assert [(row["said"], row["films"][0]["title"]) for row in told["unsure"]] == []
    assert told["unmatched"]["total"] == 2
    assert [(row["row"], row["reason"]) for row in told["left_out"]["rows"]] == [
        (7, "“x” is no rating"),
        (2, "rated again in row 4"),
    ]


def test_a_number_means_a_film_only_in_its_own_dataset(client):
    """Elsewhere a profile's films are found by their names."""
    films = [
        {"movie_id": 16, "title": "Heat", "release_year": 1995, "stars": 4.5},
        {"movie_id": 6, "title": None, "hidden": True, "dismissed": True},
        {"movie_id": 1, "stars": 9},
    ]

    def told(fingerprint):
        data = json.dumps({"version": 1, "fingerprint": fingerprint, "movies": films})
        return json.loads(client.post(URL, data=data.encode(), content_type=BINARY).data)

    elsewhere = told("another")
    assert elsewhere["service"] == "Reelscope"
    assert [(row["films"][0]["movie_id"], row["how"]) for row in elsewhere["matched"]] == [
        (6, "title")
    ]
    assert [row["said"] for row in elsewhere["unmatched"]["rows"]] == ["film 6"]
    assert [row["reason"] for row in elsewhere["left_out"]["rows"]] == [
        "it has 9 stars; 0.5 to 5 by halves are possible"
    ]
    here = told(elsewhere["fingerprint"])["matched"]
    assert [(row["films"][0]["movie_id"], row["how"], row["kind"]) for row in here] == [
        (16, "number", "rated"),
        (6, "number", "dismissed"),
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
