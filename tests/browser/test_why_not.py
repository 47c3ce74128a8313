"""Why a film that the visitor misses is not among the ten."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import settle
from tests.browser.rating import ask, names, rate

pytestmark = pytest.mark.slow


def test_a_film_is_told_its_place(recommend: Page):
    rate(recommend, [5, 4.5, 1, 4])
    found = ask(recommend)
    settle(recommend)
    second = names(found)[1]
    search, said = recommend.get_by_label("A film that you miss here"), "#why-not-said"
    search.fill(second.rpartition(" (")[0])
    expect(recommend.locator(said)).to_contain_text(f"{second}It is No. 2 of ")
    expect(recommend.locator(said)).to_contain_text(re.compile("You would give it .* ★"))
    search.fill("no such film at all")
    expect(recommend.locator(said)).to_have_text("No film has that in its title.")
