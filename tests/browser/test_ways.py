"""Marks choose and open, once more takes away; chips, tables and a drag over time do as well."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import open_page, part, query, settle

pytestmark = pytest.mark.slow


def mark(page: Page, chart: str, number: int) -> None:
    """Click on a chart's mark."""
    graph = part(page, "graph", chart)
    graph.scroll_into_view_if_needed()
    graph.locator(".point").nth(number).click(force=True)
    settle(page)


def test_a_genre_is_chosen_and_taken_away(page: Page):
    open_page(page, "/genres")
    mark(page, "movies-by-genre", 0)
    chosen = query(page)
    assert chosen.startswith("genres=")
    expect(page.locator(".chip")).to_have_text(chosen.removeprefix("genres=") + " ×")
    page.locator(".chip").click()
    settle(page)
    assert query(page) == ""


def test_a_month_is_chosen_and_taken_away(page: Page):
    open_page(page, "/")
    mark(page, "ratings-by-month", 20)
    assert query(page).startswith("rated=")
    mark(page, "ratings-by-month", 0)
    assert query(page) == ""


def test_a_film_is_opened(page: Page):
    open_page(page, "/")
    mark(page, "ratings-by-month", 20)
    mark(page, "top-movies", 0)
    assert "/films/" in page.url and query(page).startswith("rated=")


def test_a_tables_cells_lead_where_marks_do(page: Page):
    open_page(page, "/genres")
    part(page, "table-button", "genre-by-decade").click()
    settle(page)
    cell = part(page, "table", "genre-by-decade").get_by_role("link", name="1980", exact=True).first
    cell.press("Enter")
    settle(page)
    assert query(page) == "released=1980-1989"


def test_a_drag_over_time_chooses_its_months(page: Page):
    open_page(page, "/")
    graph = part(page, "graph", "average-rating-by-month")
    graph.scroll_into_view_if_needed()
    box = graph.bounding_box()
    assert box is not None
    height = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 400, height)
    page.mouse.down()
    page.mouse.move(box["x"] + 600, height, steps=4)
    said = graph.locator(".brush").inner_text()
    page.mouse.up()
    settle(page)
    assert query(page) == "rated=" + said.replace(" to ", "..")
    expect(page.locator(".brush")).to_have_count(0)
