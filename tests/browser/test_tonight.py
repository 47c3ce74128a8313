"""A film for tonight, on a phone: from opening the page to a list that stays as it was left."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.look import open_page, settle
from tests.browser.rating import THUMB, cards, names, stars

pytestmark = pytest.mark.slow

MOST_TAPS = 12


@pytest.fixture
def context_options() -> dict:
    return {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


class Finger:
    """Taps, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1

    def rate(self, card: Locator, value: float) -> None:
        slider = card.get_by_role("slider")
        box = slider.bounding_box()
        along = (value - 0.5) / 4.5 * (box["width"] - THUMB) + THUMB / 2
        slider.tap(position={"x": along, "y": box["height"] / 2})
        self.taps += 1


def test_from_the_first_tap_to_a_list_that_stays(page: Page, trained):
    open_page(page, "/recommend?by=nmf")
    finger = Finger(page)
    for place, value in enumerate([5, 4.5, 1, 4, 5]):
        card = cards(page).nth(place)
        expect(card).to_be_in_viewport(ratio=0.9)
        finger.rate(card, value)
        expect(stars(card)).to_have_text(f"{value:g} ★")
        expect(card).to_be_hidden()
        expect(cards(page).filter(visible=True)).to_have_count(2)
    expect(page.locator(".rate-bar")).to_have_text("5 ratedSee your ten")
    finger.tap(page.get_by_role("button", name="See your ten"))
    found = page.locator(".shelf.tonight li")
    expect(found).to_have_count(10)
    expect(found.first).to_be_in_viewport()
    assert finger.taps <= 6, "five ratings, and the list"
    settle(page)

    first = names(found)[0]
    finger.tap(found.first.get_by_role("link").first)
    expect(page.locator(".film-head")).to_be_visible()
    page.go_back()
    expect(found.first).to_be_in_viewport()
    settle(page)
    assert names(found)[0] == first

    seen, dismissed, saved = names(found)[:3]
    marked = found.filter(has_text=seen)
    finger.tap(marked.get_by_role("button", name="Seen it"))
    finger.tap(marked.get_by_role("slider"))
    expect(found.filter(has_text=seen)).to_have_count(0)
    expect(page.locator(".shelf li[data-new]")).not_to_have_count(0)
    finger.tap(found.filter(has_text=dismissed).get_by_role("button", name="Not for me"))
    expect(found.filter(has_text=dismissed)).to_have_count(0)
    finger.tap(found.filter(has_text=saved).get_by_role("button", name="Save"))
    assert finger.taps <= MOST_TAPS
    settle(page)
    before = names(found)
    page.wait_for_timeout(300)
    stood = page.evaluate("scrollY")
    page.reload()
    expect(found).to_have_count(10)
    settle(page)
    assert names(found) == before
    assert saved in before
    save = found.filter(has_text=saved).get_by_role("button", name="Save")
    expect(save).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("stood => Math.abs(scrollY - stood) < 60", arg=stood)
    expect(page.locator("#bar-count")).to_have_text("6 rated")
