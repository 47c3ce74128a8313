"""What a browser asks of the app when it opens each page: recorded once, to be asked again."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, sync_playwright

from benchmarks.chromium import launch
from benchmarks.page_times.browser import DRAWN
from benchmarks.siege.visitors import Ask, Visit

HTML, CHART, REST = "HTML", "charts", "the rest of a page"
FILES = ("/assets/", "/_dash-component-suites/", "/_favicon")  # kept by browsers
MOST = 60_000  # ms
LATER = 1_000  # ms for what follows a chart that is drawn


def record(port: int) -> dict[str, Visit]:
    """{page: its requests of a first load, without files}, in their order."""
    import app  # noqa: F401  declares the pages
    from dashboard.page_registry import declared_pages

    with sync_playwright() as playwright:
        browser = launch(playwright)
        found: dict[str, Visit] = {}
        for page in declared_pages():
            opened = browser.new_page(bypass_csp=True)  # or Playwright can't poll
            found[page.example] = list(_recorded(opened, f"http://127.0.0.1:{port}{page.example}"))
            opened.close()
        browser.close()
    return found


def _recorded(page: Page, url: str) -> Iterator[Ask]:
    seen: list[Request] = []
    page.on("request", lambda request: seen.append(request))  # it takes no built-in
    page.goto(url, timeout=MOST)
    page.wait_for_selector("#page-title", timeout=MOST)
    page.wait_for_function(DRAWN, timeout=MOST)
    page.wait_for_timeout(LATER)
    page.wait_for_load_state("networkidle", timeout=MOST)
    for request in seen:
        if request.url.startswith("http") and not urlsplit(request.url).path.startswith(FILES):
            yield _asked(request)


def _asked(request: Request) -> Ask:
    parts = urlsplit(request.url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return Ask(path, _kind(request), request.post_data)


def _kind(request: Request) -> str:
    if request.resource_type == "document":
        return HTML
    return CHART if '"graph"' in (request.post_data or "") else REST
