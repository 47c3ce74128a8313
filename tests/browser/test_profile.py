"""The ratings stay with the visitor: in the browser, and in a file."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import COUNT_CALLBACKS, settle
from tests.browser.rating import ask, cards, names, rate, stars, titles

pytestmark = pytest.mark.slow


def test_reload_keeps_the_ratings(recommend: Page):
    rated = rate(recommend, [5, 0.5])
    before = names(ask(recommend))
    recommend.reload()
    settle(recommend)
    expect(recommend.locator("#profile-count")).to_have_text("2 rated")
    assert not rated & titles(cards(recommend))
    recommend.get_by_text("Your ratings", exact=True).click()
    mine = recommend.locator("#rated-films .rate-row")
    assert titles(mine) == rated
    assert set(stars(mine).all_inner_texts()) == {"5 ★", "0.5 ★"}
    assert names(ask(recommend)) == before


def test_ratings_are_downloaded_forgotten_and_loaded_again(recommend: Page):
    rated = rate(recommend, [5, 2])
    cards(recommend).nth(2).get_by_role("button", name="Haven’t seen").click()
    with recommend.expect_download() as started:
        recommend.get_by_role("button", name="Download my ratings").click()
    file = started.value.path()
    assert started.value.suggested_filename.endswith(".json")
    profile = json.loads(file.read_text("utf-8"))
    assert profile["version"] == 1
    assert [film.get("stars") for film in profile["movies"]] == [5, 2, None]
    assert profile["movies"][2]["hidden"] is True
    assert {"movie_id", "title", "release_year"} <= profile["movies"][0].keys()

    recommend.get_by_role("button", name="Forget my ratings").click()
    recommend.get_by_role("button", name="Forget them").click()
    expect(recommend.locator("#forget-done")).to_contain_text("forgotten")
    expect(recommend.locator("#profile-count")).to_have_text("none rated yet")
    settle(recommend)
    load(recommend, "mine.json", file.read_bytes())
    preview = recommend.locator("#import-preview")
    expect(preview).to_contain_text("Found here: 2 rated films; 1 not to come again.")
    expect(preview).to_contain_text("3 by their numbers in this dataset")
    preview.get_by_role("button", name="Add 3 films").click()
    expect(recommend.locator("#profile-count")).to_have_text("2 rated")
    settle(recommend)
    recommend.get_by_text("Your ratings", exact=True).click()
    assert rated <= titles(recommend.locator("#rated-films .rate-row"))
    with recommend.expect_download() as started:
        recommend.get_by_role("button", name="Download my ratings").click()
    again = json.loads(started.value.path().read_text("utf-8"))
    assert again["fingerprint"]
    assert {film["movie_id"]: film.get("stars") for film in again["movies"]} == {
        film["movie_id"]: film.get("stars") for film in profile["movies"]
    }


def test_forgetting_is_asked_before_and_can_be_undone(recommend: Page):
    count = recommend.locator("#profile-count")
    first, second, third = (
        card.locator(".rate-title").inner_text() for card in cards(recommend).all()[:3]
    )
    rate(recommend, [5, 2])
    cards(recommend).nth(2).get_by_role("button", name="Haven’t seen").click()
    forget = recommend.get_by_role("button", name="Forget my ratings")
    forget.click()
    asked = recommend.locator("#forget-asked")
    expect(asked).to_contain_text("Forget 2 ratings and 1 sent away?")
    keep = recommend.get_by_role("button", name="Keep them")
    expect(keep).to_be_focused()
    keep.click()
    expect(asked).to_be_hidden()
    expect(forget).to_be_focused()
    expect(count).to_have_text("2 rated")

    forget.click()
    recommend.get_by_role("button", name="Forget them").click()
    expect(count).to_have_text("none rated yet")
    undo = recommend.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    settle(recommend)
    again = rate(recommend, [4])
    undo.click()
    expect(undo).to_be_hidden()
    expect(count).to_have_text(f"{2 + (not again & {first, second})} rated")
    recommend.reload()
    settle(recommend)
    recommend.get_by_text("Your ratings", exact=True).click()
    mine = titles(recommend.locator("#rated-films .rate-row"))
    assert mine == {first, second, third} | again


def load(page: Page, name: str, contents: bytes) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Load ratings from a file").click()
    chooser.value.set_files({"name": name, "mimeType": "application/json", "buffer": contents})


def test_a_link_brings_the_ratings_to_another_browser(recommend: Page, browser):
    rated = rate(recommend, [5, 2])
    recommend.get_by_role("button", name="Link to my ratings").click()
    link = recommend.get_by_label("Link to your ratings").input_value()
    assert "/recommend#profile=" in link
    other = browser.new_context(base_url=recommend.url)
    other.add_init_script(COUNT_CALLBACKS)
    try:
        asked: list[str] = []
        visitor = other.new_page()
        visitor.on("request", lambda request: asked.append(request.url))
        visitor.goto(link)
        expect(visitor.locator("#import-preview")).to_contain_text("Found here: 2 rated films.")
        expect(visitor).to_have_url(re.compile("/recommend$"))
        expect(visitor.locator("#profile-count")).to_have_text("none rated yet")
        visitor.get_by_role("button", name="Add 2 films").click()
        expect(visitor.locator("#profile-count")).to_have_text("2 rated")
        settle(visitor)
        visitor.get_by_text("Your ratings", exact=True).click()
        assert titles(visitor.locator("#rated-films .rate-row")) == rated
        assert not any("profile=" in url.partition("#")[0] for url in asked)
    finally:
        other.close()


def test_a_file_that_is_no_profile_says_what_is_wrong_with_it(recommend: Page, console):
    rate(recommend, [5])
    said = recommend.locator("#import-said")
    for contents, complaint in [
        (b"{not json", "it is not JSON"),
        (b'{"version": 99, "movies": []}', "its version is 99"),
        (b'{"version": 1}', "it has no list of films"),
        (b'{"version": 1, "movies": [{"movie_id": 1, "stars": 9}]}', "it has 9 stars"),
    ]:
        load(recommend, "bad.json", contents)
        expect(said).to_contain_text(complaint)
        expect(recommend.locator("#profile-count")).to_have_text("1 rated")
    console.clear()  # browsers tell of every 400
    elsewhere = b'{"version": 1, "movies": [{"movie_id": 6, "stars": 5}]}'
    load(recommend, "elsewhere.json", elsewhere)
    expect(recommend.locator("#import-preview")).to_contain_text("Not found here (1)")


def test_a_link_that_is_opened_on_another_page_is_looked_at_too(recommend: Page):
    rate(recommend, [5, 2])
    recommend.get_by_role("button", name="Link to my ratings").click()
    fragment = recommend.get_by_label("Link to your ratings").input_value().partition("#")[2]
    recommend.get_by_label("Compare all models").check()  # kept, so the page writes its address
    recommend.goto(f"/taste#{fragment}")  # and from there to Recommend
    expect(recommend).to_have_url(re.compile("/recommend[?]compare=1$"))
    expect(recommend.locator("#import-preview")).to_contain_text("Found here: 2 rated films")
