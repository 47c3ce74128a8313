"""Beside every chart: its table, and the CSV of what it shows."""

import csv
import io
from itertools import zip_longest

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import WITH_CHARTS, each
from tests.browser.look import charts, open_page, part, settle

ROWS = 200  # that a table shows at most
FILTERS = "genres=Comedy&released=1990-"


@pytest.mark.slow
@each(WITH_CHARTS)
def test_every_chart_has_its_table_and_its_csv(page: Page, trained, address):
    open_page(page, f"{address}?{FILTERS}")
    found = charts(page)
    assert found
    for chart in found:
        text = exported(page, chart)
        header, *rows = csv.reader(io.StringIO(text))
        assert rows, chart
        button = part(page, "table-button", chart)
        button.click()
        settle(page)
        expect(button).to_have_attribute("aria-pressed", "true")
        table = part(page, "table", chart)
        assert table.locator("th").all_inner_texts() == [name.replace("_", " ") for name in header]
        shown = table.locator("tbody tr").evaluate_all(CELLS)
        assert len(shown) == min(len(rows), ROWS), chart
        for cells, values in zip(shown, rows, strict=False):
            assert all(map(same, cells, values)), (chart, cells, values)
        button.click()
        expect(table).to_be_hidden()
        expect(button).to_have_attribute("aria-pressed", "false")


CELLS = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"


def exported(page: Page, chart: str) -> str:
    """The file that the chart's CSV link gives: the export's answer for the page's filters."""
    link = part(page, "csv-link", chart)
    with page.expect_download() as started:
        link.click()
    assert started.value.suggested_filename == f"{chart}-comedy-released-from-1990.csv"
    text = started.value.path().read_text("utf-8")
    movie = "&movie=1265" if "/films/" in page.url else ""
    answer = page.request.get(f"/export/{chart}.csv?{FILTERS}{movie}")
    assert answer.headers["content-type"].startswith("text/csv")
    assert text == answer.body().decode()
    return text


def same(cell: str, value: str) -> bool:
    """Whether a table's cell is the CSV's value, rounded and written for people."""
    if cell == "–":
        return value == ""
    if "." in value and value.replace(".", "").replace("-", "").replace("e", "").isdigit():
        return abs(float(cell.replace(",", "")) - float(value)) <= 0.0005001
    return cell.replace(", ", "|").replace(",", "") == value.replace(", ", "|").replace(",", "")


def test_an_open_table_follows_the_filters(page: Page):
    open_page(page, "/")
    part(page, "table-button", "rating-distribution").click()
    settle(page)
    cells = part(page, "table", "rating-distribution").locator("tbody tr")
    before = cells.evaluate_all(CELLS)
    page.locator("#filter-released-first").fill("1990")
    page.locator("#filter-released-first").press("Enter")
    settle(page)
    after = cells.evaluate_all(CELLS)
    assert [row[0] for row, _ in zip_longest(after, before)] == [row[0] for row in before]
    assert after != before
