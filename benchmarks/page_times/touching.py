"""How pages respond: from a filter's click to the last chart, and keys on a rating's slider."""

import statistics

TIMES = 5
SPEEDS = (1, 4)  # times slower
KEYS = 8
REST = 700  # ms, times the speed, after which nothing more is drawn

# Counts what is drawn after a click on the n-th genre.
CLICK = """async ([n, rest]) => {
  const tick = document.querySelectorAll("#filter-genres input")[n];
  const drawn = [];
  for (const plot of document.querySelectorAll(".js-plotly-plot"))
    plot.on("plotly_afterplot", () => drawn.push(performance.now()));
  const begun = performance.now();
  tick.click();
  let seen = -1;
  while (!drawn.length || seen !== drawn.length) {
    seen = drawn.length;
    await new Promise((done) => setTimeout(done, rest));
  }
  return drawn.at(-1) - begun;
}"""
WATCH = """window.delays = [];
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (each.interactionId) window.delays.push(each.duration);
}).observe({ type: "event", durationThreshold: 16, buffered: true });"""


def measure_touching(browser, base: str) -> dict[str, float]:
    """Medians in ms: "click_1", "click_4" and "keys_4", the worst of some keys, 4 times slower."""
    clicks = {f"click_{speed}": _clicks(browser, base + "/", speed) for speed in SPEEDS}
    return clicks | {f"keys_{SPEEDS[-1]}": _keys(browser, base + "/recommend", SPEEDS[-1])}


def _clicks(browser, url: str, speed: int) -> float:
    page = _opened(browser, url, speed)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=120_000)
    page.wait_for_timeout(3 * REST * speed)
    times = [page.evaluate(CLICK, [n, REST * speed]) for n in range(TIMES)]
    page.context.close()
    return statistics.median(times)


def _keys(browser, url: str, speed: int) -> float:
    worst = []
    for _ in range(TIMES):
        page = _opened(browser, url, speed)
        slider = page.locator(".rate-row input[type=range]").first
        slider.focus(timeout=120_000)
        for _ in range(KEYS):
            slider.press("ArrowRight")
            page.wait_for_timeout(100 * speed)
        worst.append(max(page.evaluate("window.delays"), default=16.0))
        page.context.close()
    return statistics.median(worst)


def _opened(browser, url: str, speed: int):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": speed})
    page.goto(url, timeout=120_000)
    page.wait_for_load_state("networkidle", timeout=120_000)
    page.wait_for_selector("#first-page", state="detached", timeout=120_000)  # Dash is there
    return page
