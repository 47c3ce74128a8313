"""What is pressed and typed before Dash takes clicks is shown as taken, and done once it does."""

import re

from playwright.sync_api import Page, Route, expect

from dashboard.guard.kept_answers import TOGETHER
from tests.browser.before_dash import FIRST, let_through
from tests.browser.look import part, query, settle


def open_early(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    expect(page.locator(f"{FIRST} h1")).to_be_visible()


def let_dash_through(page: Page, held: list[Route]) -> None:
    let_through(page, held)
    settle(page)


def early(page: Page, id: str):
    return page.locator(f"{FIRST} [data-id='{id}']")


def table_button(page: Page, chart: str):
    return early(page, f'{{"chart":"{chart}","type":"table-button"}}')


def test_a_button_is_pressed_once(page: Page, held):
    open_early(page, "/")
    button = table_button(page, "average-rating-by-month")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    let_dash_through(page, held)
    expect(part(page, "table", "average-rating-by-month")).to_be_visible()
    expect(part(page, "table", "ratings-by-month")).to_be_hidden()


def test_twice_pressed_is_pressed_twice(page: Page, held):
    open_early(page, "/")
    for _ in range(2):
        table_button(page, "average-rating-by-month").click()
    let_dash_through(page, held)
    expect(part(page, "table", "average-rating-by-month")).to_be_hidden()


def test_options_of_a_menu_are_chosen_and_it_stays_open(page: Page, held):
    open_early(page, "/")
    picker = page.locator(f"{FIRST} .picker", has=page.locator("[data-id=filter-genres]")).first
    picker.locator("summary").click()
    for genre in ("Comedy", "Drama"):
        picker.get_by_label(genre, exact=True).check()
    let_dash_through(page, held)
    assert query(page) == "genres=Comedy,Drama"
    expect(page.locator("details.picker[open] #filter-genres")).to_be_visible()


def test_what_was_typed_is_searched_and_typing_goes_on(page: Page, held):
    open_early(page, "/films")
    field = page.locator(f"{FIRST} input[type=search]:visible").first
    field.press_sequentially("matr")
    let_dash_through(page, held)
    page.keyboard.type("ix")
    settle(page)
    expect(page).to_have_url(re.compile("search=matrix"))


def test_an_answer_that_comes_meanwhile_leaves_the_field_to_who_types(page: Page, held):
    answers: list[Route] = []
    page.route(f"**/{TOGETHER}", lambda route: answers.append(route))
    open_early(page, "/films")
    field = page.locator(f"{FIRST} input[type=search]:visible").first
    field.press_sequentially("m")
    page.unroute(f"**/{TOGETHER}")
    for answer in answers:
        answer.continue_()
    expect(page.locator(f"{FIRST} [data-id=film-table] tr").nth(1)).to_be_visible()
    page.keyboard.type("atr")
    expect(field).to_have_value("matr")
    let_dash_through(page, held)
    page.keyboard.type("ix")
    settle(page)
    expect(page).to_have_url(re.compile("search=matrix"))


def test_a_number_that_was_left_counts(page: Page, held):
    open_early(page, "/polarising")
    field = early(page, "filter-min")
    field.fill("80")
    field.blur()
    let_dash_through(page, held)
    assert query(page) == "min=80"


def test_a_selects_option(page: Page, held):
    open_early(page, "/map")
    early(page, "map-colour").select_option(label="Average rating")
    let_dash_through(page, held)
    expect(page.locator("#map-colour option:checked")).to_have_text("Average rating")
    assert "colour=" in query(page)


def test_one_of_several(page: Page, held):
    open_early(page, "/together")
    early(page, "together-way").get_by_role("radio").last.check()
    let_dash_through(page, held)
    expect(page.locator("#together-way").get_by_role("radio").last).to_be_checked()


def test_a_mark_of_a_chart_leads_where_it_leads(page: Page, held):
    open_early(page, "/")
    mark = page.locator(f"{FIRST} .scatterlayer .point").nth(30)
    mark.hover(force=True)
    expect(page.locator(f"{FIRST} .hoverlayer .hovertext").first).to_be_visible()
    mark.click(force=True)
    expect(page.locator(f"{FIRST} .js-plotly-plot[aria-busy=true]")).to_have_count(1)
    let_dash_through(page, held)
    assert query(page).startswith("rated=")


def test_a_link_is_followed_at_once(page: Page, held):
    open_early(page, "/?genres=Comedy&movie=318")
    page.locator(f"{FIRST} .nav-links a", has_text="Films").click()
    expect(page).to_have_url(re.compile("/films[?]genres=Comedy$"))


def test_what_is_gone_by_then_is_pressed_nowhere(page: Page, held):
    open_early(page, "/")
    button = table_button(page, "average-rating-by-month")
    button.evaluate("button => { button.dataset.id = 'gone'; button.click(); }")
    option = page.locator(f"{FIRST} [data-id=filter-genres]").get_by_label("Drama", exact=True)
    option.evaluate("tick => { tick.labels[0].textContent = 'Dramas'; tick.click(); }")
    let_dash_through(page, held)
    page.wait_for_timeout(1500)  # as long as it is looked for, and more
    assert query(page) == ""
    expect(page.locator("table")).to_have_count(0)
