"""A page that was added to dashboard/pages, in the product as people run it."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.served import served
from tests.dashboard.extra_pages import EXAMPLE, FILTERED, PLAIN, write_pages


@pytest.mark.slow  # an app of its own is started
def test_it_is_linked_and_has_the_bar_that_it_declares(tmp_path, browser: Browser, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", write_pages(tmp_path))
    with served(tmp_path) as running:
        page = browser.new_page(base_url=running.url)
        page.goto("/?genres=Comedy")
        page.get_by_role("navigation", name="Pages").get_by_role("link", name="Weekdays").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Weekdays")
        assert page.url == f"{running.url}{FILTERED}?genres=Comedy"
        bar = page.get_by_role("search", name="Filters")
        for address, has_filters in {FILTERED: True, PLAIN: False, EXAMPLE: True}.items():
            assert page.goto(address).status == 200
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            expect(bar).to_be_visible(visible=has_filters)
        page.close()
