"""A title, a genre, a tag and a user of 10,000 characters without a space widen no page; and no
script runs that stands in such a text."""

import csv
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import EVERY, each
from tests.browser.look import open_page
from tests.browser.served import ROOT, Served, served

LENGTH = 10_000
TITLE, GENRE, TAG, USER = (letter * LENGTH for letter in "WGTU")
HOSTILE = '</script><script>window.ran = 1</script><img src="x" onerror="window.ran = 1">'
PHONE = {"width": 360, "height": 740}
OWN = (
    *("/films/1", "/films/2", "/taste?user=1", "/users?users=1,2"),
    *("/films?search=WWWW", "/polarising?min=1"),
)
ADDRESSES = [
    "/recommend",
    *(address for address in EVERY if address != "/recommend" and "/films/" not in address),
    *OWN,
]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def context_options() -> dict:
    return {"viewport": PHONE, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def reelscope(tmp_path_factory) -> Iterator[Served]:
    """Reelscope with a film that everybody has rated, whose texts are long; models are there."""
    directory = tmp_path_factory.mktemp("long")
    write(directory / "data")
    run(directory, "db", "load", "--ids", "texts", str(directory / "data"))
    with served(directory) as running:
        run(directory, "recommender", "train", "--model=nmf", "--model=item-cosine")
        yield running


@pytest.fixture(scope="module")
def base(reelscope: Served) -> str:
    return reelscope.url


def run(directory: Path, *module: str) -> None:
    subprocess.run(
        [sys.executable, "-m", *module],
        cwd=ROOT,
        env=os.environ | {"REELSCOPE_HOME": str(directory / "home")},
        check=True,
        capture_output=True,
    )


def write(folder: Path) -> None:
    """80 users and 60 films in MovieLens' layout; the first of each is long, the second hostile."""
    folder.mkdir()
    chance = random.Random(0)
    titles = {1: TITLE} | {film: f"Film {film} ({1980 + film % 30})" for film in range(2, 61)}
    titles[2] = f"{HOSTILE} (1999)"
    films = [(film, title, f"{GENRE}|{HOSTILE}|Comedy") for film, title in titles.items()]
    users = {1: USER, 2: HOSTILE}
    ratings = [
        (users.get(user, user), film, chance.randint(1, 5), 10**9 + chance.randrange(10**8))
        for user in range(1, 81)
        for film in (1, 2, *chance.sample(range(3, 61), 30))
    ]
    tags = [(user, 1, tag, 10**9) for user in range(3, 20) for tag in (TAG, HOSTILE)]
    for name, last, rows in (
        ("movies", ("title", "genres"), films),
        ("ratings", ("rating", "timestamp"), ratings),
        ("tags", ("tag", "timestamp"), tags),
    ):
        first = ("movieId",) if name == "movies" else ("userId", "movieId")
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([(*first, *last), *rows])


@each(ADDRESSES)
def test_no_page_is_wider_than_a_phone_and_no_text_is_a_script(page: Page, address: str):
    open_page(page, address)
    assert page.evaluate(WIDER) == 0
    assert page.evaluate("window.ran") is None
