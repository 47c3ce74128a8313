"""Release years from their chart and its sliders, by keys; the fields and the address follow."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import open_page, query, settle

pytestmark = pytest.mark.slow


def test_sliders_and_fields_follow_each_other(page: Page):
    open_page(page, "/genres?genres=War&released=1990-1999")
    opens = page.get_by_label("Released: choose on a chart of years")
    opens.press("Enter")
    earliest, latest = (page.get_by_label(f"{end} release year") for end in ("Earliest", "Latest"))
    expect(earliest).to_have_value("1990")
    expect(latest).to_have_value("1999")
    expect(page.locator("#years-bars")).to_have_attribute("alt", re.compile("most of 19"))

    earliest.press("ArrowRight")
    earliest.press("ArrowRight")
    expect(page).to_have_url(re.compile("released=1992-1999$"))
    latest.press("End")
    expect(page).to_have_url(re.compile("released=1992-$"))
    settle(page)
    expect(page.locator("#years-said")).to_contain_text("1992 to ")
    expect(page.get_by_label("Released, first of the years").first).to_have_value("1992")
    latest.press("Escape")
    expect(opens).to_be_focused()

    page.get_by_role("button", name="Reset").click()
    settle(page)
    assert query(page) == ""
    opens.press("Enter")
    expect(earliest).to_have_js_property("value", earliest.get_attribute("min"))
    settle(page)
    assert query(page) == "", "looking chooses nothing"
