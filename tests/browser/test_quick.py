"""What keeps a click on a filter quick: one request, few drawings, charts in view first."""

import pytest
from playwright.sync_api import Page

from tests.browser.look import open_page, settle

TICK = "document.querySelector('#filter-genres input').click()"
FIGURES = """() => [...document.querySelectorAll(".js-plotly-plot")].map(
  ({ data }) => JSON.stringify(data))"""
FOLLOWED = """before => {
  const now = [...document.querySelectorAll(".js-plotly-plot")];
  return now.every(({ data }, i) => JSON.stringify(data) !== before[i]);
}"""
# How often Dash's store changes, and how often the page's components hear of it
COUNT = """() => {
  const [store] = window.dash_stores;
  const { dispatch } = store;
  window.changes = window.heard = 0;
  store.dispatch = (action) => { window.changes += 1; return dispatch(action); };
  store.subscribe(() => { window.heard += 1; });
}"""


@pytest.mark.parametrize("address", ["/", "/genres", "/users"])
def test_a_tick_is_one_request(page: Page, address: str):
    open_page(page, address)
    asked = []
    page.on("request", lambda sent: asked.append(sent.url) if sent.method == "POST" else None)
    page.evaluate(TICK)
    settle(page)
    assert [url.rpartition("/")[2] for url in asked] == ["_answers"]


def test_components_hear_of_dashs_store_once_for_many_changes(page: Page):
    open_page(page, "/")
    page.evaluate(COUNT)
    page.evaluate(TICK)
    settle(page)
    changes, heard = page.evaluate("[window.changes, window.heard]")
    assert changes > 100, "Dash changes its store at every step of a callback"
    assert 0 < heard < changes / 5


def test_charts_out_of_view_follow_though_nobody_scrolls(page: Page):
    open_page(page, "/")
    before = page.evaluate(FIGURES)
    assert len(before) == 4
    page.evaluate(TICK)
    page.wait_for_function(FOLLOWED, arg=before)
    assert page.evaluate("scrollY") == 0


def test_what_is_printed_is_what_was_chosen(page: Page):
    open_page(page, "/")
    before = page.evaluate(FIGURES)
    page.evaluate("window.requestIdleCallback = () => 1")  # a browser that is never idle
    page.evaluate(TICK)
    page.wait_for_function(
        "before => JSON.stringify(document.querySelector('.js-plotly-plot').data) !== before",
        arg=before[0],
    )
    page.wait_for_function("window.asking === 0")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function(FOLLOWED, arg=before)
