"""One running Reelscope and one Chromium for all browser tests; a page of its own for each."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from benchmarks.chromium import launch
from tests.browser.before_dash import REACT
from tests.browser.look import COUNT_CALLBACKS, open_page
from tests.browser.rating import cards
from tests.browser.served import ROOT, Served, served

WIDE = {"width": 1280, "height": 900}
PATIENCE = 30_000  # milliseconds that anything on a page may take on a busy machine

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def reelscope(tmp_path_factory) -> Iterator[Served]:
    """A running Reelscope with the sample loaded."""
    with served(tmp_path_factory.mktemp("reelscope")) as running:
        yield running


@pytest.fixture(scope="session")
def base(reelscope: Served) -> str:
    """Its address."""
    return reelscope.url


@pytest.fixture(scope="session")
def trained(reelscope: Served) -> None:
    """The quick models, the questions and a map are there; slower models follow meanwhile.

    They are trained at once, as the training behind the app gives way to all else.
    """
    wanted = ("--model=nmf", "--model=user-cosine", "--model=item-cosine", "--model=bias")
    subprocess.run(
        [sys.executable, "-m", "recommender", "train", *wanted],
        cwd=ROOT,
        env=os.environ | {"REELSCOPE_HOME": str(reelscope.home)},
        check=True,
        capture_output=True,
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def context_options() -> dict:
    """What a test module changes about the visitor's browser."""
    return {}


@pytest.fixture
def context(browser: Browser, base: str, context_options: dict) -> Iterator[BrowserContext]:
    """A visitor who was never here."""
    options = {"viewport": WIDE, "color_scheme": "light", "reduced_motion": "reduce"}
    context = browser.new_context(base_url=base, **(options | context_options))
    context.set_default_timeout(PATIENCE)
    context.add_init_script(COUNT_CALLBACKS)
    yield context
    context.close()


@pytest.fixture
def console() -> list[str]:
    """The warnings and errors in the browser's console; a test that expects some clears them."""
    return []


@pytest.fixture
def page(context: BrowserContext, console: list[str]) -> Iterator[Page]:
    """A page whose console must be empty at the end of the test."""
    page = context.new_page()
    page.on(
        "console",
        lambda said: console.append(said.text) if said.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: console.append(str(error)))
    # expect_file_chooser alone does not wait until the browser tells of choosers
    page.on("filechooser", lambda chooser: None)
    yield page
    assert console == [], "the browser's console must stay empty"


@pytest.fixture
def recommend(page: Page, trained) -> Page:
    """The Recommend page, with its first films."""
    open_page(page, "/recommend")
    expect(cards(page)).to_have_count(15)
    return page


@pytest.fixture
def held(page: Page) -> list[Route]:
    """What React waits for, to be let through."""
    routes: list[Route] = []
    page.route(REACT, lambda route: routes.append(route))
    return routes
