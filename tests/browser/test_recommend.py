"""What is recommended to a visitor who rated films."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import settle
from tests.browser.rating import add, ask, cards, names, rate

SHELF = 5


def test_ten_for_tonight_then_gems_and_more_in_the_genres_none_rated_before(recommend: Page):
    rated = rate(recommend, [5, 4.5, 1, 4])
    found = ask(recommend)
    shelves = recommend.locator(".shelf-section")
    assert shelves.get_by_role("heading").all_inner_texts() == [
        "Tonight’s ten",
        "Hidden gems",
        "More in the genres you rate highest",
    ]
    expect(shelves.first.locator(".place")).to_have_text([str(place) for place in range(1, 11)])
    expect(shelves.nth(1).locator("li")).to_have_count(SHELF)
    expect(recommend.locator(".meter")).to_have_count(0)
    shown = names(found)
    assert len(set(shown)) == len(shown), "no film stands on two shelves"
    assert not rated & set(shown)
    for film in found.all():
        expect(film).to_contain_text(re.compile(r"\d\.\d\d ★ average of [\d,]+ ratings?"))
    expect(found.filter(has_text=re.compile("Because you rated|Close to"))).not_to_have_count(0)

    link = found.get_by_role("link").first
    name = link.inner_text()
    link.click()
    expect(recommend.get_by_role("heading", level=1)).to_have_text(name)


@pytest.mark.slow
def test_a_recommended_film_that_is_then_rated_does_not_come_back(recommend: Page):
    rate(recommend, [5, 5, 4])
    name = names(ask(recommend))[0]
    add(recommend, name.rpartition(" (")[0].split(",")[0], name)
    card = cards(recommend).first
    expect(card.locator(".rate-title")).to_have_text(name)
    card.get_by_text("+", exact=True).click()
    assert name not in names(ask(recommend))


@pytest.mark.slow
def test_who_likes_nothing_is_given_no_liking_as_a_reason(recommend: Page):
    rate(recommend, [1, 0.5, 1])
    found = ask(recommend)
    expect(found).not_to_have_count(0)
    expect(recommend.locator(".shelf-section")).to_have_count(2)
    expect(found.filter(has_text=re.compile("Because you rated|Close to"))).to_have_count(0)


@pytest.mark.slow
def test_recommendations_follow_the_ratings_from_the_third_on(recommend: Page):
    results, found = recommend.locator("#results"), recommend.locator(".shelf li")
    recommend.get_by_label("Model", exact=True).select_option("user-cosine")
    rate(recommend, [5, 5])
    recommend.wait_for_timeout(1500)
    expect(results).to_contain_text("Rate 3 films")
    rate(recommend, [5, 5, 4])
    expect(found).not_to_have_count(0)
    said = recommend.locator("#results-said")
    expect(said).to_have_text(re.compile(r"^\d+ films found, best first: .+ \(\d{4}\)\.$"))
    before = names(found)
    name = before[0]
    add(recommend, name.rpartition(" (")[0].split(",")[0], name)
    cards(recommend).first.get_by_text("+", exact=True).click()
    expect(found.filter(has_text=name)).to_have_count(0)
    settle(recommend)
    found.first.get_by_role("link").click()
    expect(recommend.locator(".film-head")).to_be_visible()
    recommend.go_back()
    expect(found).not_to_have_count(0)


@pytest.mark.slow
def test_age_and_genres_are_kept_to(recommend: Page):
    rate(recommend, [5, 4])
    found = ask(recommend)
    recommend.get_by_label("Newer means released from").fill("1980")
    recommend.get_by_label("Newer means released from").press("Enter")
    recommend.get_by_label("Older films").check()
    settle(recommend)
    assert len(names(found)) >= 10
    assert all(year(name) < 1980 for name in names(found))
    recommend.get_by_label("Newer films").check()
    settle(recommend)
    assert all(year(name) >= 1980 for name in names(found))
    recommend.locator("#recommend-genres-summary").click()
    recommend.locator("#recommend-genres").get_by_label("Horror", exact=True).check()
    settle(recommend)
    expect(recommend.locator("#recommend-genres-summary")).to_have_text("Horror")
    links = found.get_by_role("link").evaluate_all("all => all.map(each => each.href)")
    known = films_of_export(recommend, "genres=Horror")
    assert links and {link.rpartition("/")[2] for link in links} <= known


@pytest.mark.slow
def test_genres_are_left_out_and_the_address_keeps_them(recommend: Page):
    rated = rate(recommend, [5, 4])
    found = ask(recommend)
    recommend.locator("#recommend-without-summary").press("Enter")
    recommend.locator("#recommend-without").get_by_label("Drama", exact=True).press("Space")
    settle(recommend)
    expect(recommend.locator("#recommend-without-summary")).to_have_text("Drama")
    links = found.get_by_role("link").evaluate_all("all => all.map(each => each.href)")
    shown = {link.rpartition("/")[2] for link in links}
    assert shown and shown <= films_of_export(recommend, "without=Drama&min=0")
    dramas = ("The Shawshank Redemption (1994)", "Pulp Fiction (1994)", "The Godfather (1972)")
    missed = next(each for each in dramas if each not in rated)  # which ones are asked is chance
    recommend.get_by_label("A film that you miss here").fill(missed.rpartition(" (")[0])
    expect(recommend.locator("#why-not-said")).to_contain_text(missed)
    expect(recommend.locator("#why-not-said")).to_contain_text("not of the age and genres")

    assert "without-kinds=Drama" in recommend.url
    recommend.reload()
    expect(recommend.locator("#recommend-without-summary")).to_have_text("Drama")
    recommend.go_back()
    expect(recommend.locator("#recommend-without-summary")).to_have_text("None left out")


def films_of_export(page: Page, query: str) -> set[str]:
    rows = page.request.get(f"/export/top-movies.csv?{query}").text()
    return set(re.findall(r"^(\d+),", rows, re.MULTILINE))


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
        assert len(answers[model]) >= 10, model
        expect(recommend.locator("#model-about")).not_to_be_empty()
    assert answers["nmf"] != answers["user-cosine"] != answers["item-cosine"] != answers["nmf"]
    recommend.get_by_label("Compare all models").check()
    settle(recommend)
    columns = recommend.locator(".comparison section")
    assert columns.count() >= 3
    for column in columns.all():
        expect(column.get_by_role("listitem")).to_have_count(10)
