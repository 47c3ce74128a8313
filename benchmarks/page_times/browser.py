"""Pages in Chromium, until all their charts are drawn."""

import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

VISITS = 3
DRAWN = "[...document.querySelectorAll('.dash-graph')].every((g) => g.querySelector('.main-svg'))"


def measure_pages() -> list[dict]:
    """Seconds until each page's charts are drawn and kilobytes of JavaScript: medians; shifts."""
    from playwright.sync_api import sync_playwright

    import app  # noqa: F401  declares the pages
    from benchmarks.chromium import launch
    from benchmarks.page_times.layout_shift import measure_shifts
    from dashboard.page_registry import declared_pages

    paths = [page.example for page in declared_pages()]
    with _server() as base, sync_playwright() as playwright:
        browser = launch(playwright)
        _visits(browser, base + paths[0])  # the browser's own start is not the page's
        found = []
        for path in paths:
            visits = [_visits(browser, base + path) for _ in range(VISITS)]
            medians = {name: statistics.median(v[name] for v in visits) for name in visits[0]}
            found.append({"page": path, **medians, **measure_shifts(browser, base + path)})
        browser.close()
    return found


def _visits(browser, url: str) -> dict:
    """A new visitor's first and second visit."""
    context = browser.new_context(bypass_csp=True)  # or Playwright can't poll
    first, second = (_visit(context, url) for _ in range(2))
    context.close()
    return {f"first_{k}": v for k, v in first.items()} | {
        f"second_{k}": v for k, v in second.items()
    }


def _visit(context, url: str) -> dict:
    """Load a page until its charts are drawn and nothing is under way."""
    page = context.new_page()
    sizes = {}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    scripts = set()
    session.on(
        "Network.responseReceived",
        lambda event: scripts.add(event["requestId"]) if event["type"] == "Script" else None,
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    start = time.perf_counter()
    page.goto(url)
    page.wait_for_selector("#page-title")
    page.wait_for_function(DRAWN)
    seconds = time.perf_counter() - start
    page.wait_for_load_state("networkidle")
    page.close()
    return {
        "seconds": seconds,
        "script_kb": sum(sizes.get(request, 0) for request in scripts) / 1000,
    }


@contextmanager
def _server():
    """`python app.py` on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)], stdout=subprocess.DEVNULL
    )
    try:
        base = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while not _ready(base):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server did not start")
            time.sleep(0.2)
        yield base
    finally:
        process.terminate()
        process.wait(20)


def _ready(base: str) -> bool:
    try:
        return urllib.request.urlopen(f"{base}/readyz", timeout=2).status == 200
    except OSError:
        return False
