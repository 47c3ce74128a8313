"""A film for several people: a file, a link, and the phone passed round."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import open_page, settle
from tests.browser.rating import rate
from tests.browser.test_axe import violations

pytestmark = pytest.mark.slow

HERS = b"""\
Date,Name,Year,Letterboxd URI,Rating
2023-02-01,Heat,1995,x,4.5
2023-02-01,Casino,1995,x,5
2023-02-01,Jumanji,1995,x,1
"""


@pytest.fixture
def context_options() -> dict:
    return {"bypass_csp": True}  # axe is no part of the page


def bring_file(page: Page, name: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name="Add a file of theirs").click()
    choosing.value.set_files({"name": "ratings.csv", "mimeType": "text/csv", "buffer": HERS})
    expect(page.locator("#together-said")).to_contain_text(f"{name} is in, with 3 films.")


def pass_phone(page: Page, name: str, stars: int) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Rate on this phone").click()
    sliders = page.locator("#together-pass input[type=range]")
    expect(sliders).to_have_count(8)
    for slider in sliders.all()[:3]:
        slider.fill(str(stars))
    page.get_by_role("button", name="Done, 3 films").click()


def test_three_people_find_films_that_none_has_seen(recommend: Page):
    rated = rate(recommend, [5, 4, 4.5])
    open_page(recommend, "/together")
    people = recommend.locator("#together-people li")
    expect(people).to_have_count(1)
    bring_file(recommend, "Ann")
    pass_phone(recommend, "Bob", 5)
    settle(recommend)
    films = recommend.locator(".together-films > li")
    expect(films).to_have_count(10)
    first = films.first.locator(".everybodys-stars li")
    assert [said.split()[0] for said in first.all_inner_texts()] == ["You", "Ann", "Bob"]
    assert not rated & set(films.locator(".shelf-title").all_inner_texts())
    recommend.get_by_label("In turns").check()
    expect(films.first.locator(".why")).to_contain_text("Your turn")
    recommend.reload()
    expect(people).to_have_count(3)
    expect(films).to_have_count(10)
    assert violations(recommend) == []
    recommend.get_by_role("button", name="Remove Bob").click()
    expect(people).to_have_count(2)
    recommend.get_by_role("button", name="Undo").click()
    expect(people).to_have_count(3)


def test_a_link_brings_somebody_and_a_wrong_one_is_said(recommend: Page):
    rate(recommend, [5, 4, 4.5])
    recommend.get_by_role("button", name="Link to my ratings").click()
    link = recommend.get_by_label("Link to your ratings").input_value()
    open_page(recommend, "/together")
    field, said = recommend.get_by_label("Or the link"), recommend.locator("#together-said")
    field.fill("https://example.org/")
    recommend.get_by_role("button", name="Add", exact=True).click()
    expect(said).to_contain_text("no link to ratings")
    field.fill(link)
    recommend.get_by_role("button", name="Add", exact=True).click()
    expect(said).to_contain_text("Guest 1 is in, with 3 films.")
    kept = json.loads(recommend.evaluate("sessionStorage.getItem('together')"))
    assert [len(guest["ratings"]) for guest in kept["guests"]] == [3]


def test_who_rates_on_this_phone_finds_any_film_by_the_keyboard_alone(page: Page, trained):
    open_page(page, "/together")
    page.get_by_label("Name", exact=True).fill("Bob")
    page.get_by_role("button", name="Rate on this phone").press("Enter")
    field = page.get_by_role("combobox", name="Add any film")
    field.fill("spiderman")
    expect(page.locator("#add-found").get_by_role("option").first).to_contain_text("Spider-Man")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    first = page.locator("#together-rows li").first
    expect(first).to_contain_text("Spider-Man (2002)")
    first.get_by_role("slider", name="Rating of Spider-Man (2002)").fill("4")
    settle(page)
    page.reload()
    expect(first.locator("output")).to_have_text("4 ★")
    expect(page.get_by_role("button", name="1 of 3 rated")).to_be_disabled()
    page.get_by_role("button", name="Cancel").click()
    expect(field).to_be_hidden()
    assert violations(page) == []
