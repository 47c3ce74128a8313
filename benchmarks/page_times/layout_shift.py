"""How much of a page moves while it loads, as Chromium's layout-shift entries tell it.

The sum of all entries' values: at least the score of web.dev's "cumulative layout shift", which is
that of the worst five seconds. Good is below 0.1; ours shall stay below 0.05.
"""

from playwright.sync_api import Browser, Page

SIZES = ((360, 740), (1280, 900))  # a phone and a laptop, CSS pixels
REST = 1500  # ms after the last request, in which late charts are drawn

# Runs before the page's own scripts.
WATCH = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    if (hadRecentInput) continue;
    const named = (node) => (node?.parentElement ?? document.body).closest("[id], [class]");
    const of = sources.map(({ node }) => named(node));
    window.shifts.push([value, of.map((each) => each?.id || each?.className || "")]);
  }
}).observe({ type: "layout-shift", buffered: true });"""


def measure_shifts(browser: Browser, url: str) -> dict[str, float]:
    """The shift of a first visit to `url`, by the width of the window."""
    found = {}
    for width, height in SIZES:
        context = browser.new_context(viewport={"width": width, "height": height})
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(url)
        found[f"shift_{width}"] = sum(value for value, _ in settled_shifts(page))
        context.close()
    return found


def settled_shifts(page: Page) -> list[tuple[float, list[str]]]:
    """Each shift of a page that was opened with WATCH, and what moved, once it rests."""
    page.wait_for_selector("#page-title")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(REST)
    return [(value, names) for value, names in page.evaluate("window.shifts")]
