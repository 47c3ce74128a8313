"""The sliders for what lists lean to."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import settle
from tests.browser.rating import ask, names, rate

pytestmark = pytest.mark.slow


@pytest.fixture
def varied(recommend: Page) -> Page:
    """A visitor's page with a list by NMF, which knows no surprise but embeds films."""
    rate(recommend, [5, 4.5, 1, 4])
    ask(recommend)
    return recommend


def test_the_list_follows_the_arrow_keys_there_and_back(varied: Page):
    found = varied.locator(".shelf.tonight li")
    before = names(found)
    slider = varied.get_by_label("Alike ↔ varied")
    slider.press("End")
    settle(varied)
    after = names(found)
    assert after != before and after[0] == before[0]
    slider.press("Home")
    settle(varied)
    assert names(found) == before


def test_only_the_default_model_can_be_told_how_surprising_to_be(varied: Page):
    slider = varied.get_by_label("Popular ↔ surprising")
    expect(slider).to_be_disabled()
    varied.get_by_label("Model", exact=True).select_option("blend")
    expect(slider).to_be_enabled()


def test_cards_say_what_the_visitor_would_give(varied: Page):
    said = varied.locator(".shelf.tonight li").first
    expect(said).to_contain_text(" for you, likely ")
