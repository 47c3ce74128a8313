"""Everything can be done with the keyboard alone, and where one is can always be seen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import EVERY, each
from tests.browser.look import drawn, open_page, part, query, settle

STOPS = 45  # presses of Tab: past the filter bar and well into each page

# The focused element: its name, whether an outline or ring marks it, and whether it is in sight.
FOCUS = """() => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const { left, top, width, height } = here.getBoundingClientRect();
  const above = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 12));
  return {
    name: here.id || here.textContent.slice(0, 40) || here.tagName,
    body: here === document.body,
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      || style.boxShadow !== "none",
    seen: above !== null && (here.contains(above) || above.contains(here)),
  };
}"""


def test_the_skip_link_comes_first_and_leads_past_the_filters(page: Page):
    open_page(page, "/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert query(page) == ""


def test_a_link_to_a_part_of_the_page_asks_nothing_again_and_leads_there(page: Page):
    open_page(page, "/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    finding = page.locator("#ratings-findings a[href^='#']").first
    chart = finding.get_attribute("href").removeprefix("#")
    finding.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='{chart}']")).to_be_focused()
    expect(page.locator(f"[id='{chart}']")).to_be_in_viewport()
    page.get_by_role("link", name="Skip to content").press("Enter")
    settle(page)
    expect(page.locator("#content")).to_be_focused()
    assert asked == []


@pytest.mark.slow
def test_navigation_moves_focus_to_the_new_pages_heading(page: Page):
    open_page(page, "/")
    for name in ("Genres", "Films", "Recommend"):
        page.get_by_role("navigation", name="Pages").get_by_role("link", name=name).focus()
        page.keyboard.press("Enter")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text(name)
        expect(heading).to_be_focused()


@pytest.mark.slow
@each(EVERY)
@pytest.mark.parametrize("width", [360, 1280])
def test_focus_is_always_to_be_seen(page: Page, trained, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, address)
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["body"]:
            break
        assert focus["marked"], focus["name"]
        assert focus["seen"], focus["name"]


@pytest.mark.slow
def test_a_list_of_genres_opens_chooses_and_closes(page: Page):
    open_page(page, "/")
    summary = page.locator("#filter-genres-summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#filter-genres")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    settle(page)
    assert query(page) == "genres=Action"
    page.keyboard.press("Escape")
    expect(page.locator("#filter-genres")).to_be_hidden()
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#filter-without-summary")).to_be_focused()


@pytest.mark.slow
def test_fields_take_effect_on_enter_and_on_leaving(page: Page):
    open_page(page, "/")
    first = page.get_by_label("Released, first of the years").first  # the second row is folded
    first.focus()
    page.keyboard.type("1990")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?released=1990-$"))
    expect(first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("1999")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"\?released=1990-1999$"))
    page.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/$"))


@pytest.mark.slow
def test_a_charts_table_opens_and_scrolls(page: Page):
    open_page(page, "/")
    button = part(page, "table-button", "average-rating-by-month")
    button.focus()
    page.keyboard.press("Enter")
    settle(page)
    table = part(page, "table", "average-rating-by-month")
    expect(table).to_be_in_viewport()
    expect(table).to_be_focused()
    page.keyboard.press("PageDown")
    page.wait_for_function("table => table.scrollTop > 0", arg=table.element_handle())


@pytest.mark.slow
def test_a_polarising_film_is_chosen(page: Page):
    open_page(page, "/polarising")
    before = drawn(page, "rating-comparison")
    page.locator("#polarising-list").get_by_role("link", name=re.compile("^Compare")).nth(3).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?movie=\d+$"))
    settle(page)
    assert drawn(page, "rating-comparison")[0] != before[0]


@pytest.mark.slow
def test_films_are_sorted_paged_and_opened(page: Page):
    open_page(page, "/films")
    for role, name, expected in [
        ("link", "Average", "sort=-average_rating"),
        ("link", "Next", "sort=-average_rating&page=2"),
    ]:
        page.get_by_role(role, name=name, exact=True).focus()
        page.keyboard.press("Enter")
        settle(page)
        assert query(page) == expected
    page.get_by_label("Search titles").focus()
    page.keyboard.type("shawshank")
    link = page.locator("#film-table").get_by_role("link", name="The Shawshank Redemption")
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The Shawshank Redemption (1994)")


@pytest.mark.slow
def test_films_are_rated_and_recommended(page: Page, trained):
    open_page(page, "/recommend")
    first, second = page.locator("#asked-films .rate-row").all()[:2]
    first.get_by_role("slider").focus()
    page.keyboard.press("End")
    expect(first.locator("output")).to_have_text("5 ★")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # Clear
    expect(first.locator("output")).to_have_text("not rated")
    second.get_by_role("button", name=re.compile("^Half a star more")).focus()
    page.keyboard.press("Space")
    expect(second.locator("output")).to_have_text("3 ★")

    page.get_by_label("Add any film").focus()
    page.keyboard.type("groundhog")
    found = page.locator("#add-found").get_by_role("option")
    expect(found).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(found).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#asked-films .rate-row").first).to_contain_text("Groundhog Day")

    page.get_by_label("Any age").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Older films")).to_be_checked()
    page.get_by_role("button", name="Recommend", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".shelf")).not_to_have_count(0)


@pytest.mark.slow
def test_a_file_of_ratings_is_chosen(page: Page, trained):
    open_page(page, "/recommend")
    expect(page.locator("#asked-films .rate-row")).to_have_count(15)
    page.get_by_role("button", name="Download my ratings").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Load ratings from a file")).to_be_focused()
    with page.expect_file_chooser():
        page.keyboard.press("Enter")


@pytest.mark.slow
def test_the_theme_is_switched(page: Page):
    open_page(page, "/recommend")
    page.get_by_role("button", name="Switch between light and dark").focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
