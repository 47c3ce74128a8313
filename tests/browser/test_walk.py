"""Every page walked as a visitor would, from the navigation to a film, with the console empty."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import EVERY, LINKED
from tests.browser.look import content, drawn, open_page, part, query, settle, words


@pytest.mark.slow
def test_the_navigation_leads_to_every_page_and_says_which_is_current(page: Page):
    open_page(page, "/")
    links = page.get_by_role("navigation", name="Pages").get_by_role("listitem").get_by_role("link")
    assert links.all_inner_texts() == list(LINKED)
    for name, path in LINKED.items():
        links.filter(has_text=name).click()
        expect(page).to_have_url(re.compile(f"{path}$"))
        settle(page)
        expect(page).to_have_title(re.compile("Reelscope"))
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.locator("[aria-current=page]")).to_have_text([name])


@pytest.mark.parametrize("path", EVERY)
def test_a_page_opened_by_its_address_is_whole(page: Page, path):
    open_page(page, path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#outage")).to_be_hidden()
    assert page.evaluate("document.documentElement.lang") == "en"
    failed = [entry for entry in page.evaluate(LOADED) if entry["status"] >= 400]
    assert failed == []
    foreign = [entry["name"] for entry in page.evaluate(LOADED) if not entry["ours"]]
    assert foreign == [], "nothing is fetched from elsewhere"
    twice = [name for name in page.evaluate(FETCHED) if "plotly.min.js" in name]
    assert twice == [], "charts wait for their own bundle"


FETCHED = "() => performance.getEntriesByType('resource').map(({ name }) => name)"
LOADED = """() => performance.getEntriesByType("resource").map(({ name, responseStatus }) => ({
  name, status: responseStatus, ours: name.startsWith("data:") || name.startsWith(location.origin),
}))"""


def test_a_clicked_genre_sets_the_visible_filter(page: Page):
    open_page(page, "/genres")
    before = content(page)
    bars = part(page, "graph", "movies-by-genre").locator(".barlayer .point")
    click_middle(page, bars.last)  # the top one, of most films
    expect(page).to_have_url(re.compile(r"\?genres=Drama$"))
    settle(page)
    expect(page.locator("#filter-genres-summary")).to_have_text("Drama")
    assert words(page).startswith("Drama: ")
    assert content(page) != before


@pytest.mark.slow
def test_a_clicked_bubble_is_compared_with_the_most_agreed_on_film(page: Page):
    open_page(page, "/polarising?genres=Comedy")
    first = drawn(page, "rating-comparison")
    said = words(page)
    bubbles = part(page, "graph", "polarising-movies").locator(".scatterlayer .point")
    click_middle(page, bubbles.nth(40))
    expect(page).to_have_url(re.compile(r"\?genres=Comedy&movie=\d+$"))
    settle(page)
    chosen = drawn(page, "rating-comparison")
    assert chosen[0]["name"] != first[0]["name"]
    assert chosen[1] == first[1]
    assert words(page) == said
    page.reload()
    settle(page)
    assert drawn(page, "rating-comparison") == chosen
    page.go_back()
    settle(page)
    assert drawn(page, "rating-comparison") == first


def click_middle(page: Page, mark) -> None:
    """Click a mark of a chart with the mouse, where Plotly listens in a layer above it."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.slow
def test_chosen_users_are_compared(page: Page):
    open_page(page, "/users")
    assert drawn(page, "user-similarity")[0]["rows"] == 40
    page.get_by_label("Users to compare").fill("15, 73, 547")
    page.get_by_label("Users to compare").press("Enter")
    expect(page).to_have_url(re.compile(r"\?users=15,73,547$"))
    settle(page)
    assert drawn(page, "user-similarity")[0]["rows"] == 3
    page.reload()
    settle(page)
    expect(page.get_by_label("Users to compare")).to_have_value("15, 73, 547")
    assert drawn(page, "user-similarity")[0]["rows"] == 3


@pytest.mark.slow
def test_films_are_searched_sorted_and_paged_through_to_a_film(page: Page):
    open_page(page, "/films?genres=Drama")
    rows = page.locator("#film-table tbody tr")
    expect(rows).to_have_count(25)
    everything = rows.all_inner_texts()

    page.get_by_role("link", name="Next").click()
    settle(page)
    assert query(page) == "genres=Drama&page=2"
    second = rows.all_inner_texts()
    assert not set(second) & set(everything)
    page.go_back()
    settle(page)
    assert rows.all_inner_texts() == everything

    page.get_by_role("link", name="Average", exact=True).click()
    settle(page)
    assert query(page) == "genres=Drama&sort=-average_rating"
    header = page.get_by_role("columnheader", name="Average")
    expect(header).to_have_attribute("aria-sort", "descending")
    averages = [float(each) for each in rows.locator("td:nth-child(4)").all_inner_texts()]
    assert averages == sorted(averages, reverse=True)

    page.get_by_label("Search titles").press_sequentially("shawshank")
    expect(rows).to_have_count(1)
    settle(page)
    assert set(query(page).split("&")) == {
        "genres=Drama",
        "search=shawshank",
        "sort=-average_rating",
    }
    page.reload()
    settle(page)
    expect(page.get_by_label("Search titles")).to_have_value("shawshank")

    rows.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/films/318\?genres=Drama$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("The Shawshank Redemption (1994)")
    settle(page)
    assert words(page).startswith("Drama: ")
    expect(page.locator("[aria-current=page]")).to_have_text(["Films"])


@pytest.mark.slow
def test_a_film_leads_to_the_films_most_like_it(page: Page, trained):
    open_page(page, "/films/318")
    similar = page.locator("#film-similar").get_by_role("link")
    expect(similar).to_have_count(10)
    before, name = content(page), similar.first.inner_text()
    similar.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    settle(page)
    assert content(page) != before
    page.go_back()
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("The Shawshank Redemption (1994)")
    assert content(page) == before


@pytest.mark.slow
def test_nothing_found_says_so(page: Page):
    open_page(page, "/films?search=qqqqqq")
    expect(page.locator("#film-table")).to_contain_text("No film matches")


@pytest.mark.slow
def test_the_theme_is_switched_remembered_and_drawn(page: Page):
    open_page(page, "/")
    light = content(page)
    page.get_by_role("button", name="Switch between light and dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    settle(page)
    dark = content(page)
    assert dark != light, "charts are drawn in the new theme's colours"
    page.reload()
    settle(page)
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert content(page) == dark
    page.get_by_role("button", name="Switch between light and dark").click()
    settle(page)
    assert content(page) == light


@pytest.mark.slow
def test_the_theme_follows_the_system_until_one_is_chosen(page: Page):
    page.emulate_media(color_scheme="dark")
    open_page(page, "/recommend")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/films/999999999", "There is no such film"),
        ("/films/abc", "There is no such film"),
        ("/nope", "There is no such page"),
    ],
)
def test_what_does_not_exist_is_a_404_with_a_way_on(page: Page, console, path, heading):
    assert page.goto(path).status == 404
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    page.locator("main").get_by_role("link").first.click()
    settle(page)
    expect(page).to_have_url(re.compile("/(films)?$"))
    assert len(console) == 1 and "404" in console[0], "the browser names the page it was refused"
    console.clear()
