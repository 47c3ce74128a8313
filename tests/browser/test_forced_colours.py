"""Where the system's own colours are forced upon the page, what is chosen is still to be seen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.look import open_page, settle
from tests.browser.rating import ask, cards, rate

pytestmark = pytest.mark.slow


@pytest.fixture
def context_options() -> dict:
    return {"forced_colors": "active"}


def ground(part: Locator) -> str:
    return part.evaluate("each => getComputedStyle(each).backgroundColor")


def test_the_current_page_and_a_chosen_radio(recommend: Page):
    links = recommend.get_by_role("navigation", name="Pages").get_by_role("link")
    current = recommend.locator(".nav-links [aria-current=page]")
    assert ground(current) != ground(links.filter(has_text="Overview"))
    chosen = recommend.get_by_role("radio", name="Any age")
    other = recommend.get_by_role("radio", name="Older films")
    assert chosen.screenshot() != other.screenshot()
    switch = recommend.get_by_label("Compare all models")
    off = switch.screenshot()
    switch.check()
    switch.blur()
    assert switch.screenshot() != off


def test_a_sliders_track_and_thumb_and_one_without_a_rating(recommend: Page):
    slider = cards(recommend).first.get_by_role("slider")
    empty = slider.screenshot()
    rate(recommend, [1])
    slider.blur()
    low = slider.screenshot()
    slider.evaluate("each => { each.value = 4; }")
    assert len({empty, low, slider.screenshot()}) == 3


def test_what_is_saved_seen_or_sent_away(recommend: Page):
    rate(recommend, [5, 4.5, 4])
    film = ask(recommend).first
    settle(recommend)
    save = film.get_by_role("button", name="Save")
    before = ground(save)
    save.click()
    expect(save).to_have_attribute("aria-pressed", "true")
    assert ground(save) != before
    open_page(recommend, "/films/318")
    away = recommend.get_by_role("button", name="Not for me")
    before = ground(away)
    away.click()
    expect(away).to_have_attribute("aria-pressed", "true")
    assert ground(away) != before
