"""The taste map: searched, recoloured, moved about, to a film's page; the visitor's own films."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import drawn, open_page, part, query, settle

STAR_WARS = 260
PROFILE = {"version": 1, "fingerprint": None, "movies": [{"movie_id": STAR_WARS, "stars": 5}]}


pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("trained")]


def ranges(page: Page) -> list[float]:
    """What part of the map is shown: left, right, bottom, top."""
    plot = part(page, "graph", "taste-map").locator(".js-plotly-plot")
    return plot.evaluate("({ layout }) => [...layout.xaxis.range, ...layout.yaxis.range]")


def within(part: list[float], traces: list[dict]) -> int:
    """How many films are drawn in a part of the map."""
    left, right, bottom, top = part
    films = [film for trace in traces for film in zip(trace["x"], trace["y"], strict=True)]
    return sum(left <= x <= right and bottom <= y <= top for x, y in films)


def trace(page: Page, name: str) -> dict:
    return next(trace for trace in drawn(page, "taste-map") if trace["name"] == name)


def names(page: Page) -> set[str]:
    """The films that are named on the map, as far as they can be read."""
    texts = part(page, "graph", "taste-map").locator(".textpoint text:visible")
    return set(texts.all_text_contents())


def test_a_search_centres_and_marks_what_it_finds(page: Page):
    open_page(page, "/map")
    whole = ranges(page)
    page.get_by_label("Find a film").fill("star wars: episode iv")
    expect(page.locator("#map-said")).to_contain_text("Found Star Wars: Episode IV")
    settle(page)
    assert "search=star" in query(page)
    left, right, bottom, top = ranges(page)
    found = trace(page, "Found")
    assert found["x"] == pytest.approx([(left + right) / 2])
    assert found["y"] == pytest.approx([(bottom + top) / 2])
    assert right - left < (whole[1] - whole[0]) / 2
    assert any(name.startswith("Star Wars: Episode IV") for name in names(page))

    page.get_by_label("Find a film").fill("qqqqqq")
    expect(page.locator("#map-said")).to_contain_text("No film on the map")


def test_the_colours_are_chosen_and_kept_in_the_address(page: Page):
    open_page(page, "/map")
    assert {"Comedy", "Drama", "Other"} <= {trace["name"] for trace in drawn(page, "taste-map")}
    page.get_by_label("Colour").select_option("rating")
    expect(page).to_have_url(re.compile("colour=rating"))
    settle(page)
    assert "Comedy" not in {trace["name"] for trace in drawn(page, "taste-map")}
    page.reload()
    settle(page)
    expect(page.get_by_label("Colour")).to_have_value("rating")
    page.go_back()
    settle(page)
    expect(page.get_by_label("Colour")).to_have_value("genre")


def test_zooming_in_shows_more_films_and_stays_in_the_address(page: Page):
    open_page(page, "/map")
    whole = ranges(page)
    before = drawn(page, "taste-map")
    page.get_by_role("button", name="Zoom in").click()
    expect(page).to_have_url(re.compile("at="))
    settle(page)
    near = ranges(page)
    assert near[1] - near[0] == pytest.approx((whole[1] - whole[0]) / 1.8, rel=0.01)
    page.reload()
    settle(page)
    assert ranges(page) == pytest.approx(near, abs=0.01)
    after = drawn(page, "taste-map")
    assert within(near, after) > within(near, before), "there was no room for these"
    page.get_by_role("button", name="Show the whole map").click()
    settle(page)
    assert ranges(page) == pytest.approx(whole)


def test_the_wheel_scrolls_the_page_and_zooms_with_ctrl_or_after_a_click(page: Page):
    open_page(page, "/map")
    whole, box = ranges(page), part(page, "graph", "taste-map").bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 150)
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => scrollY > 0")
    expect(page.locator("#map-hint")).to_have_class(re.compile("told"))
    settle(page)
    assert ranges(page) == pytest.approx(whole)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    expect(page).to_have_url(re.compile("at="))
    settle(page)
    near = ranges(page)
    assert near[1] - near[0] < whole[1] - whole[0]


def test_no_two_regions_have_one_name_and_no_names_overlap(page: Page):
    open_page(page, "/map")
    regions = page.locator("#map-themes h3").all_inner_texts()
    assert len(set(regions)) == len(regions) == 20
    boxes = part(page, "graph", "taste-map").locator(".textpoint text").evaluate_all(SEEN)
    assert len(boxes) > 10
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            apart = a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]
            assert apart, (a, b)


SEEN = """texts => texts.filter(text => text.style.visibility !== "hidden").map(text => {
  const { left, top, right, bottom } = text.getBoundingClientRect();
  return [left, top, right, bottom];
})"""


def test_a_clicked_film_opens_its_page(page: Page):
    open_page(page, "/map?search=star%20wars:%20episode%20iv&genres=Sci-Fi")
    box = part(page, "graph", "taste-map").locator(".nsewdrag").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile(rf"/films/{STAR_WARS}\?genres=Sci-Fi$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Star Wars")


def test_a_film_clicked_after_a_filter_was_taken_away_opens_without_it(page: Page):
    """Dash's Location still has the address that the page was opened with."""
    open_page(page, "/map?search=star%20wars:%20episode%20iv&genres=Sci-Fi")
    page.get_by_role("link", name="Sci-Fi: take away").click()
    settle(page)
    box = part(page, "graph", "taste-map").locator(".nsewdrag").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile(rf"/films/{STAR_WARS}$"))
    page.go_back()
    settle(page)
    assert query(page) == "search=star wars: episode iv"


def test_the_visitors_films_and_recommendations_are_marked(page: Page):
    page.add_init_script(f"localStorage.setItem('profile', {json.dumps(json.dumps(PROFILE))})")
    open_page(page, "/map")
    expect(page.locator("#map-said")).to_contain_text("You rated 1 film")
    assert len(trace(page, "Rated")["x"]) == 1
    assert len(trace(page, "For you")["x"]) > 5


def test_themes_are_films_with_links(page: Page):
    open_page(page, "/map")
    themes = page.locator("#map-themes section")
    expect(themes).to_have_count(20)
    expect(themes.first.get_by_role("link")).to_have_count(8)


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_the_legend_lies_over_no_film(page: Page, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, "/map")
    plot = part(page, "graph", "taste-map")
    legend = plot.locator(".legend").bounding_box()
    films = plot.locator(".nsewdrag").bounding_box()
    assert legend and films
    assert legend["height"] > 0 and legend["y"] >= films["y"] + films["height"]
