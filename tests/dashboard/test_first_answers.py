"""What the HTML brings along is what the server would answer."""

import json
import re

import pytest

import app
from dashboard import guard
from dashboard.guard import kept_answers, quick_look
from db.errors import DatabaseUnavailable
from db.store import engine
from tests.dashboard.guard.test_kept_answers import connections

assert connections, "a fixture"

pytestmark = pytest.mark.usefixtures("database")
BROUGHT = re.compile(r'<script type="application/json" id="first-answers">(.*?)</script>', re.S)
CONTENT, VIEW = 0, 1


@pytest.fixture
def client():
    guard.warm(app.app)
    kept_answers.clear()
    return app.server.test_client()


def brought(client, address: str) -> dict:
    return json.loads(BROUGHT.search(client.get(address).text)[1])


@pytest.mark.parametrize("name", ["_dash-layout", "_dash-dependencies"])
def test_the_layout_is_dashs_own(client, name):
    assert brought(client, "/")["gets"][f"/{name}"] == client.get(f"/{name}").json


def test_the_page_and_its_view_are_those_of_the_address(client):
    content, view = brought(client, "/genres?genres=Drama&min=7")["posts"]
    assert content["inputs"]["_pages_location.search"] == "?genres=Drama&min=7"
    assert "movies-by-genre" in json.dumps(content["answer"])
    assert view["inputs"] == {"url.data": {"path": "/genres", "search": "?genres=Drama&min=7"}}
    assert view["answer"]["response"]["view"]["data"]["query"] == "genres=Drama&min=7"


def test_nothing_in_an_address_ends_the_script(client):
    page = client.get("/?search=</script><script>alert(1)</script>").text
    assert "<script>alert(1)" not in page
    assert brought(client, "/?search=</script>")["posts"][VIEW]["inputs"]["url.data"]["search"]


def test_a_page_again_asks_nothing_and_is_of_its_host(client, connections):
    first = client.get("/genres?min=7")
    before = list(connections)
    assert client.get("/genres?min=7").data == first.data and connections == before
    assert client.get("/genres?min=7", headers={"Host": "films.example"}).data != first.data


def test_without_a_database_the_page_comes_and_asks_for_itself(client, monkeypatch):
    def away():
        raise DatabaseUnavailable("away")

    client.get("/")
    monkeypatch.setattr(engine, "KNOWN_SECONDS", 0)  # else the page of a moment ago is given
    monkeypatch.setattr(quick_look, "known_dataset", away)
    page = client.get("/")
    assert page.status_code == 200
    found = json.loads(BROUGHT.search(page.text)[1])
    assert found["posts"] == [] and "/_dash-layout" in found["gets"]
