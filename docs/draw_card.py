"""Draws what a shared link shows, assets/card.png, and the icon of a phone's home screen.

    python docs/draw_card.py

Chromium makes them of docs/card.svg and assets/favicon.svg; run it again where these change.
"""

import sys
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.chromium import launch  # noqa: E402
from dashboard.document import CARD, CARD_SIZE  # noqa: E402

ASSETS = ROOT / "assets"
ICON_SIZE = (180, 180)


def main() -> None:
    favicon = (ASSETS / "favicon.svg").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        _draw(browser, (ROOT / "docs" / "card.svg").read_text("utf-8"), CARD_SIZE, ASSETS / CARD)
        whole = favicon.replace('rx="8"', "")  # phones round the corners themselves
        _draw(browser, whole, ICON_SIZE, ASSETS / "touch-icon.png")
        browser.close()


def _draw(browser: Browser, svg: str, size: tuple[int, int], path: Path) -> None:
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height})
    font = b64encode((ASSETS / "fonts" / "inter-latin.woff2").read_bytes()).decode()
    page.set_content(
        "<style>@font-face{font-family:Inter;font-weight:100 900;"
        f"src:url(data:font/woff2;base64,{font})}}"
        f"body{{margin:0}}svg{{display:block;width:{width}px;height:{height}px}}</style>{svg}"
    )
    page.wait_for_timeout(500)
    page.screenshot(path=path)
    page.close()


if __name__ == "__main__":
    main()
