"""TMDB's answers, sane and not, from a server of the test's own."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dashboard.pictures import tmdb as module
from dashboard.pictures.kept_files import KeptFiles
from dashboard.pictures.tmdb import NoDetails, Tmdb

PICTURE = b"\xff\xd8\xff" + b"x" * 100
HEAT = {
    "overview": "A thief and a detective.",
    "poster_path": "/heat.jpg",
    "videos": {
        "results": [
            {"site": "YouTube", "type": "Teaser", "key": "no"},
            {"site": "YouTube", "type": "Trailer", "key": "a-b_C1"},
        ]
    },
    "watch/providers": {
        "results": {
            "DE": {
                "link": "https://www.themoviedb.org/movie/949/watch?locale=DE",
                "flatrate": [{"provider_name": "A Service"}],
            },
            "US": {"link": "https://elsewhere.example/", "flatrate": []},
        }
    },
}


class Answers:
    """What the server says: path -> (status, type, body, more headers); and what it was asked."""

    def __init__(self) -> None:
        self.of = {
            "/3/movie/949": (200, "application/json", json.dumps(HEAT).encode(), {}),
            "/t/p/w342/heat.jpg": (200, "image/jpeg", PICTURE, {}),
        }
        self.asked: list[tuple[str, str | None]] = []


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def tmdb(answers, tmp_path) -> Iterator[Tmdb]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            answers.asked.append((self.path, self.headers["Authorization"]))
            status, kind, body, more = answers.of.get(path, (404, "application/json", b"{}", {}))
            self.send_response(status)
            for name, value in {"Content-Type": kind, **more}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        # Two names of one host, as the token goes to the first alone.
        yield Tmdb("secret", KeptFiles(tmp_path, 180), url, url.replace("127.0.0.1", "localhost"))
        server.shutdown()


def test_details_are_told_and_asked_for_once(tmdb, answers):
    found = tmdb.details(949)
    assert found == tmdb.details(949)
    assert found["plot"] == "A thief and a detective."
    assert found["trailer"] == "https://www.youtube.com/watch?v=a-b_C1"
    assert list(found["watch"]) == ["DE"] and found["watch"]["DE"]["names"] == ["A Service"]
    assert answers.asked == [
        ("/3/movie/949?append_to_response=videos,watch/providers", "Bearer secret")
    ]


def test_the_poster_is_fetched_once_and_without_the_token(tmdb, answers):
    assert tmdb.poster(949) == tmdb.poster(949) == (PICTURE, "image/jpeg")
    assert answers.asked[1:] == [("/t/p/w342/heat.jpg", None)]


def test_what_is_kept_and_damaged_is_asked_for_again(tmdb, answers, tmp_path):
    found, picture = tmdb.details(949), tmdb.poster(949)
    for file in tmp_path.iterdir():
        file.write_bytes(b"{")
    assert (tmdb.details(949), tmdb.poster(949)) == (found, picture)
    assert len(answers.asked) == 4


JSON, JPEG = "/3/movie/949", "/t/p/w342/heat.jpg"


@pytest.mark.parametrize(
    ("path", "answer", "said"),
    [
        (JSON, (404, "application/json", b"{}", {}), "answered 404"),
        (JSON, (401, "application/json", b"{}", {}), "answered 401"),
        (JSON, (302, "application/json", b"", {"Location": "http://127.0.0.1:1/"}), "answered 302"),
        (JSON, (200, "text/html", b"{}", {}), "sent text/html"),
        (JSON, (200, "application/json", b"[]", {}), "not what its documentation says"),
        (JSON, (200, "application/json", b"{", {}), "not what its documentation says"),
        (JSON, (200, "application/json", b"9" * 500_001, {}), "more than 500,000 bytes"),
        (JPEG, (200, "text/html", PICTURE, {}), "sent text/html"),
        (JPEG, (200, "image/svg+xml", b"<svg onload='x()'/>", {}), "no JPEG and no PNG"),
        (JPEG, (200, "image/jpeg", PICTURE * 10_000, {}), "more than 1,000,000 bytes"),
    ],
)
def test_what_cannot_be_used_is_refused_and_not_kept(tmdb, answers, path, answer, said):
    answers.of[path] = answer
    for _ in range(2):
        with pytest.raises(NoDetails, match=said):
            tmdb.poster(949)
    assert len([asked for asked, _ in answers.asked if asked.startswith(path)]) == 2


@pytest.mark.parametrize("name", ["http://x/a.jpg", "//x/a.jpg", "/../a.jpg", "/a.svg", 3, None])
def test_a_poster_is_a_file_of_that_host_or_none(tmdb, answers, name):
    film = json.dumps(HEAT | {"poster_path": name}).encode()
    answers.of[JSON] = (200, "application/json", film, {})
    with pytest.raises(NoDetails, match="no poster"):
        tmdb.poster(949)


def test_a_silent_server_is_left_alone_for_a_while(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "TIMEOUT", 0.05)
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as silent:  # accepts nobody
        tmdb = Tmdb("secret", KeptFiles(tmp_path, 180), f"http://127.0.0.1:{silent.server_port}")
        with pytest.raises(NoDetails, match="out of reach: timed out"):
            tmdb.details(949)
        with pytest.raises(NoDetails, match="a moment ago"):
            tmdb.details(949)


def test_no_more_than_two_wait_for_it_at_once(tmdb):
    with tmdb._asking, tmdb._asking, pytest.raises(NoDetails, match="for others"):
        tmdb.details(949)
