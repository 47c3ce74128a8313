"""How pages respond: from a filter's click to the last chart, and keys on a rating's slider.

Charts out of view are drawn after those in view, and count.
"""

import statistics

TIMES = 5
SPEEDS = (1, 4)  # times slower
KEYS = 8
REST = 700  # ms, times the speed, after which nothing more is drawn

# Until the last chart in view, and the last of all, was drawn after a click on the n-th genre.
CLICK = """async ([n, rest]) => {
  const tick = document.querySelectorAll("#filter-genres input")[n];
  const drawn = [], seen = [];
  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    const { top, bottom } = plot.getBoundingClientRect();
    const isSeen = bottom > 0 && top < innerHeight;
    plot.on("plotly_afterplot", () => {
      drawn.push(performance.now());
      if (isSeen) seen.push(performance.now());
    });
  }
  const begun = performance.now();
  tick.click();
  let before = -1;
  while (!drawn.length || before !== drawn.length) {
    before = drawn.length;
    await new Promise((done) => setTimeout(done, rest));
  }
  return [seen.at(-1) - begun, drawn.at(-1) - begun];
}"""
WATCH = """window.delays = [];
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (each.interactionId) window.delays.push(each.duration);
}).observe({ type: "event", durationThreshold: 16, buffered: true });"""


def measure_touching(browser, base: str) -> dict[str, float]:
    """Medians in ms by what, and how many times slower the processor is: "seen_1", "click_4", etc.

    seen, click: to the last chart in view, and the last of all. keys: the worst of some keys.
    """
    clicks: dict[str, float] = {}
    for speed in SPEEDS:
        seen, all_charts = _clicks(browser, base + "/", speed)
        clicks |= {f"seen_{speed}": seen, f"click_{speed}": all_charts}
    return clicks | {f"keys_{SPEEDS[-1]}": _keys(browser, base + "/recommend", SPEEDS[-1])}


def _clicks(browser, url: str, speed: int) -> list[float]:
    page = _opened(browser, url, speed)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=120_000)
    page.wait_for_timeout(3 * REST * speed)
    times = [page.evaluate(CLICK, [n, REST * speed]) for n in range(TIMES)]
    page.context.close()
    return [statistics.median(each) for each in zip(*times, strict=True)]


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
