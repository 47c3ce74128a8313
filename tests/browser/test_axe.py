"""No page breaks WCAG 2.2 A or AA, in either theme, at either width, with all that opens open."""

from importlib.resources import files

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from dashboard.theme import THEMES
from tests.browser.addresses import EVERY, each
from tests.browser.look import charts, open_page, part, settle

pytestmark = pytest.mark.slow

AXE = files(axe_playwright_python).joinpath("axe.min.js").read_text("utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = {360: 740, 1280: 900}

# One line for each rule that is broken, with where.
VIOLATIONS = """async ([within, tags]) => {
  const found = await axe.run(within, { runOnly: tags, resultTypes: ["violations"] });
  const where = (nodes) => nodes.map((node) => node.target).join(" ");
  return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${where(nodes)}`);
}"""

QUERIES = {"/": "?released=banana", "/polarising": "?movie=318", "/map": "?search=star"}
NOTHING_MATCHES = "/users?released=1800-1801"
ADDRESSES = [*(address + QUERIES.get(address, "") for address in EVERY), NOTHING_MATCHES]

ROWS = 5  # of an open table: all are alike, and many take axe long
SHORTENED = (
    "(table, rows) => table.querySelectorAll(`tr:nth-child(n + ${rows})`)"
    ".forEach((row) => row.remove())"
)


@pytest.fixture
def context_options() -> dict:
    return {"bypass_csp": True}  # axe is no part of the page


@each(ADDRESSES)
def test_pages_with_their_filters_and_a_table_open(page: Page, trained, address):
    open_page(page, address)
    for chart in charts(page)[:1]:
        part(page, "table-button", chart).click()
        settle(page)
        part(page, "table", chart).evaluate(SHORTENED, ROWS)
    assert violations(page, open_filters) == []


@pytest.mark.slow
def test_recommendations(page: Page, trained):
    open_page(page, "/recommend")
    for row in page.locator("#asked-films .rate-row").all()[:3]:
        row.get_by_text("+", exact=True).click()
    page.locator("#asked-films").get_by_role("button", name="Haven’t seen").last.click()
    page.get_by_label("Model", exact=True).select_option("user-cosine")
    page.get_by_role("button", name="Recommend", exact=True).click()
    expect(page.locator(".shelf")).to_have_count(3)
    page.get_by_text("Your ratings", exact=True).click()
    assert violations(page, to_the_end) == []
    for picker in ("genres", "without"):
        page.locator(f"#recommend-{picker}-summary").click()
        assert violations(page, within=".picker[open]") == []
        page.keyboard.press("Escape")
    page.get_by_label("Add any film").fill("star")
    expect(page.locator("#add-found button")).not_to_have_count(0)
    page.keyboard.press("ArrowDown")
    assert violations(page, within=".add-film") == []
    page.get_by_label("Add any film").fill("")
    page.get_by_label("Compare all models").check()
    expect(page.locator(".comparison")).to_be_visible()
    assert violations(page, to_the_end) == []


def test_what_does_not_exist(page: Page, console):
    open_page(page, "/nope")
    console.clear()  # the browser names the 404
    assert violations(page) == []


def open_filters(page: Page) -> None:
    """The filter bar, where the page has one and it is folded away, and its first list."""
    toggle = page.locator("#filter-toggle")
    if toggle.is_visible() and toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
    if page.locator("#filter-row").is_visible() and page.locator("#filter-genres").is_hidden():
        page.locator("#filter-genres-summary").click()


def to_the_end(page: Page) -> None:
    """Scroll down: what the phone's sticky button lies over on its way counts as too small."""
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


def violations(page: Page, prepare=lambda page: None, within: str = "html") -> list[str]:
    """What axe finds in each theme at each width, in all of the page or a part of it."""
    page.evaluate(AXE)
    found = []
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            prepare(page)
            settle(page)
            said = page.evaluate(VIOLATIONS, [within, STANDARDS])
            found += [f"{theme}, {width} px: {each}" for each in said]
    return found
