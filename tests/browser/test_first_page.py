"""The page is seen and its first chart drawn before Dash starts, which then takes both over."""

from playwright.sync_api import Page, expect

from tests.browser.before_dash import FIRST, let_through
from tests.browser.look import settle

PARTS = ":is(h1, h2, p, .card-panel, .dash-graph, footer)"
RECTANGLES = """parts => [...document.querySelectorAll(parts)].filter(
  (each) => each.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
    && each.offsetHeight
).map((each) => {
  const { x, y, width, height } = each.getBoundingClientRect();
  return [each.tagName, each.dataset.id || each.id, ...[x, y, width, height].map(Math.round)];
})"""
MARKS = ".js-plotly-plot .scatterlayer .point"


def test_it_is_all_there_before_dash_and_nothing_moves_when_dash_comes(page: Page, held):
    page.goto("/", wait_until="commit")
    expect(page.locator(f"{FIRST} h1")).to_have_text("Overview")
    expect(page.locator(f"{FIRST} {MARKS}").first).to_be_visible()
    expect(page.locator(f"{FIRST} [data-id=summary] dd")).to_have_count(6)
    assert page.locator("#summary").count() == 0  # ids stand once, in Dash's page
    before = page.evaluate(RECTANGLES, f"{FIRST} {PARTS}")
    let_through(page, held)
    after = page.evaluate(RECTANGLES, f"#react-entry-point {PARTS}")
    assert len(before) > 20 and after == before


def test_the_chart_that_was_drawn_is_dashs_and_follows_the_filters(page: Page, held):
    page.goto("/", wait_until="commit")
    expect(page.locator(f"{FIRST} {MARKS}").first).to_be_visible()
    page.evaluate("window.early = document.querySelector('.js-plotly-plot')")
    let_through(page, held)
    graph = page.locator("#react-entry-point .dash-graph").first
    assert graph.evaluate("graph => graph.contains(window.early)")
    before = page.evaluate("JSON.stringify(window.early.data)")
    page.evaluate("document.querySelector('#filter-genres input').click()")
    page.wait_for_function("before => JSON.stringify(window.early.data) !== before", arg=before)


def test_the_charts_out_of_view_are_drawn_before_dash_and_are_its_own(page: Page, held):
    page.goto("/", wait_until="commit")
    expect(page.locator(f"{FIRST} .js-plotly-plot")).to_have_count(4)
    page.evaluate("window.early = [...document.querySelectorAll('.js-plotly-plot')]")
    let_through(page, held)
    settle(page)
    graphs = page.locator("#react-entry-point .dash-graph")
    assert graphs.evaluate_all("all => all.map((graph, i) => graph.contains(window.early[i]))") == (
        [True] * 4
    )


def test_a_page_without_charts_is_dashs_as_well(page: Page, held):
    page.goto("/films", wait_until="commit")
    expect(page.locator(f"{FIRST} h1")).to_have_text("Films")
    let_through(page, held)
    expect(page.get_by_role("heading", level=1)).to_have_text("Films")


def test_where_plotly_does_not_come_dash_starts_all_the_same(page: Page, console: list[str]):
    page.route("**/plotly-charts-*", lambda route: route.abort())
    page.goto("/films")
    let_through(page, [])
    expect(page.get_by_role("heading", level=1)).to_have_text("Films")
    console.clear()
