"""What a visitor does on the Recommend page."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.look import settle

THUMB = 16  # pixels, Chromium's and Bootstrap's


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


def add(page: Page, text: str, name: str) -> None:
    """Search films by `text` and add the one of that name."""
    page.get_by_label("Add any film").fill(text)
    page.locator("#add-found").get_by_role("option", name=name, exact=True).click()
    settle(page)
