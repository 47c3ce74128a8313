"""Database, server or network go away under an open page: it says which, and recovers."""

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import content, open_page, settle, words
from tests.browser.served import Served, status

pytestmark = pytest.mark.slow

BANNER = "The database can’t be reached; trying again"
PATIENCE = 30  # seconds for a server to end


def postgres(home: Path) -> psutil.Process:
    """The embedded server's first process: the first line of its pid file."""
    file = next(home.rglob("postmaster.pid"))
    return psutil.Process(int(file.read_text().split()[0]))


@contextmanager
def without_database(reelscope: Served) -> Iterator[None]:
    """No database in the block: its server is killed, and who would start it anew is stopped."""
    os.kill(reelscope.process.pid, signal.SIGSTOP)
    try:
        server = postgres(reelscope.home)
        server.kill()
        deadline = time.monotonic() + PATIENCE
        while status(f"{reelscope.url}/readyz") != 503:
            assert time.monotonic() < deadline, "the database still answers"
        yield
    finally:
        os.kill(reelscope.process.pid, signal.SIGCONT)
    deadline = time.monotonic() + PATIENCE
    while status(f"{reelscope.url}/readyz") != 200:
        assert time.monotonic() < deadline, "the database does not come back"


def unexpected(console: list[str]) -> list[str]:
    """What the console holds beside the refused requests, each named twice; it is emptied."""
    others = [line for line in console if "503" not in line and "can't be reached" not in line]
    console.clear()
    return others


def test_a_page_says_that_the_database_is_away_and_recovers(page: Page, reelscope, console):
    open_page(page, "/")
    said = words(page)
    expected = content(page)
    banner = page.get_by_role("alert")
    expect(banner).to_be_hidden()
    with without_database(reelscope):
        page.locator("#filter-released-first").fill("1990")
        page.locator("#filter-released-first").press("Enter")
        expect(banner).to_contain_text(BANNER)
        assert status(f"{reelscope.url}/healthz") == 200
    expect(banner).to_be_hidden()
    settle(page)
    assert unexpected(console) == []
    page.locator("#filter-released-first").fill("1985")
    page.locator("#filter-released-first").press("Enter")
    settle(page)
    assert words(page) != said
    page.get_by_role("button", name="Reset").click()
    settle(page)
    assert (words(page), content(page)) == (said, expected)


@pytest.mark.slow
def test_a_page_opened_without_the_database_draws_itself_when_it_is_back(
    page: Page, reelscope, console
):
    open_page(page, "/genres?genres=Comedy")
    said, expected = words(page), content(page)
    with without_database(reelscope):
        page.goto("/genres?genres=Comedy")
        expect(page.get_by_role("alert")).to_contain_text(BANNER)
        expect(page.get_by_role("heading", level=1)).to_have_text("Genres")
    expect(page.get_by_role("alert")).to_be_hidden()
    settle(page)
    assert (words(page), content(page)) == (said, expected)
    assert unexpected(console) == []


def test_a_restarted_database_is_not_noticed(page: Page, reelscope):
    open_page(page, "/")
    before = postgres(reelscope.home)
    before.kill()
    deadline = time.monotonic() + PATIENCE
    while status(f"{reelscope.url}/readyz") != 200 or postgres(reelscope.home) == before:
        assert time.monotonic() < deadline, "the database does not come back"
        time.sleep(0.05)
    page.get_by_role("link", name="Genres").click()
    settle(page)
    expect(page.get_by_role("alert")).to_be_hidden()
    assert words(page).startswith("All ratings")


def test_offline_a_page_keeps_what_it_shows_and_goes_where_it_was_sent(page: Page, console):
    open_page(page, "/")
    before = content(page)
    page.context.set_offline(True)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Genres").click()
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("You are offline")
    assert content(page) == before
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Genres")
    expect(banner).to_be_hidden()
    settle(page)
    console.clear()  # browsers tell of every request that fails


def test_without_a_server_a_page_says_so_and_asks_the_same_again(page: Page, console):
    open_page(page, "/")
    page.route("**/*", lambda route: route.abort())
    page.locator("#filter-released-first").fill("1990")
    page.locator("#filter-released-first").press("Enter")
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("The server can’t be reached")
    page.unroute("**/*")
    expect(banner).to_be_hidden()
    expect(page).to_have_url(re.compile("released=1990-"))
    settle(page)
    assert "1990" in words(page)
    console.clear()
