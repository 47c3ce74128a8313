"""On a phone of 360 px: nothing to scroll sideways, targets for fingers, filters within reach."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import EVERY, LINKED, each
from tests.browser.before_dash import FIRST, let_through
from tests.browser.look import open_page, part, settle

pytestmark = pytest.mark.slow

LEAST = 24  # CSS pixels: WCAG 2.2, 2.5.8

# What is smaller than a finger; links within text may be.
SMALL = """least => [...document.querySelectorAll(`
  button, summary, select, .btn, .form-check, nav a,
  input:not([type=checkbox], [type=radio], [type=file])`)]
  .filter((each) => each.checkVisibility())
  .map((each) => [each.id || each.className || each.textContent, each.getBoundingClientRect()])
  .filter(([, { width, height }]) => width > 0 && Math.min(width, height) < least)
  .map(([name, { width, height }]) => `${name}: ${width} × ${height}`)"""

CURRENT = ".nav-links [aria-current]"
OUTSIDE = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def context_options() -> dict:
    return {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@each(EVERY)
def test_pages_fit_and_targets_are_large_enough(page: Page, trained, address):
    open_page(page, address)
    assert page.evaluate(OUTSIDE) <= 0
    assert page.evaluate(SMALL, LEAST) == []


@each(LINKED.values())
def test_the_current_page_is_in_sight_among_the_links(page: Page, trained, address):
    open_page(page, address)
    expect(page.locator(CURRENT)).to_be_in_viewport(ratio=0.99)


def test_it_is_so_before_dash_has_started(page: Page, held):
    page.goto("/data", wait_until="commit")
    expect(page.locator(f"{FIRST} {CURRENT}")).to_be_in_viewport(ratio=0.99)
    let_through(page, held)


def test_filters_are_folded_away_and_work(page: Page):
    open_page(page, "/")
    expect(page.locator("#filter-genres-summary")).to_be_hidden()
    page.get_by_role("button", name="Filters").tap()
    page.locator("#filter-genres-summary").tap()
    page.locator("#filter-genres").get_by_label("Comedy", exact=True).tap()
    expect(page).to_have_url(re.compile(r"\?genres=Comedy$"))
    assert page.evaluate(OUTSIDE) <= 0
    assert page.evaluate(SMALL, LEAST) == []
    page.get_by_role("button", name="Filters").tap()
    expect(page.locator("#filter-genres-summary")).to_be_hidden()


def test_a_wide_table_scrolls_within_itself(page: Page):
    open_page(page, "/polarising")
    part(page, "table-button", "polarising-movies").tap()
    settle(page)
    assert page.evaluate(OUTSIDE) <= 0


def test_recommendations_fit(page: Page, trained):
    open_page(page, "/recommend")
    page.locator("#asked-films").get_by_text("+", exact=True).first.tap()
    page.get_by_label("Model", exact=True).select_option("nmf")
    page.get_by_role("button", name="Recommend", exact=True).tap()
    expect(page.locator(".shelf")).not_to_have_count(0)
    assert page.evaluate(OUTSIDE) <= 0
    page.get_by_label("Compare all models").tap()
    expect(page.locator(".comparison")).to_be_visible()
    assert page.evaluate(OUTSIDE) <= 0


SIZES = """() => [...document.querySelectorAll("#asked-films .rate-row")]
  .filter((row) => row.checkVisibility()).map((row) => ({
  height: row.getBoundingClientRect().height,
  track: row.querySelector("input").getBoundingClientRect().width,
  least: Math.min(...[...row.querySelectorAll("button, input")]
    .map((part) => part.getBoundingClientRect().height)),
}))"""


def test_rating_is_easy_for_fingers_and_nothing_moves(page: Page, trained):
    open_page(page, "/recommend")
    before = page.evaluate(SIZES)
    assert len(before) == 2, "one film at a time, with the next below"
    assert all(card["track"] >= 240 and card["least"] >= 44 for card in before)
    first = page.locator("#asked-films .rate-row").first
    first.get_by_role("slider").tap()
    expect(first.locator("output")).to_contain_text("★")
    first.get_by_role("button", name="Haven’t seen").tap()
    expect(first.locator("output")).to_have_text("not seen")
    assert page.evaluate(SIZES) == before


def test_a_slider_without_a_rating_is_empty(page: Page, trained):
    """It looks the same wherever its thumb stands, as none is to be seen."""
    open_page(page, "/recommend")
    slider = page.locator("#asked-films .rate-row").first.get_by_role("slider")
    middle = slider.screenshot()
    slider.evaluate("slider => { slider.value = 1; }")
    assert slider.screenshot() == middle
    slider.tap()
    expect(page.locator("#asked-films output").first).to_contain_text("★")
    assert slider.screenshot() != middle
