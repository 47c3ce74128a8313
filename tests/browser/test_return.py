"""The address of Recommend brings a list back, where it stood."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import open_page, settle
from tests.browser.rating import ask, cards, names, rate, titles

pytestmark = pytest.mark.slow

NEAR = 4  # pixels


def shown(page: Page) -> list[str]:
    return names(page.locator(".shelf.tonight li"))


@pytest.fixture
def older(recommend: Page) -> Page:
    """A visitor's page with a list of older films by NMF."""
    rate(recommend, [5, 4.5, 1, 4])
    ask(recommend)
    recommend.get_by_label("Older films").check()
    settle(recommend)
    return recommend


def test_what_is_wanted_stands_in_the_address_and_a_choice_is_a_step_back(older: Page):
    expect(older).to_have_url(re.compile(r"\?by=nmf&list=1&era=old$"))
    before = shown(older)
    older.get_by_label("Newer films").check()
    settle(older)
    expect(older).to_have_url(re.compile("era=new$"))
    assert shown(older) != before
    older.go_back()
    expect(older.get_by_label("Older films")).to_be_checked()
    settle(older)
    assert shown(older) == before


def test_a_slider_is_no_step_back(older: Page):
    older.get_by_label("Alike ↔ varied").press("End")
    settle(older)
    expect(older).to_have_url(re.compile("era=old&variety=0.6$"))
    older.go_back()
    expect(older.get_by_label("Any age")).to_be_checked()


def test_back_from_a_film_and_a_reload_show_the_list_where_it_stood(older: Page):
    asked, before = titles(cards(older)), shown(older)
    link = older.locator(".shelf.tonight li").nth(7).get_by_role("link")
    link.scroll_into_view_if_needed()
    older.wait_for_timeout(300)
    stood = older.evaluate("scrollY")
    assert stood > 100
    link.click()
    expect(older.locator(".film-head")).to_be_visible()
    settle(older)
    assert older.evaluate("scrollY") == 0
    older.go_back()
    comes_back(older, before, stood)
    assert len(asked & titles(cards(older))) == len(asked) - 4
    older.wait_for_timeout(300)
    older.reload()
    comes_back(older, before, stood)


def comes_back(page: Page, before: list[str], stood: int) -> None:
    expect(page.locator(".shelf.tonight li")).to_have_count(10)
    settle(page)
    assert shown(page) == before
    page.wait_for_function("([y, near]) => Math.abs(scrollY - y) <= near", arg=[stood, NEAR])


def test_a_second_tab_shows_the_same_list_and_a_later_visit_the_same_wishes(older: Page):
    before = shown(older)
    second = older.context.new_page()
    open_page(second, older.url)
    assert shown(second) == before
    open_page(second, "/recommend")
    expect(second.get_by_label("Older films")).to_be_checked()
    expect(second).to_have_url(re.compile(r"\?by=nmf&era=old$"))
    assert shown(second) == before


def test_values_that_mean_nothing_are_left_out(recommend: Page):
    open_page(recommend, "/recommend?era=young&split=12&by=magic&variety=9&list=x&compare=2")
    expect(recommend.get_by_label("Any age")).to_be_checked()
    expect(recommend.get_by_label("Newer means released from")).to_have_value("2000")
    expect(recommend.get_by_label("Model", exact=True)).to_have_value("blend")
    expect(recommend.locator("#results")).to_contain_text("Rate 3 films")
