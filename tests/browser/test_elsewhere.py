"""Ratings that were given on another dataset, whose numbers mean other films here."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import open_page, settle

pytestmark = pytest.mark.slow

# On the other dataset 6 is Casino, and its 16 is Heat; here it is the other way round.
CASINO = {"movie_id": 6, "title": "Casino", "release_year": 1995, "imdb_id": None, "stars": 2}
HEAT = {"movie_id": 16, "title": "Heat", "release_year": 1995, "imdb_id": None, "stars": 5}
JUMANJI = {"movie_id": 9, "title": "Jumanji", "release_year": 1995, "imdb_id": None, "stars": 3}
TYPO = HEAT | {"movie_id": 3, "title": "Shawshenk Redemtion", "release_year": 1994, "stars": 4.5}
UNKNOWN = {"movie_id": 2, "title": "No Such", "release_year": 1995, "imdb_id": None, "stars": 4}
MATCHED = {"Casino": 16, "Heat": 6, "Jumanji": 2}
TOLD = (
    "Your ratings are of another dataset. Found here: 3 rated films (3 by title and year)."
    " 1 film is not found here for certain, and kept for the dataset that has it."
)


@pytest.fixture
def from_another(page: Page, trained) -> Page:
    """A browser whose ratings are of another dataset, where no page was opened yet."""
    kept = {"version": 1, "fingerprint": "another", "movies": [CASINO, HEAT, JUMANJI, UNKNOWN]}
    once = "if (!localStorage.profile) localStorage.profile = "
    page.add_init_script(once + json.dumps(json.dumps(kept)))
    return page


def profile(page: Page) -> dict:
    return json.loads(page.evaluate("localStorage.profile"))


PAGES = {
    "recommend": ("/recommend", "#profile-count", "3 rated"),
    "taste": ("/taste", "#taste", "stars on average of 3 films"),
    "yours": ("/yours", "#yours", "Rated · 3"),
    "map": ("/map", "#map-said", "You rated 3 films"),
    "together": ("/together", "#together-people", "3 films rated"),
    "a film": ("/films/16", ".film-marks [aria-pressed=true]", "Seen it"),
    "overview": ("/", "#mark-said", TOLD),
}


@pytest.mark.parametrize(("address", "place", "said"), PAGES.values(), ids=PAGES)
def test_they_are_matched_and_told_whatever_page_is_opened_first(
    from_another: Page, address, place, said
):
    open_page(from_another, address)
    expect(from_another.locator("#mark-said")).to_contain_text(TOLD)
    expect(from_another.locator(place)).to_contain_text(said)
    kept = profile(from_another)
    assert kept["fingerprint"] != "another"
    assert {film["title"]: film["movie_id"] for film in kept["movies"]} == MATCHED
    assert [(film["title"], film["fingerprint"]) for film in kept["elsewhere"]] == [
        ("No Such", "another")
    ]


def test_no_page_asks_anything_with_the_numbers_of_the_other_dataset(from_another: Page):
    asked: list[str] = []
    from_another.on("request", lambda request: asked.append(request.post_data or ""))
    for address in ("/taste", "/map", "/recommend"):
        if asked:
            from_another.evaluate("localStorage.clear()")
        open_page(from_another, address)
    posts = [text.replace("\\", "") for text in asked if "posts" in text]
    here, there = '"movie_id":6,"title":"Heat"', '"movie_id":16,"title":"Heat"'
    assert any(here in text for text in posts)
    assert not any(there in text for text in posts)


def test_what_was_not_found_stands_on_yours_and_can_be_looked_for_or_removed(from_another: Page):
    open_page(from_another, "/yours")
    from_another.get_by_role("button", name="Close").click()
    expect(from_another.locator("#mark-said")).to_be_empty()
    waiting = from_another.locator("#yours section").last
    expect(waiting).to_contain_text("Of another dataset · 1")
    expect(waiting).to_contain_text("No Such (1995)")
    waiting.get_by_role("button", name="Remove No Such").click()
    expect(waiting.locator("li")).to_have_count(0)
    from_another.get_by_role("button", name="Undo").click()
    expect(waiting.locator("li")).to_have_count(1)
    from_another.reload()
    settle(from_another)
    expect(waiting.locator("li")).to_have_count(1)
    expect(from_another.locator("#mark-said:not(:empty)")).to_have_count(0)  # told once


def test_a_film_that_may_be_meant_is_chosen_on_recommend(page: Page, trained):
    kept = {"version": 1, "fingerprint": "another", "movies": [CASINO, UNKNOWN, TYPO]}
    once = "if (!localStorage.profile) localStorage.profile = "
    page.add_init_script(once + json.dumps(json.dumps(kept)))
    open_page(page, "/yours")
    page.get_by_role("link", name="See which").click()
    page.get_by_role("link", name="Recommend", exact=True).click()
    preview = page.locator("#import-preview")
    preview.get_by_label("Shawshenk Redemtion (1994)").select_option(
        "The Shawshank Redemption (1994)"
    )
    preview.get_by_role("button", name="Add 1 film").click()
    expect(page.locator("#import-said")).to_contain_text("1 film added.")
    settle(page)
    expect(preview).to_be_empty()
    assert [film["title"] for film in profile(page)["elsewhere"]] == ["No Such"]
    assert {film["movie_id"] for film in profile(page)["movies"]} == {16, 318}


def test_where_the_server_is_away_meanwhile_nothing_is_lost(from_another: Page, console):
    from_another.route("**/rating-file**", lambda route: route.abort())
    open_page(from_another, "/taste")
    expect(from_another.locator("#taste")).to_contain_text("Rate 3 films")
    assert len(profile(from_another)["elsewhere"]) == 4
    from_another.unroute_all()
    console.clear()  # browsers tell of what was refused
    from_another.reload()
    expect(from_another.locator("#mark-said")).to_contain_text(TOLD)
    expect(from_another.locator("#taste")).to_contain_text("stars on average of 3 films")


def test_guests_of_another_dataset_are_asked_for_again(from_another: Page):
    guest = {"name": "Ann", "ratings": [[16, 5]], "dismissed": []}
    kept = {"guests": [guest], "own": True, "draft": None, "fingerprint": "another"}
    once = "if (!sessionStorage.together) sessionStorage.together = "
    from_another.add_init_script(once + json.dumps(json.dumps(kept)))
    open_page(from_another, "/together")
    expect(from_another.locator("#together-people li")).to_have_count(1)
    expect(from_another.locator("#together-said")).to_contain_text(
        "Ann rated films of another dataset: add them again."
    )
