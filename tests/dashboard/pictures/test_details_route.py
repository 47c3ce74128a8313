"""What a browser is given: TMDB's word, or the reason that there is none."""

import json

import pytest
from flask import Flask

import app
from dashboard.pictures import details_route
from dashboard.pictures.kept_files import KeptFiles
from dashboard.pictures.tmdb import NoDetails, Tmdb

FOUND = {"plot": "A thief.", "poster": "/a.jpg", "trailer": None, "watch": {"DE": {"link": "x"}}}


@pytest.fixture
def client(monkeypatch, tmp_path):
    """All that is asked for is kept already, so no network is needed; film 6 is 949 there."""
    kept = KeptFiles(tmp_path, 180)
    kept.write("949.json", json.dumps(FOUND).encode())
    kept.write("949.picture", b"\x89PNG....")
    server = Flask("details")
    details_route.install(server, "/", Tmdb("secret", kept))

    def tmdb_id(movie: int) -> int:
        if movie == 6:
            return 949
        raise NoDetails("unknown")

    monkeypatch.setattr(details_route, "_tmdb_id", tmdb_id)
    return server.test_client()


def test_details_of_the_asked_region_with_whom_they_are_from(client):
    told = client.get("/film-details/6?region=de").json
    assert (told["plot"], told["watch"], told["poster"]) == ("A thief.", {"link": "x"}, True)
    assert "not endorsed" in told["from"]
    assert client.get("/film-details/6").json["watch"] is None


def test_a_poster_has_its_type_and_may_be_kept_a_day(client):
    answer = client.get("/film-poster/6")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == (
        "image/png",
        "private, max-age=86400",
    )


@pytest.mark.parametrize("path", ["/film-details/7", "/film-poster/7"])
def test_without_details_the_reason_is_said_and_not_kept(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
    assert answer.json == {"error": "unknown"}


def test_without_a_token_there_is_no_route():
    assert app.server.test_client().get("/film-details/6").status_code == 404
    assert "film_details" not in app.server.view_functions


def test_a_film_without_an_id_there_is_not_asked_for(database):
    with app.server.test_request_context("/"), pytest.raises(NoDetails, match="No film here"):
        details_route._tmdb_id(6)  # of the sample, which has none
