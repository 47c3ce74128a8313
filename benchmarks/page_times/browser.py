"""Pages in Chromium as a visitor meets them: until their charts are drawn, and what they fetch."""

import statistics

from benchmarks.page_times.layout_shift import measure_shifts
from benchmarks.page_times.servers import minimal, reelscope
from benchmarks.page_times.touching import measure_touching

VISITS = 5
SLOWER = 4  # times, where a processor is said to be slower
WINDOW = {"width": 1280, "height": 900}
REST = 1000  # ms without a request, after which a page is done
STATIC = ("/assets/", "/_dash-component-suites/", "favicon", "data:")

# Runs before the page's own scripts: when each chart's first mark was seen, ms from the start.
WATCH = """window.drawn = [];
(function look() {
  const plots = [...document.querySelectorAll(".js-plotly-plot")];
  const mark = ".cartesianlayer .trace, .heatmaplayer image";
  const seen = (plot) => plot.checkVisibility({ visibilityProperty: true });
  const ready = plots.filter((plot) => plot.querySelector(mark) && seen(plot));
  while (window.drawn.length < ready.length) window.drawn.push(performance.now());
  requestAnimationFrame(look);
})();"""

# Every chart shows data, or says that there is none.
DRAWN = """() => [...document.querySelectorAll(".dash-graph")].every((graph) =>
  graph.querySelector(".js-plotly-plot")?.data?.length
  || graph.closest(".chart-box")?.querySelector(".chart-empty:not([hidden])"))"""


def measure_pages() -> dict:
    """{"pages": figures of each page and of the minimal one, "touching": how pages respond}."""
    from playwright.sync_api import sync_playwright

    import app  # noqa: F401  declares the pages
    from benchmarks.chromium import launch
    from dashboard.page_registry import declared_pages

    with reelscope() as base, minimal() as least, sync_playwright() as playwright:
        browser = launch(playwright)
        urls = {page.example: base + page.example for page in declared_pages()}
        urls |= {"one chart in Dash": least + "/"}
        found = [{"page": name, **measure_page(browser, url)} for name, url in urls.items()]
        for row in found[:-1]:
            row |= measure_shifts(browser, urls[row["page"]])
        touching = measure_touching(browser, base)
        browser.close()
    return {"pages": found, "touching": touching}


def measure_page(browser, url: str) -> dict:
    """Medians over visits: milliseconds to the first and the last chart, requests, kilobytes."""
    cold, warm, slow = [], [], []
    for _ in range(VISITS):
        context = browser.new_context(viewport=WINDOW, bypass_csp=True)
        cold.append(_visit(context, url))
        warm.append(_visit(context, url))
        context.close()
        context = browser.new_context(viewport=WINDOW, bypass_csp=True)
        slow.append(_visit(context, url, SLOWER))
        context.close()
    kinds = {"cold": cold, "warm": warm, "slow": slow}
    return {kind: _medians(visits) for kind, visits in kinds.items()}


def _medians(visits: list[dict]) -> dict:
    return {name: statistics.median(visit[name] for visit in visits) for name in visits[0]}


def _visit(context, url: str, slower: int = 1) -> dict:
    """Load a page until nothing is under way."""
    page = context.new_page()
    page.add_init_script(WATCH)
    asked = _network(context, page, slower)
    page.goto(url, timeout=120_000)
    page.wait_for_selector("#page-title", timeout=120_000)
    page.wait_for_function(DRAWN, timeout=120_000)
    _rest(page)
    drawn = page.evaluate("window.drawn")
    page.close()
    scripts = [each for each in asked.values() if each["type"] == "Script"]
    python = [e for e in asked.values() if not any(part in e["url"] for part in STATIC)]
    return {
        "first": drawn[0] if drawn else float("nan"),
        "all": drawn[-1] if drawn else float("nan"),
        "script_kb": sum(each["bytes"] for each in scripts) / 1000,
        "requests": len(python),
    }


def _rest(page) -> None:
    """Wait until no chart has come and nothing was fetched for a while."""
    now = "[window.drawn.length, performance.getEntriesByType('resource').length]"
    before = None
    while before != (before := page.evaluate(now)):
        page.wait_for_load_state("networkidle", timeout=120_000)
        page.wait_for_timeout(REST)


def _network(context, page, slower: int) -> dict[str, dict]:
    """Every request of the page, by its id: url, type, bytes as they travelled."""
    asked: dict[str, dict] = {}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})

    def sent(event: dict) -> None:
        about = {"url": event["request"]["url"], "type": event["type"], "bytes": 0}
        asked[event["requestId"]] = about

    def ended(event: dict) -> None:
        if event["requestId"] in asked:
            asked[event["requestId"]]["bytes"] = event["encodedDataLength"]

    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", ended)
    return asked
