"""What one's ratings say, and what a user's do."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import drawn, open_page, settle
from tests.browser.rating import rate

pytestmark = pytest.mark.slow


def test_the_visitors_taste_follows_their_ratings(recommend: Page):
    open_page(recommend, "/taste")
    expect(recommend.locator("#taste")).to_contain_text("Rate 3 films")
    open_page(recommend, "/recommend")
    rate(recommend, [5, 0.5, 4, 4.5, 5])
    open_page(recommend, "/taste")
    taste = recommend.locator("#taste")
    expect(taste).to_contain_text("stars on average of 5 films")
    expect(taste.get_by_role("heading", name="Spread of stars")).to_be_visible()
    themes = taste.locator("section").filter(has_text="as NMF sees them")
    expect(themes.locator("td").first).to_be_visible()
    own = [int(share.strip("%<")) for share in themes.locator("td:nth-child(2)").all_inner_texts()]
    assert 1 <= len(own) <= 6 and own == sorted(own, reverse=True) and own[0] > 0
    taste.locator(".twin").first.get_by_role("link").first.click()
    settle(recommend)
    whose = f"User {recommend.url.rpartition('user=')[2]}’s"
    expect(recommend.get_by_role("heading", level=1)).to_have_text(f"{whose} taste")
    expect(taste.get_by_role("heading", level=2).first).to_contain_text(whose)


def test_a_user_is_found_from_the_users_page_and_an_unknown_one_is_said(page: Page, trained):
    open_page(page, "/users?users=15,99999")
    told = page.locator("#users-told")
    expect(told).to_have_text(
        "Taste of user 15. Name another to compare with, or see there who is like them."
        " Not in this dataset: 99999."
    )
    told.get_by_role("link", name="user 15").click()
    settle(page)
    assert page.url.endswith("/taste?user=15")
    expect(page.locator("#taste")).to_contain_text("User 15’s ratings and everybody’s")
    open_page(page, "/taste?user=99999")
    expect(page.locator("#taste")).to_contain_text("There is no user 99999 in this dataset.")


def test_a_taste_has_its_place_on_the_map_and_the_way_there(page: Page, trained):
    open_page(page, "/taste?user=15")
    card = page.locator("#taste section").filter(has_text="place on the taste map")
    expect(card.get_by_role("img")).to_have_js_property("naturalWidth", 600)
    near = card.get_by_role("link").all_inner_texts()[:-1]
    assert len(set(near)) == 10
    card.get_by_role("link", name="See it on the taste map").click()
    settle(page)
    assert "user=15" in page.url and "at=" in page.url
    expect(page.locator("#map-said")).to_contain_text("User 15 rated")
    expect(page.locator("#map-said")).to_contain_text("They stand (●) amid the 10 films")
    (you,) = [trace for trace in drawn(page, "taste-map") if trace["name"] == "User 15"]
    at = [float(part) for part in page.url.partition("at=")[2].partition("&")[0].split(",")]
    assert (*you["x"], *you["y"]) == pytest.approx(at[:2], abs=0.001)
    page.locator("#map-said").get_by_role("link", name="See your own taste").click()
    settle(page)
    expect(page.locator("#map-said")).to_contain_text("To see your own taste here, rate films.")
    open_page(page, "/map?user=99999")
    expect(page.locator("#map-said")).to_contain_text("There is no user 99999 in this dataset.")


def test_a_taste_is_saved_as_a_picture(page: Page, trained):
    open_page(page, "/taste?user=15")
    expect(page.locator("#share-card")).to_have_js_property("naturalWidth", 1200)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Save as PNG").click()
    data = downloading.value.path().read_bytes()
    assert data.startswith(b"\x89PNG") and len(data) > 10_000
    assert int.from_bytes(data[16:20]) == 1200
    expect(page.locator("#share-said")).to_have_text("Saved as taste.png.")
