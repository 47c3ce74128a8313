"""The page before Dash has started: React is held back until a test lets it through."""

from playwright.sync_api import Page, Route, expect

REACT = "**/deps/react-dom@*"
FIRST = "#first-page"


def let_through(page: Page, held: list[Route]) -> None:
    page.route(REACT, lambda route: route.continue_())  # and who comes later
    for route in held:
        route.continue_()
    expect(page.locator(FIRST)).to_have_count(0)
