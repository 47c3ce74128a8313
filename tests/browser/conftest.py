"""The product as people run it: `python app.py` in a home of its own, and pages of a real browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import launch

ROOT = Path(__file__).parents[2]
START_SECONDS = 120


def free_port() -> int:
    with socket.socket() as new:
        new.bind(("127.0.0.1", 0))
        return new.getsockname()[1]


def status(url: str) -> int:
    """The answer's status; 0 where nothing answers."""
    try:
        return urllib.request.urlopen(url, timeout=5).status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@pytest.fixture(scope="session")
def base(tmp_path_factory) -> Iterator[str]:
    """The address of a running Reelscope with the sample loaded and its quick models trained."""
    home, port = tmp_path_factory.mktemp("home"), free_port()
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PORT")
    }
    log = home / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "app.py", "--port", str(port)],
            cwd=ROOT,
            env=environment | {"REELSCOPE_HOME": str(home / "data")},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, f"http://127.0.0.1:{port}/readyz", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def _wait(process: subprocess.Popen, url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while status(url) != 200:
        assert process.poll() is None, f"app.py ended:\n{log.read_text()}"
        assert time.monotonic() < deadline, f"app.py is not ready:\n{log.read_text()}"
        time.sleep(0.2)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(browser, base) -> Iterator[Page]:
    """A page whose console must stay empty."""
    context = browser.new_context(
        base_url=base, viewport={"width": 1280, "height": 900}, accept_downloads=True
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    said: list[str] = []
    page.on(
        "console",
        lambda message: said.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    page.said = said
    yield page
    context.close()
    assert said == [], "the browser's console must stay empty"
