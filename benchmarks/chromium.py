"""The installed Chromium, driven by Playwright, which brings no browser of its own here."""

import shutil

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",  # Chromium refuses root otherwise
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright: Playwright) -> Browser:
    """A headless browser. Raises RuntimeError where none is installed."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise RuntimeError(
            f"None of {', '.join(NAMES)} is installed; on Debian: apt-get install chromium"
        )
    return playwright.chromium.launch(executable_path=found, args=QUIET)
