"""Rating films: which are asked about, and how stars are given."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dashboard.guard.kept_answers import TOGETHER
from tests.browser.look import settle
from tests.browser.rating import add, ask, cards, names, press_slider, rate, stars, titles


def test_a_film_is_rated_by_slider_keyboard_and_buttons(recommend: Page):
    first, second, third, fourth, fifth = cards(recommend).all()[:5]
    count = recommend.locator("#profile-count")
    button = recommend.get_by_role("button", name="Recommend", exact=True)
    expect(stars(first)).to_have_text("not rated")
    expect(button).to_be_disabled()

    press_slider(recommend, first, 4.5)
    expect(stars(first)).to_have_text("4.5 ★")
    expect(count).to_have_text("1 rated")
    expect(button).to_be_enabled()

    second.get_by_role("slider").focus()
    recommend.keyboard.press("End")
    expect(stars(second)).to_have_text("5 ★")
    recommend.keyboard.press("ArrowLeft")
    expect(stars(second)).to_have_text("4.5 ★")
    recommend.keyboard.press("Home")
    expect(stars(second)).to_have_text("0.5 ★")
    expect(second.get_by_role("slider")).to_have_attribute("aria-valuetext", "0.5 stars")

    more, less = third.get_by_text("+", exact=True), third.get_by_text("−", exact=True)
    more.click()
    expect(stars(third)).to_have_text("3 ★")
    more.click()
    expect(stars(third)).to_have_text("3.5 ★")
    less.click()
    less.click()
    expect(stars(third)).to_have_text("2.5 ★")
    expect(third.get_by_role("slider")).to_have_value("2.5")
    expect(count).to_have_text("3 rated")
    third.get_by_text("Clear").click()
    expect(stars(third)).to_have_text("not rated")
    expect(count).to_have_text("2 rated")

    unseen = fourth.get_by_role("button", name="Haven’t seen")
    unseen.click()
    expect(stars(fourth)).to_have_text("not seen")
    expect(unseen).to_have_attribute("aria-pressed", "true")
    expect(count).to_have_text("2 rated")
    unseen.click()
    expect(stars(fourth)).to_have_text("not rated")

    press_slider(recommend, fifth, 2.75)  # where an unrated slider stands
    expect(stars(fifth)).to_have_text(re.compile(r"^(2\.5|3) ★$"))
    expect(count).to_have_text("3 rated")


@pytest.mark.slow
def test_any_film_is_found_and_added(recommend: Page):
    search = recommend.get_by_label("Add any film")
    search.fill("qqqqqq")
    expect(recommend.locator(".add-film")).to_contain_text("No film has that")
    add(recommend, "groundhog", "Groundhog Day (1993)")
    card = cards(recommend).filter(has_text="Groundhog Day")
    expect(card).to_have_count(1)
    expect(recommend.locator("#add-found")).to_be_hidden()
    press_slider(recommend, card, 5)
    expect(stars(card)).to_have_text("5 ★")


@pytest.mark.slow
def test_a_film_is_added_by_the_keyboard_alone_and_the_focus_stays(recommend: Page):
    search = recommend.get_by_role("combobox", name="Add any film")
    search.focus()
    recommend.keyboard.type("shawshenk redemtion")
    options = recommend.get_by_label("Films found").get_by_role("option")
    expect(options).to_have_text(["The Shawshank Redemption (1994)"])
    recommend.get_by_text("1 film found").wait_for()
    expect(search).to_have_attribute("aria-expanded", "true")
    search.fill("spiderman")
    expect(options.first).to_have_text("Spider-Man (2002)")
    settle(recommend)
    recommend.keyboard.press("ArrowDown")
    recommend.keyboard.press("ArrowDown")
    second = options.nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(search).to_have_attribute("aria-activedescendant", second.get_attribute("id"))
    recommend.keyboard.press("ArrowUp")
    recommend.keyboard.press("Enter")
    expect(cards(recommend).first.locator(".rate-title")).to_have_text("Spider-Man (2002)")
    expect(search).to_have_value("")
    expect(search).to_be_focused()
    expect(options).to_have_count(0)
    recommend.keyboard.type("walle")
    options.first.click()
    expect(cards(recommend).first.locator(".rate-title")).to_contain_text("WALL")
    expect(search).to_be_focused()
    recommend.keyboard.type("heat")
    expect(options).not_to_have_count(0)
    recommend.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(search).to_have_value("")


def _until(page: Page, holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It was not asked.")


@pytest.mark.slow
def test_a_film_is_added_whatever_list_arrives_meanwhile(recommend: Page):
    """As where one chooses while still typing, and the server takes its time."""
    held = {}

    def hold(route):
        asked = route.request.post_data_json
        post = json.loads(asked["posts"][0]) if "posts" in asked else asked
        changed = post["changedPropIds"][0]
        if changed in ("added.data", "add-search.value"):
            held[changed] = route
        else:
            route.continue_()

    search = recommend.get_by_label("Add any film")
    found = recommend.locator("#add-found").get_by_role("option")
    search.fill("groundhog")
    found.filter(has_text="Groundhog Day").hover()
    recommend.mouse.down()
    search.fill("walle")
    expect(found.first).to_contain_text("WALL")
    recommend.route(re.compile(f"/_dash-update-component|/{TOGETHER}"), hold)
    search.fill("heat")
    _until(recommend, lambda: "add-search.value" in held)
    recommend.mouse.up()
    _until(recommend, lambda: "added.data" in held)
    held["add-search.value"].continue_()
    held["added.data"].continue_()
    expect(cards(recommend).first.locator(".rate-title")).to_have_text("Groundhog Day (1993)")


@pytest.mark.slow
def test_other_films_are_shown_on_demand(recommend: Page):
    first = titles(cards(recommend))
    card = cards(recommend).first
    unseen = card.locator(".rate-title").inner_text()
    card.get_by_role("button", name="Haven’t seen").click()
    recommend.get_by_role("button", name="Show me others").click()
    settle(recommend)
    second = titles(cards(recommend))
    assert len(second) == 15 and not first & second
    for name in ("Best rated", "Of every genre", "Polarising", "Well known"):
        before = titles(cards(recommend))
        recommend.get_by_label(name).check()
        settle(recommend)
        after = titles(cards(recommend))
        assert len(after) == 15 and after != before and unseen not in after


@pytest.mark.slow
def test_quick_start_asks_five_questions_and_replaces_a_film_not_seen(recommend: Page):
    recommend.get_by_label("Quick start").check()
    expect(cards(recommend)).to_have_count(5)
    settle(recommend)
    before = cards(recommend).locator(".rate-title").all_inner_texts()
    unseen = cards(recommend).nth(1).get_by_role("button", name="Haven’t seen")
    unseen.focus()
    recommend.keyboard.press("Enter")
    expect(cards(recommend).nth(1).locator(".rate-title")).not_to_have_text(before[1])
    settle(recommend)
    after = cards(recommend).locator(".rate-title").all_inner_texts()
    assert [after[place] for place in (0, 2, 3, 4)] == [before[place] for place in (0, 2, 3, 4)]
    assert after[1] not in before
    expect(cards(recommend).nth(1).get_by_role("button", name="Haven’t seen")).to_be_focused()
    rate(recommend, [5, 4, 1, 3, 5])
    expect(recommend.locator("#profile-count")).to_have_text("5 rated")
    assert not titles(cards(recommend)) & set(names(ask(recommend)))
