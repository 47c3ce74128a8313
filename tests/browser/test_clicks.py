"""A hand on a mark says that a click does something, and it does; a box chooses the films in it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import drawn, open_page, part, query, settle

LEADING = {
    "/": {"average-rating-by-month", "ratings-by-month", "top-movies"},
    "/genres": {"movies-by-genre", "ratings-by-genre", "genre-share-by-year", "genre-by-decade"},
    "/users": {"user-similarity"},
    "/polarising": {"polarising-movies"},
    "/films/318": {"movie-by-month"},
}
STILL = {
    "/": {"rating-distribution"},
    "/genres": set(),
    "/users": {
        "ratings-per-user",
        "ratings-per-user-tail",
        "ratings-per-movie",
        "ratings-per-movie-tail",
        "user-averages",
    },
    "/polarising": {"rating-comparison"},
    "/films/318": {"movie-by-stars"},
}

# The middle of a mark that tells something when it is hovered, in pixels of the window.
MARK = """graph => {
  const plot = graph.querySelector(".js-plotly-plot");
  const { left, top } = plot.getBoundingClientRect();
  for (const trace of plot._fullData) {
    if (trace.hoverinfo === "skip" || trace.mode === "text") continue;
    const x = plot._fullLayout[`xaxis${trace.xaxis.slice(1)}`];
    const y = plot._fullLayout[`yaxis${trace.yaxis.slice(1)}`];
    const at = (axis, values, i) => (axis.type === "category" ? i : values[i]);
    const points = trace.type === "heatmap"
      ? trace.z.flatMap((row, i) => [...row].map((z, j) =>
        (z > -9 && z !== null ? [at(x, trace.x, j), at(y, trace.y, i)] : null)))
      : [...trace.x].map((value, i) => {
        if (trace.type !== "bar") return [value, trace.y[i]];
        return trace.orientation === "h" ? [value / 2, trace.y[i]] : [value, trace.y[i] / 2];
      });
    const found = points.filter((point) => point && point.every((value) => value !== null));
    const mark = found[Math.floor(found.length / 3)];
    if (mark) return [left + x._offset + x.d2p(mark[0]), top + y._offset + y.d2p(mark[1])];
  }
}"""
CURSOR = "([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).cursor"


def hover(page: Page, chart: str) -> list[float]:
    """Where a mark is, with the mouse on it."""
    graph = part(page, "graph", chart)
    graph.evaluate("graph => graph.scrollIntoView({ block: 'center' })")
    place = graph.evaluate(MARK)
    page.mouse.move(place[0] + 30, place[1] + 1)
    page.mouse.move(*place, steps=3)
    expect(graph.locator(".hovertext").first).to_be_attached()
    return place


@pytest.mark.slow
@pytest.mark.parametrize("address", LEADING)
def test_a_hand_where_a_click_leads_and_nowhere_else(page: Page, address: str):
    open_page(page, address)
    before = page.url
    for chart in sorted(STILL[address]):
        place = hover(page, chart)
        assert page.evaluate(CURSOR, place) != "pointer", chart
        page.mouse.click(*place)
        settle(page)
        assert page.url == before, chart
    for chart in sorted(LEADING[address]):
        place = hover(page, chart)
        assert page.evaluate(CURSOR, place) == "pointer", chart
        page.mouse.click(*place)
        page.wait_for_function("before => location.href !== before", arg=before)
        settle(page)
        open_page(page, address)


@pytest.mark.slow
def test_a_box_chooses_films_and_its_chip_takes_it_away(page: Page):
    open_page(page, "/polarising?min=20")
    every = len(drawn(page, "polarising-movies")[0]["x"])
    graph = part(page, "graph", "polarising-movies")
    graph.scroll_into_view_if_needed()
    box = graph.locator(".nsewdrag").bounding_box()
    x, y = box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.3
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + box["width"] * 0.3, y + box["height"] * 0.2, steps=5)
    page.mouse.up()
    expect(page).to_have_url(re.compile("within=agreement,"))
    settle(page)
    ends = [float(end) for end in re.split(r",|\.\.", query(page).partition("agreement,")[2])]
    low, high, least, most = ends
    inside = drawn(page, "polarising-movies")[0]
    assert 0 < len(inside["x"]) < every
    assert all(low <= x <= high for x in inside["x"])
    assert all(least <= y <= most for y in inside["y"])
    listed = page.locator("#polarising-list tbody tr")
    assert listed.count() == min(20, len(inside["x"]))

    page.get_by_text("Films in a box").click()
    expect(page.get_by_label("Average, from")).to_have_value(f"{low:g}")
    page.get_by_label("Average, to").fill(str(low))
    page.get_by_label("Average, to").press("Enter")
    expect(page).to_have_url(re.compile(rf"within=agreement,{low:g}\.\.{low:g},"))
    page.keyboard.press("Escape")
    page.get_by_role("link", name=re.compile("^average .*: take away")).click()
    settle(page)
    assert query(page) == "min=20"
    assert len(drawn(page, "polarising-movies")[0]["x"]) == every


@pytest.mark.slow
def test_a_chosen_film_stands_out_and_once_more_is_chosen_no_longer(page: Page):
    open_page(page, "/polarising")
    compare = page.locator("#polarising-list td.number:last-child a")
    compare.nth(3).click()
    expect(compare.nth(3)).to_have_text("Compared ×")
    assert re.fullmatch(r"movie=\d+", query(page))
    settle(page)
    widths = (
        part(page, "graph", "polarising-movies")
        .locator(".js-plotly-plot")
        .evaluate("plot => [...plot._fullData[0].marker.line.width]")
    )
    assert sorted(widths)[-2:] == [1, 3]
    compare.nth(3).press("Enter")
    expect(compare.nth(3)).to_have_text("Compare")
    assert query(page) == ""
