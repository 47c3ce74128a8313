"""What is recommended to a visitor who rated films."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import settle
from tests.browser.rating import add, ask, cards, names, rate

SHELF = 5


def test_two_shelves_of_five_and_more_in_the_genres_none_rated_before(recommend: Page):
    rated = rate(recommend, [5, 4.5, 1, 4])
    found = ask(recommend)
    shelves = recommend.locator(".shelf-section")
    assert shelves.get_by_role("heading").all_inner_texts() == [
        "Popular picks",
        "Hidden gems",
        "More in the genres you rate highest",
    ]
    for place in range(2):
        expect(shelves.nth(place).locator("li")).to_have_count(SHELF)
    shown = names(found)
    assert len(set(shown)) == len(shown), "no film stands on two shelves"
    assert not rated & set(shown)
    for film in found.all():
        expect(film).to_contain_text(re.compile(r"\d\.\d\d ★ average of [\d,]+ ratings?"))
        expect(film).to_contain_text("for you")
    expect(found.filter(has_text=re.compile("Because you rated|Close to"))).not_to_have_count(0)

    link = found.get_by_role("link").first
    name = link.inner_text()
    link.click()
    expect(recommend.get_by_role("heading", level=1)).to_have_text(name)


def test_a_recommended_film_that_is_then_rated_does_not_come_back(recommend: Page):
    rate(recommend, [5, 5, 4])
    name = names(ask(recommend))[0]
    add(recommend, name.rpartition(" (")[0].split(",")[0], name)
    card = cards(recommend).first
    expect(card.locator(".rate-title")).to_have_text(name)
    card.get_by_text("+", exact=True).click()
    assert name not in names(ask(recommend))


def test_age_and_genres_are_kept_to(recommend: Page):
    rate(recommend, [5, 4])
    found = ask(recommend)
    recommend.get_by_label("Newer means released from").fill("1980")
    recommend.get_by_label("Newer means released from").press("Enter")
    recommend.get_by_label("Older films").check()
    settle(recommend)
    assert len(names(found)) >= 2 * SHELF
    assert all(year(name) < 1980 for name in names(found))
    recommend.get_by_label("Newer films").check()
    settle(recommend)
    assert all(year(name) >= 1980 for name in names(found))
    recommend.locator("#recommend-genres-summary").click()
    recommend.locator("#recommend-genres").get_by_label("Horror", exact=True).check()
    settle(recommend)
    expect(recommend.locator("#recommend-genres-summary")).to_have_text("Horror")
    links = found.get_by_role("link").evaluate_all("all => all.map(each => each.href)")
    horror = recommend.request.get("/export/top-movies.csv?genres=Horror").text()
    known = set(re.findall(r"^(\d+),", horror, re.MULTILINE))
    assert links and {link.rpartition("/")[2] for link in links} <= known


def year(name: str) -> int:
    return int(name[-5:-1])


@pytest.mark.slow
def test_every_model_answers_and_all_can_be_compared(recommend: Page):
    rate(recommend, [5, 4, 1])
    select = recommend.get_by_label("Model", exact=True)
    models = select.locator("option:enabled").evaluate_all("all => all.map(each => each.value)")
    assert {"nmf", "user-cosine", "item-cosine"} <= set(models)
    answers = {}
    for model in models:
        answers[model] = names(ask(recommend, model))
        assert len(answers[model]) >= 2 * SHELF, model
        expect(recommend.locator("#model-about")).not_to_be_empty()
    assert answers["nmf"] != answers["user-cosine"] != answers["item-cosine"] != answers["nmf"]
    recommend.get_by_label("Compare all models").check()
    settle(recommend)
    columns = recommend.locator(".comparison section")
    assert columns.count() >= 3
    for column in columns.all():
        expect(column.get_by_role("listitem")).to_have_count(10)
