"""The filter bar of the analytics pages: URL, words and charts follow it, and it the URL."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import LINKED, WITH_FILTERS, each
from tests.browser.look import content, open_page, query, settle, words

LISTS_FILMS = {"/", "/polarising", "/films", "/map"}  # `min` shortens their lists
SUMS_RATINGS = {"/genres", "/users", "/films/1265"}  # and changes nothing here


def tick(page: Page, picker: str, genre: str) -> None:
    """Tick or untick a genre in a list that is opened for it and closed again."""
    summary = page.locator(f"#{picker}-summary")
    summary.click()
    page.locator(f"#{picker}").get_by_label(genre, exact=True).click()
    summary.click()


def enter(page: Page, field: str, text: str) -> None:
    page.locator(f"#{field}").fill(text)
    page.locator(f"#{field}").press("Enter")


# What is done to each control, and what the query string then says of it.
CHOICES = [
    (tick, "filter-genres", "Comedy", {"genres": "Comedy"}),
    (tick, "filter-without", "Horror", {"without": "Horror"}),
    (enter, "filter-released-first", "1985", {"released": "1985-"}),
    (enter, "filter-released-last", "1999", {"released": "1985-1999"}),
    (enter, "filter-rated-first", "2000-03", {"rated": "2000-03.."}),
    (enter, "filter-rated-last", "2010-12", {"rated": "2000-03..2010-12"}),
    (enter, "filter-min", "40", {"min": "40"}),
]
EVERY_FILTER = "genres=Comedy&without=Horror&released=1985-1999&rated=2000-03..2010-12&min=40"
IN_WORDS = "Comedy, not Horror, released 1985–1999, rated March 2000–December 2010"


@each(WITH_FILTERS)
def test_every_control_changes_the_page(page: Page, trained, address):
    open_page(page, address)
    said, shown, chosen = words(page), content(page), {}
    for act, control, value, choice in CHOICES:
        said_before, shown_before = said, shown
        act(page, control, value)
        settle(page)
        chosen |= choice
        assert query(page) == "&".join(f"{key}={text}" for key, text in chosen.items())
        said, shown = words(page), content(page)
        assert said != said_before, control
        if control != "filter-min" or address in LISTS_FILMS:
            assert shown != shown_before, control
        elif address in SUMS_RATINGS:
            assert shown == shown_before, control


def test_back_and_forward_step_through_the_choices(page: Page):
    open_page(page, "/")
    seen = [(query(page), words(page), content(page))]
    for act, control, value, _ in CHOICES[:4]:
        act(page, control, value)
        settle(page)
        seen.append((query(page), words(page), content(page)))
    for before in reversed(seen[:-1]):
        page.go_back()
        settle(page)
        assert (query(page), words(page), content(page)) == before
    page.go_forward()
    settle(page)
    assert (query(page), words(page), content(page)) == seen[1]


@pytest.mark.slow
def test_a_shared_address_shows_its_filters_in_every_control(page: Page):
    open_page(page, f"/?{EVERY_FILTER}")
    assert query(page) == EVERY_FILTER
    assert words(page).startswith(f"{IN_WORDS}: ")
    assert words(page).endswith(" films with at least 40 ratings")
    expect(page.locator("#filter-genres-summary")).to_have_text("Comedy")
    expect(page.locator("#filter-without-summary")).to_have_text("Horror")
    for field, value in {
        "filter-released-first": "1985",
        "filter-released-last": "1999",
        "filter-rated-first": "2000-03",
        "filter-rated-last": "2010-12",
        "filter-min": "40",
    }.items():
        expect(page.locator(f"#{field}")).to_have_value(value)
    page.locator("#filter-genres-summary").click()
    expect(page.locator("#filter-genres").get_by_label("Comedy", exact=True)).to_be_checked()
    expect(page.locator("#filter-genres").get_by_label("Drama", exact=True)).not_to_be_checked()


@pytest.mark.slow
def test_reload_and_navigation_keep_the_filters_and_reset_empties_them(page: Page):
    open_page(page, "/")
    everything = words(page)
    tick(page, "filter-genres", "Comedy")
    settle(page)
    said = words(page)
    page.reload()
    settle(page)
    assert (query(page), words(page)) == ("genres=Comedy", said)
    links = page.get_by_role("navigation", name="Pages").get_by_role("listitem")
    for name in [*LINKED, "Overview"]:
        links.get_by_role("link", name=name, exact=True).click()
        expect(page).to_have_url(re.compile(r"\?genres=Comedy$"))
        settle(page)
        if LINKED[name] in WITH_FILTERS:
            assert words(page) == said
    page.get_by_role("button", name="Reset").click()
    expect(page).to_have_url(re.compile(r"/$"))
    settle(page)
    assert words(page) == everything
    expect(page.locator("#filter-genres-summary")).to_have_text("All genres")
    page.get_by_role("link", name="Genres").click()
    settle(page)
    assert query(page) == ""


@pytest.mark.slow
def test_unusable_values_are_dropped_with_a_note_each_and_the_rest_is_kept(page: Page):
    open_page(page, "/?genres=Comedy")
    said = words(page)
    bad = "genres=Comedy,Nonsense&released=banana&rated=2005-13&min=-3&movie=abc"
    open_page(page, f"/?{bad}&utm_source=elsewhere")
    notes = page.locator("#filter-notes li")
    expect(notes).to_have_count(5)
    for value in ("Nonsense", "released=banana", "rated=2005-13", "min=-3", "movie=abc"):
        expect(notes.filter(has_text=value)).to_have_count(1)
    assert words(page) == said


@pytest.mark.slow
def test_an_unusable_typed_value_is_noted_and_the_rest_is_kept(page: Page):
    open_page(page, "/?genres=Comedy")
    enter(page, "filter-rated-first", "yesterday")
    expect(page.locator("#filter-rated-said")).to_contain_text("2005-03")
    expect(page.locator("#filter-rated-first")).to_have_value("yesterday")
    assert query(page) == "genres=Comedy"
    enter(page, "filter-rated-first", "2001-01")
    expect(page).to_have_url(re.compile(r"genres=Comedy&rated=2001-01\.\.$"))
    expect(page.locator("#filter-rated-said")).to_be_empty()


@pytest.mark.slow
@each(WITH_FILTERS)
def test_where_nothing_matches_every_chart_says_so_and_reset_helps(page: Page, trained, address):
    open_page(page, f"{address}?released=1800-1801")
    charts = page.locator(".chart-empty")
    for empty in charts.all():
        expect(empty).to_contain_text(re.compile("No ratings match|no film passes the filters"))
    links = page.get_by_role("link", name="Reset")
    (links.first if links.count() else page.get_by_role("button", name="Reset")).click()
    settle(page)
    assert query(page) == ""
    for empty in charts.all():
        expect(empty).to_be_hidden()
