"""Ratings from elsewhere, from the file to the list of films, by mouse and by keyboard."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.look import settle
from tests.browser.test_axe import violations
from tests.dashboard.rating_files import samples

pytestmark = pytest.mark.slow

TABLE = (
    "title,year,rating\nHeat,1995,8\nCasino,1995,6\nShawshenk Redemtion,1994,10\n"
    "No Such Film,1995,3\nSabrina,1995,abc\n"
)


def choose(page: Page, name: str, data: bytes) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").press("Enter")
    chooser.value.set_files(FilePayload(name=name, mimeType="text/plain", buffer=data))


def test_a_table_is_previewed_counted_and_undone(recommend: Page):
    said, preview = recommend.locator("#import-said"), recommend.locator("#import-preview")
    count = recommend.locator("#profile-count")
    choose(recommend, "mine.csv", TABLE.encode())
    expect(said).to_have_text("A table: 5 rows read.")
    expect(preview).to_be_focused()
    expect(preview).to_contain_text("Found here: 2 rated films.")
    expect(preview).to_contain_text("Not found here (1)")
    expect(count).to_have_text("none rated yet")
    preview.get_by_text("Left out (1)").click()
    expect(preview).to_contain_text("“abc” is no rating · row 6 of mine.csv")

    preview.get_by_label("Shawshenk Redemtion (1994), 5 ★").select_option(
        "The Shawshank Redemption (1994)"
    )
    preview.get_by_label("Scale of the ratings").select_option("100")
    expect(preview.get_by_role("button", name="Add 2 films")).to_be_visible()
    preview.get_by_label("Scale of the ratings").select_option("10")
    preview.get_by_label("Shawshenk Redemtion (1994), 5 ★").select_option(
        "The Shawshank Redemption (1994)"
    )
    preview.get_by_role("button", name="Add 3 films").click()
    expect(said).to_contain_text("3 films added.")
    expect(count).to_have_text("3 rated")
    settle(recommend)
    recommend.get_by_text("Your ratings", exact=True).click()
    rated = recommend.locator("#rated-films .rate-row")
    expect(rated).to_have_count(3)
    assert sorted(rated.locator("output").all_inner_texts()) == ["3 ★", "4 ★", "5 ★"]
    undo = said.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    undo.click()
    expect(count).to_have_text("none rated yet")


def test_what_is_not_sure_stays_on_yours_until_it_is_decided(recommend: Page):
    said, preview = recommend.locator("#import-said"), recommend.locator("#import-preview")
    choose(recommend, "mine.csv", TABLE.encode())
    preview.get_by_role("button", name="Add 2 films").click()
    said.get_by_role("link", name="1 film to decide").click()
    asked = recommend.locator("#yours section").filter(has_text="Which film is meant?")
    recommend.reload()
    expect(asked).to_contain_text("Shawshenk Redemtion (1994)")
    assert violations(recommend) == []
    asked.get_by_role("button", name="None of these").click()
    expect(asked).to_have_count(0)
    recommend.get_by_role("button", name="Undo").click()
    asked.get_by_label("Which film is Shawshenk").select_option("The Shawshank Redemption (1994)")
    expect(asked).to_have_count(0)
    rated = recommend.locator("#yours section").filter(has_text="Rated · 3")
    expect(rated).to_contain_text("The Shawshank Redemption (1994)")


@pytest.mark.slow
@pytest.mark.parametrize("sample", samples.SAMPLES)
def test_every_format_goes_through(recommend: Page, sample):
    name, data, service, *_ = samples.SAMPLES[sample]
    choose(recommend, name, data)
    expect(recommend.locator("#import-said")).to_contain_text(f"{service}: ")
    expect(recommend.locator("#import-preview")).to_contain_text("Heat")


def test_what_is_wrong_is_said(recommend: Page, console):
    said = recommend.locator("#import-said")
    choose(recommend, "mine.csv", b"nothing to see")
    expect(said).to_contain_text("mine.csv is no export that is known here")
    choose(recommend, "large.csv", b"x" * 10_000_001)
    expect(said).to_have_text("large.csv is larger than 10 MB.")
    expect(recommend.locator("#import-preview")).to_be_empty()
    console.clear()  # browsers tell of every 400
