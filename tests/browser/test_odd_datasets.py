"""Every page on datasets that are not what anybody expects: whole, silent, without a traceback."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import EVERY
from tests.browser.look import open_page, settle, words
from tests.browser.served import ROOT, Served, served

TIMED = "userId,movieId,rating,timestamp\n"
FILMS = "movieId,title,genres\n"
SETS: dict[str, tuple[str, str, list[str]]] = {
    "one": (TIMED + "1,1,4.0,1000000000\n", FILMS + "1,Heat (1995),Crime\n", []),
    "alike": (
        "userId,movieId,rating\n"
        + "".join(f"{user},{film},1\n" for user in range(1, 31) for film in range(1, 61)),
        "movieId,title\n" + "".join(f"{film},Film {film}\n" for film in range(1, 61)),
        ["--scale", "0", "1"],
    ),
    "ten": (
        TIMED
        + "".join(
            f"user-{user},tt{film:07d},{1 + user * film % 10},{1000000000 + 9**6 * film}\n"
            for user in range(1, 31)
            for film in range(1, 41)
        ),
        FILMS
        + "".join(f"tt{film:07d},Film {film} (19{film + 50}),Q?A|100%\n" for film in range(1, 41)),
        ["--scale", "1", "10"],
    ),
}


def run(home: Path, *command: str) -> None:
    """`python -m db …` in that home."""
    arguments = [sys.executable, "-m", "db", *command]
    environment = os.environ | {"REELSCOPE_HOME": str(home)}
    subprocess.run(arguments, cwd=ROOT, env=environment, check=True, capture_output=True)


@pytest.fixture(scope="module")
def odd(tmp_path_factory) -> Iterator[Served]:
    """A running Reelscope that has no other datasets than these."""
    directory = tmp_path_factory.mktemp("odd")
    for name, (ratings, films, options) in SETS.items():
        source = directory / name
        source.mkdir()
        (source / "ratings.csv").write_text(ratings)
        (source / "movies.csv").write_text(films)
        run(directory / "home", "load", str(source), "--keep", "--name", name, *options)
    with served(directory) as running:
        yield running


@pytest.fixture(scope="module")
def base(odd: Served) -> str:
    return odd.url


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_every_page_is_whole(page: Page, odd: Served, name: str):
    run(odd.home, "use", name)
    for address in EVERY:
        if "/films/" in address:
            continue  # the example is a film of the sample
        open_page(page, address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("#outage")).to_be_hidden()
        wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wider, address
    open_page(page, "/films")
    assert f"dataset={name}" in page.url, "a link means the same tomorrow"
    page.locator("#film-table tbody a").first.click()
    settle(page)
    expect(page.locator("#film-about")).to_contain_text("on average of")
    log = odd.log.read_text()
    assert "Traceback" not in log and " 500 " not in log, log


@pytest.mark.slow
@pytest.mark.parametrize("name", ["alike", "ten"])
def test_a_taste_has_its_themes_or_says_that_there_are_none(page: Page, odd: Served, name: str):
    run(odd.home, "use", name)
    themes = page.locator("#taste section").filter(has_text="as NMF sees them")
    for _ in range(60):
        open_page(page, "/taste?user=1")
        if "still learning" not in themes.inner_text():
            break
        page.wait_for_timeout(1000)
    said = themes.locator("tbody tr td:nth-child(2)").all_inner_texts()
    shares = [int(share.strip(" %")) for share in said]
    assert shares == sorted(shares, reverse=True) and 50 < sum(shares) <= 103, "six of 20, rounded"
    assert " 500 " not in odd.log.read_text()


@pytest.mark.slow
def test_one_is_said_in_the_singular(page: Page, odd: Served):
    run(odd.home, "use", "one")
    open_page(page, "/")
    assert words(page) == "All ratings: 1 rating of 1 film by 1 user"
    open_page(page, "/models")
    expect(page.locator("#models-findings")).to_contain_text("can’t tell how well models recommend")


@pytest.mark.slow
def test_a_visitor_rates_on_the_datasets_own_scale(page: Page, odd: Served):
    run(odd.home, "use", "ten")
    open_page(page, "/films/1")
    page.get_by_role("button", name="Seen it: Film 1").click()
    slider = page.get_by_label("Your rating for Film 1")
    slider.press("ArrowRight")
    expect(page.locator(".mark-stars output")).to_have_text("7 of 10")
    open_page(page, "/yours")
    expect(page.locator("#yours output")).to_have_text("7 of 10")
    kept = page.evaluate("JSON.parse(localStorage.getItem('profile')).movies[0].stars")
    assert kept == 3.5, "profiles keep stars, on whatever dataset they are given"


@pytest.mark.slow
def test_thumbs_have_two_places(page: Page, odd: Served):
    run(odd.home, "use", "alike")
    open_page(page, "/films/1")
    page.get_by_role("button", name="Seen it: Film 1").click()
    slider = page.get_by_label("Your rating for Film 1")
    for key, said, stars in (("Home", "0 of 1", 0.5), ("ArrowRight", "1 of 1", 5)):
        slider.press(key)
        expect(page.locator(".mark-stars output")).to_have_text(said)
        kept = page.evaluate("JSON.parse(localStorage.getItem('profile')).movies[0].stars")
        assert kept == stars
