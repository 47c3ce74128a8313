"""Films are saved, sent away and rated where they are shown, and stand on the page Yours."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import open_page, settle
from tests.browser.rating import ask, names, rate

pytestmark = pytest.mark.slow


def test_on_a_phone_marks_stay(recommend: Page):
    rate(recommend, [5, 4.5, 4, 1, 5])
    recommend.set_viewport_size({"width": 390, "height": 844})
    found = ask(recommend)
    save, dismiss, seen = names(found)[:3]

    found.nth(0).get_by_role("button", name="Save").click()
    expect(found.nth(0).get_by_role("button", name="Save")).to_have_attribute(
        "aria-pressed", "true"
    )
    found.nth(2).get_by_role("button", name="Seen it").click()
    slider = found.nth(2).get_by_role("slider", name="Your stars for")
    slider.press("ArrowRight")
    expect(recommend.get_by_role("status").filter(has_text="is among your ratings")).to_be_visible()
    found.filter(has_text=dismiss).get_by_role("button", name="Not for me").click()
    expect(found.filter(has_text=dismiss)).to_have_count(0)
    expect(found.filter(has_text=seen)).to_have_count(0)

    open_page(recommend, "/yours")
    sections = recommend.locator("#yours section")
    expect(sections.nth(0)).to_contain_text(save)
    expect(sections.nth(1).locator("li")).to_have_count(6)
    expect(sections.nth(1)).to_contain_text(seen)
    expect(sections.nth(2)).to_contain_text(dismiss)

    open_page(recommend, "/recommend")
    settle(recommend)
    expect(found.filter(has_text=dismiss)).to_have_count(0)
    expect(found.filter(has_text=save).get_by_role("button", name="Save")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_a_mark_is_taken_back(recommend: Page):
    rate(recommend, [5, 4.5, 4])
    found = ask(recommend)
    name = names(found)[0]
    found.first.get_by_role("button", name="Not for me").click()
    expect(found.filter(has_text=name)).to_have_count(0)
    recommend.get_by_role("button", name="Undo").last.click()
    expect(found.filter(has_text=name)).to_have_count(1)


def test_a_films_own_page_and_the_list_of_yours_say_the_same(page: Page):
    open_page(page, "/films/318")
    page.get_by_role("button", name="Save").click()
    open_page(page, "/yours")
    saved = page.locator("#yours section").first
    expect(saved.get_by_role("link")).to_have_attribute("href", "/films/318")
    saved.get_by_role("button", name="Remove").click()
    expect(saved.locator("li")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(saved.locator("li")).to_have_count(1)
    page.reload()
    expect(saved.locator("li")).to_have_count(1)
