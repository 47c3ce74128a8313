"""Rating films and being recommended others; the ratings stay with the visitor."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.look import open_page, settle

pytestmark = pytest.mark.usefixtures("trained")

THUMB = 16  # pixels, Chromium's and Bootstrap's
SHELF = 5


@pytest.fixture
def recommend(page: Page) -> Page:
    open_page(page, "/recommend")
    expect(cards(page)).to_have_count(15)
    return page


def cards(page: Page) -> Locator:
    """The films that the visitor is asked to rate."""
    return page.locator("#asked-films .rate-row")


def stars(card: Locator) -> Locator:
    return card.locator("output")


def press_slider(page: Page, card: Locator, value: float) -> None:
    """Press the slider with the mouse where `value` is."""
    slider = card.get_by_role("slider")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    along = (value - 0.5) / 4.5 * (box["width"] - THUMB) + THUMB / 2
    page.mouse.click(box["x"] + along, box["y"] + box["height"] / 2)


def titles(films: Locator) -> set[str]:
    return set(films.locator(".rate-title").all_inner_texts())


def rate(page: Page, ratings: list[float]) -> set[str]:
    """Rate the first films that are asked about; their names."""
    rated = set()
    for card, value in zip(cards(page).all(), ratings, strict=False):
        press_slider(page, card, value)
        expect(stars(card)).to_have_text(f"{value:g} ★")
        rated.add(card.locator(".rate-title").inner_text())
    return rated


def ask(page: Page, model: str = "nmf") -> Locator:
    """Choose Recommend; the films on all shelves."""
    page.get_by_label("Model", exact=True).select_option(model)
    page.get_by_role("button", name="Recommend", exact=True).click()
    settle(page)
    return page.locator(".shelf li")


def names(found: Locator) -> list[str]:
    return found.get_by_role("link").all_inner_texts()


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


def add(page: Page, text: str, name: str) -> None:
    """Search films by `text` and add the one of that name."""
    page.get_by_label("Add any film").fill(text)
    page.locator("#add-found").get_by_role("button", name=name, exact=True).click()
    settle(page)


def test_any_film_is_found_and_added(recommend: Page):
    search = recommend.get_by_label("Add any film")
    search.fill("qqqqqq")
    expect(recommend.locator("#add-found")).to_contain_text("No film has that")
    add(recommend, "groundhog", "Groundhog Day (1993)")
    card = cards(recommend).filter(has_text="Groundhog Day")
    expect(card).to_have_count(1)
    expect(recommend.locator("#add-found")).to_be_hidden()
    press_slider(recommend, card, 5)
    expect(stars(card)).to_have_text("5 ★")


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


def test_reload_keeps_the_ratings(recommend: Page):
    rated = rate(recommend, [5, 0.5])
    before = names(ask(recommend))
    recommend.reload()
    settle(recommend)
    expect(recommend.locator("#profile-count")).to_have_text("2 rated")
    assert not rated & titles(cards(recommend))
    recommend.get_by_text("Your ratings", exact=True).click()
    mine = recommend.locator("#rated-films .rate-row")
    assert titles(mine) == rated
    assert set(stars(mine).all_inner_texts()) == {"5 ★", "0.5 ★"}
    assert names(ask(recommend)) == before


def test_ratings_are_downloaded_forgotten_and_loaded_again(recommend: Page):
    rated = rate(recommend, [5, 2])
    cards(recommend).nth(2).get_by_role("button", name="Haven’t seen").click()
    with recommend.expect_download() as started:
        recommend.get_by_role("button", name="Download my ratings").click()
    file = started.value.path()
    assert started.value.suggested_filename.endswith(".json")
    profile = json.loads(file.read_text("utf-8"))
    assert profile["version"] == 1
    assert [film.get("stars") for film in profile["movies"]] == [5, 2, None]
    assert profile["movies"][2]["hidden"] is True
    assert {"movie_id", "title", "release_year"} <= profile["movies"][0].keys()

    recommend.get_by_role("button", name="Forget my ratings").click()
    expect(recommend.locator("#profile-note")).to_contain_text("forgotten")
    expect(recommend.locator("#profile-count")).to_have_text("none rated yet")
    settle(recommend)
    load(recommend, "mine.json", file.read_bytes())
    expect(recommend.locator("#profile-note")).to_contain_text("Loaded 2 ratings.")
    expect(recommend.locator("#profile-count")).to_have_text("2 rated")
    settle(recommend)
    recommend.get_by_text("Your ratings", exact=True).click()
    assert rated <= titles(recommend.locator("#rated-films .rate-row"))
    with recommend.expect_download() as started:
        recommend.get_by_role("button", name="Download my ratings").click()
    again = json.loads(started.value.path().read_text("utf-8"))
    assert again["fingerprint"]
    assert {film["movie_id"]: film.get("stars") for film in again["movies"]} == {
        film["movie_id"]: film.get("stars") for film in profile["movies"]
    }


def load(page: Page, name: str, contents: bytes) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Load ratings from a file").click()
    chooser.value.set_files({"name": name, "mimeType": "application/json", "buffer": contents})


def test_a_file_that_is_no_profile_says_what_is_wrong_with_it(recommend: Page):
    rate(recommend, [5])
    note = recommend.locator("#profile-note")
    for contents, complaint in [
        (b"not json", "it is not JSON"),
        (b"\xff\xfe\x00", "it is not a text file"),
        (b"[1, 2]", "it is not a JSON object"),
        (b'{"version": 99, "movies": []}', "its version is 99"),
        (b'{"version": 1}', "it has no list of films"),
        (b'{"version": 1, "movies": [{"movie_id": 1, "stars": 9}]}', "has 9 stars"),
    ]:
        load(recommend, "bad.json", contents)
        expect(note).to_contain_text(complaint)
        expect(recommend.locator("#profile-count")).to_have_text("1 rated")
    elsewhere = b'{"version": 1, "movies": [{"movie_id": 999999999, "stars": 5}]}'
    load(recommend, "elsewhere.json", elsewhere)
    expect(note).to_contain_text("1 film of the file is not in this dataset")
