"""Where the browser's storage is blocked, full or damaged, the profile lives in memory."""

import json

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.look import open_page, settle
from tests.browser.rating import ask, cards, press_slider, stars

pytestmark = pytest.mark.slow

READS_THROW = (
    "Storage.prototype.getItem = () => { throw new DOMException('no', 'SecurityError'); };"
)
WRITES_THROW = """Storage.prototype.setItem = () => {
  throw new DOMException('full', 'QuotaExceededError'); };"""
NO_STORAGE = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('blocked', 'SecurityError'); } });"""
NOT_KEPT = "This browser can’t keep your ratings"
NOT_READ = "can’t be read"
MOST_REQUESTS = 8  # of two calm seconds with a rating; the page once made 188 in five

HEAT = {"movie_id": 6, "title": "Heat", "release_year": 1995, "imdb_id": None, "stars": 4.5}
DAMAGED = {
    "not JSON": "{",
    "a word": json.dumps("hello"),
    "nothing": "null",
    "a list": "[1, 2]",
    "of another product": json.dumps({"version": 99, "films": {}}),
    "without films": json.dumps({"version": 1}),
    "with films that are none": json.dumps({"version": 1, "movies": [3, None, {"stars": 5}]}),
    "with stars that are none": json.dumps({"version": 1, "movies": [HEAT | {"stars": 17}]}),
}


@pytest.fixture
def requests(page: Page) -> list[str]:
    """What the page asked the server, grows while it asks."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "_dash-update-component" in request.url:
            asked.append(request.post_data or "")

    page.on("request", note)
    return asked


def rates_calmly(page: Page, requests: list[str]) -> None:
    """A film can be rated, and the page falls silent."""
    expect(cards(page)).to_have_count(15)
    settle(page)
    requests.clear()
    press_slider(page, cards(page).first, 4.5)
    expect(stars(cards(page).first)).to_have_text("4.5 ★")
    page.wait_for_timeout(2000)
    assert len(requests) <= MOST_REQUESTS


@pytest.mark.parametrize(
    "broken", [READS_THROW, WRITES_THROW, NO_STORAGE], ids=["reads", "writes", "no storage"]
)
def test_a_browser_that_keeps_nothing_is_told_once(page: Page, trained, requests, broken):
    page.add_init_script(broken)
    open_page(page, "/recommend")
    rates_calmly(page, requests)
    expect(page.get_by_text(NOT_KEPT)).to_have_count(1)
    expect(ask(page)).not_to_have_count(0)


def test_the_profile_outlives_a_visit_to_another_page(page: Page, trained):
    page.add_init_script(WRITES_THROW)
    open_page(page, "/recommend")
    press_slider(page, cards(page).first, 4.5)
    expect(page.locator("#profile-count")).to_have_text("1 rated")
    pages = page.get_by_role("navigation", name="Pages")
    pages.get_by_role("link", name="Map").click()
    expect(page.locator("#map-said")).to_contain_text("You rated 1 film")
    pages.get_by_role("link", name="Recommend").click()
    expect(page.locator("#profile-count")).to_have_text("1 rated")


@pytest.mark.parametrize("kept", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_profile_leaves_the_page_with_its_films(page: Page, trained, requests, kept):
    # not again at the reload
    once = "if (!sessionStorage.told) {{ sessionStorage.told = 1; localStorage.profile = {}; }}"
    page.add_init_script(once.format(json.dumps(kept)))
    open_page(page, "/recommend")
    rates_calmly(page, requests)
    expect(page.get_by_text(NOT_READ)).to_have_count(0 if kept == "null" else 1)
    page.reload()
    expect(page.locator("#profile-count")).to_have_text("1 rated")
    expect(page.get_by_text(NOT_READ)).to_have_count(0)


def test_what_is_sound_of_a_damaged_profile_is_kept(page: Page, trained):
    kept = json.dumps({"version": 1, "fingerprint": None, "movies": [HEAT, {"movie_id": "x"}]})
    page.add_init_script(f"localStorage.profile = {json.dumps(kept)}")
    open_page(page, "/recommend")
    expect(page.locator("#profile-count")).to_have_text("1 rated")
    expect(page.get_by_text("1 film that this browser kept can’t be read")).to_have_count(1)
