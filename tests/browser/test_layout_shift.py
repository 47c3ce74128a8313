"""Nothing on a page moves while it loads, on a phone and on a laptop."""

import pytest
from playwright.sync_api import Browser

from benchmarks.page_times.layout_shift import SIZES, WATCH, settled_shifts
from tests.browser.addresses import EVERY, each

pytestmark = pytest.mark.slow

MOST = 0.05


@pytest.mark.parametrize(("width", "height"), SIZES)
@each(EVERY)
def test_pages_stand_still(browser: Browser, base: str, trained, address, width, height):
    context = browser.new_context(viewport={"width": width, "height": height})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(base + address)
    shifts = settled_shifts(page)
    context.close()
    assert sum(value for value, _ in shifts) < MOST, shifts
