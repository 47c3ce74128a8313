"""Answers come in the best encoding that the browser takes, and mean the same in each."""

import gzip

import brotli
import pytest

PLOTLY = "/_dash-component-suites/plotly/package_data/plotly.min.js"
DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


@pytest.mark.parametrize("path", ["/", "/nothing", "/_dash-layout", PLOTLY, "/assets/style.css"])
@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("identity", None),
        ("", None),
    ],
)
def test_encoding(client, path, accepted, encoding):
    plain = client.get(path)
    answer = client.get(path, headers={"Accept-Encoding": accepted})
    assert answer.content_encoding == encoding
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert "Accept-Encoding" in answer.headers["Vary"]
    if path.startswith(("/_dash-component", "/assets")):  # pages hold a token of their own
        assert DECODERS[encoding](answer.data) == plain.data


def test_plotly_is_small_and_compressed_once(client):
    answers = [client.get(PLOTLY, headers={"Accept-Encoding": "br"}) for _ in range(2)]
    assert all(len(answer.data) < 1_350_000 for answer in answers)
    gzipped = client.get(PLOTLY, headers={"Accept-Encoding": "gzip"})
    assert len(gzipped.data) < 1_550_000


@pytest.mark.parametrize("accepted", ["br", "gzip", ""])
@pytest.mark.parametrize("path", [PLOTLY, "/assets/style.css"])
def test_what_the_browser_has_is_not_sent_again(client, path, accepted):
    encoding = {"Accept-Encoding": accepted}
    etag = client.get(path, headers=encoding).headers["ETag"]
    again = client.get(path, headers=encoding | {"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_small_and_binary_answers_stay_as_they_are(client):
    for path in ("/assets/missing.css", "/_favicon.ico"):
        answer = client.get(path, headers={"Accept-Encoding": "br"})
        assert answer.content_encoding is None


def test_head_tells_the_length_of_get(client):
    encoding = {"Accept-Encoding": "br"}
    lengths = {
        client.open(PLOTLY, method=each, headers=encoding).content_length
        for each in ("GET", "HEAD")
    }
    assert len(lengths) == 1
