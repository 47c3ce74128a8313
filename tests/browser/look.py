"""Looking at a page of Reelscope: whether it has come to rest, and what its charts show."""

import json
from urllib.parse import unquote

from playwright.sync_api import Locator, Page, expect

# Runs before the page's own scripts, whose own `fetch` is counted as well: an answer that comes in
# one request with others is still under way when that request's head is here.
COUNT_CALLBACKS = """(() => {
  const counted = (ask) => async (...request) => {
    window.asking += 1;
    try { return await ask(...request); } finally { window.asking -= 1; }
  };
  let fetch = counted(window.fetch.bind(window));
  window.asking = 0;
  const set = (ask) => { fetch = counted(ask); };
  Object.defineProperty(window, "fetch", { get: () => fetch, set });
})()"""

# Seen at every frame. A callback's answer starts the next callback, and a click or Back the first,
# within a few frames, however slow the machine makes them.
FRAMES = 12
AT_REST = """frames => {
  const all = (what) => document.querySelectorAll(what).length;
  const drawn = all(".dash-graph") === all(".js-plotly-plot")
    && all("#page-title") && all("#filter-words:not(:empty)")
    && !all("#first-page"); // what is seen before Dash has started
  window.restful = drawn && window.asking === 0 ? window.restful + 1 : 0;
  return window.restful > frames;
}"""

# The charts' values and colours, and the text of the tables that are pages' own.
CONTENT = """() => {
  const all = (what, of) => [...document.querySelectorAll(what)].map(of);
  return JSON.stringify([
    all(".js-plotly-plot", ({ data, layout }) => [data, layout?.annotations]),
    all("#film-table, #film-about, #polarising-list", (each) => each.textContent),
  ]);
}"""


def open_page(page: Page, address: str) -> None:
    """Go there and wait until everything is drawn."""
    page.goto(address)
    settle(page)


def settle(page: Page) -> None:
    """Wait until no callback is under way and none is about to start."""
    page.evaluate("window.restful = 0")
    page.wait_for_function(AT_REST, arg=FRAMES)
    page.evaluate("window.Plotly?.drawAll?.()")  # charts out of view wait until they come near


def content(page: Page) -> str:
    """All that the page's charts and tables show, to be compared with another time's."""
    return page.evaluate(CONTENT)


def part(page: Page, role: str, chart: str) -> Locator:
    """A part of a chart's card: graph, table, table-button, csv-link or empty."""
    name = json.dumps({"chart": chart, "type": role}, separators=(",", ":"))
    return page.locator(f"[id='{name}']")


def charts(page: Page) -> list[str]:
    """The ids of the page's charts."""
    graphs = page.locator("""[id*='"type":"graph"']""")
    ids = graphs.evaluate_all("all => all.map(each => each.id)")
    return [json.loads(id)["chart"] for id in ids]


def drawn(page: Page, chart: str) -> list[dict]:
    """The traces that a chart shows: name, x, y and, of a heat map, the number of rows."""
    graph = part(page, "graph", chart).locator(".js-plotly-plot")
    return graph.evaluate(TRACES)


TRACES = """graph => graph._fullData.map(({ name, x, y, z }) =>
  ({ name, x: Array.from(x ?? []), y: Array.from(y ?? []), rows: z?.length }))"""


def query(page: Page) -> str:
    """The address bar's query string, decoded, without the question mark."""
    return unquote(page.url.partition("?")[2])


def words(page: Page) -> str:
    """The filters in words, with what passes them."""
    said = page.locator("#filter-words")
    expect(said).not_to_be_empty()
    return said.inner_text()
