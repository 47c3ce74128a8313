"""The first HTML of a page: its own title and tags, each once, before any script runs."""

from html.parser import HTMLParser

import dash
import pytest

import app
from dashboard.document import CARD
from dashboard.page_registry import declared_pages
from dashboard.theme import THEMES

TOY_STORY = "/films/1"


class Head(HTMLParser):
    """The title, the metas by name or property, and the body's attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.metas: list[tuple[str, str]] = []
        self.title, self.body, self._inside = "", {}, False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self._inside = tag == "title"
        if tag == "meta" and (name := given.get("name") or given.get("property")):
            self.metas.append((name, given["content"]))
        if tag == "body":
            self.body = given

    def handle_data(self, data):
        if self._inside:
            self.title += data

    def handle_endtag(self, tag):
        self._inside = False


def head(address: str) -> Head:
    return Head(app.server.test_client().get(address).text)


@pytest.mark.parametrize("address", [page.example for page in declared_pages()])
def test_every_page_has_each_tag_once_and_none_empty(database, address):
    found = head(address)
    names = [name for name, _ in found.metas if name != "theme-color"]
    assert len(names) == len(set(names))
    assert all(content for _, content in found.metas)
    assert {"description", "og:title", "og:image", "twitter:card"} <= set(names)
    assert found.title == dict(found.metas)["og:title"]


def test_titles_are_the_pages_own(database):
    titles = [head(page.example).title for page in declared_pages()]
    assert len(set(titles)) == len(titles)


def test_a_films_tab_has_the_films_name(database):
    assert head(TOY_STORY).title == "Toy Story (1995) · Reelscope"
    assert head("/films/987654321").title == "No such film · Reelscope"


def test_a_shared_film_says_how_it_is_rated(database):
    metas = dict(head(TOY_STORY).metas)
    assert metas["og:description"].startswith("3.87 stars on average of 247 ratings. Adventure, ")
    assert metas["description"] == metas["og:description"]
    assert "ratings." not in dict(head("/films/987654321").metas)["description"]


def test_a_title_is_never_taken_for_a_place_to_fill(database, monkeypatch):
    """FIRST <META> ALONE was once where the first answers went, in front of everything else."""
    monkeypatch.setitem(
        dash.page_registry["dashboard.pages.data"], "title", "META FIRST <META> FILTERS ALONE"
    )
    found = head("/data?search=not-kept-yet")
    assert found.title == "META FIRST <META> FILTERS ALONE"
    assert found.body["data-filters"] == "off" and found.body["data-alone"] == "no"


def test_there_is_a_colour_for_the_bar_of_each_theme(database):
    colours = [content for name, content in head("/").metas if name == "theme-color"]
    assert colours == [theme.bar for theme in THEMES.values()]


def test_the_card_is_there(database):
    address = dict(head("/").metas)["og:image"]
    assert address.endswith(CARD)
    answer = app.server.test_client().get(address)
    assert answer.data.startswith(b"\x89PNG")


def test_the_filter_bar_is_known_before_any_script_runs(database):
    shown = {page.example: "on" if page.filters else "off" for page in declared_pages()}
    assert {address: head(address).body["data-filters"] for address in shown} == shown
