"""A chart is taken along: as a picture, as JSON, alone in another page; its table is ordered."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.look import open_page, part, settle

CHART = "top-movies"
FILTERS = "genres=Comedy"


@pytest.fixture
def menu(page: Page) -> Locator:
    """The open menu of a chart of comedies."""
    open_page(page, f"/?{FILTERS}")
    page.get_by_label("Save: Top films by weighted score").click()
    return page.locator(".savings[open]")


def saved(page: Page, menu: Locator, form: str) -> Path:
    with page.expect_download() as started:
        menu.get_by_role("button", name=form).click()
    assert started.value.suggested_filename == f"{CHART}-comedy.{form.lower()}"
    return started.value.path()


def test_an_svg_has_title_filters_source_and_the_films(page: Page, menu: Locator):
    text = saved(page, menu, "SVG").read_text("utf-8")
    for wanted in (
        "Top films by weighted score",
        "Comedy:",
        "Data: MovieLens sample",
        "Pulp Fiction",
    ):
        assert wanted in text
    assert text.count("@font-face") == 1, "what shows it fetches nothing"


@pytest.mark.slow
def test_a_png_is_twice_as_large_as_the_chart(page: Page, menu: Locator):
    image = saved(page, menu, "PNG").read_bytes()
    assert image.startswith(b"\x89PNG")
    width = int.from_bytes(image[16:20], "big")
    box = part(page, "graph", CHART).bounding_box()
    assert box is not None and width > 2 * box["width"]


def test_json_and_the_chart_alone_are_links_with_the_filters(page: Page, menu: Locator):
    json_link = menu.get_by_role("link", name="JSON").get_attribute("href")
    assert json_link == f"/export/{CHART}.json?{FILTERS}"
    assert len(json.loads(page.request.get(json_link).text())) > 50
    menu.get_by_role("link", name="Chart alone").click()
    settle_alone(page)
    expect(page.locator("#alone-words")).to_contain_text("Comedy · MovieLens sample")
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.locator(".js-plotly-plot")).to_have_count(1)


def settle_alone(page: Page) -> None:
    page.wait_for_url(f"**/embed/{CHART}?{FILTERS}")
    expect(page.locator("#alone-words")).not_to_be_empty()
    settle(page)


def test_a_column_orders_all_rows_not_only_those_shown(page: Page):
    open_page(page, "/films/1265")
    part(page, "table-button", "movie-by-month").click()
    table = part(page, "table", "movie-by-month")
    table.get_by_role("button", name="average rating").click()
    head = table.locator("th[aria-sort]")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(head.get_by_role("button")).to_be_focused()
    assert column(table, 2) == sorted(column(table, 2), reverse=True)
    table.get_by_role("button", name="average rating").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert column(table, 2) == sorted(column(table, 2))


def column(table: Locator, number: int) -> list[float]:
    cells = table.locator(f"tbody td:nth-child({number + 1})").all_inner_texts()
    return [float(cell.replace(",", "")) for cell in cells]
