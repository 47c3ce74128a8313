"""python -m benchmarks.page_times.phone_walk URL: a film for tonight on a phone.

In taps, and in seconds of the app: nobody thinks in between.

Opens Recommend as a new visitor, rates five films, sees ten, opens one, goes back, marks one seen,
one not for me, saves one and reloads.
"""

import argparse
import json
import time

from playwright.sync_api import Locator, Page, Position, ViewportSize, expect, sync_playwright

from benchmarks.chromium import launch

WIDTH, HEIGHT = 390, 844  # CSS pixels
STARS = (5, 4.5, 1, 4, 5)
PATIENCE = 120_000  # ms


class PhoneWalk:
    """One visitor's taps, and when each step was done, in seconds from the first request."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0
        self.begun = time.monotonic()
        self.steps: dict[str, float] = {}

    def tap(self, target: Locator, at: Position | None = None) -> None:
        target.tap(position=at)
        self.taps += 1

    def done(self, step: str) -> None:
        self.steps[step] = round(time.monotonic() - self.begun, 2)

    def rate(self, place: int, stars: float) -> None:
        slider = self.page.locator("#asked-films .rate-row").nth(place).get_by_role("slider")
        box = slider.bounding_box() or {"width": 0.0, "height": 0.0}
        along = (stars - 0.5) / 4.5 * (box["width"] - 16) + 8
        self.tap(slider, {"x": along, "y": box["height"] / 2})
        expect(slider).to_be_hidden()

    def see_ten(self) -> Locator:
        self.page.goto("/recommend")
        expect(self.page.locator("#asked-films .rate-row").first).to_be_visible()
        self.done("opened")
        for place, stars in enumerate(STARS):
            self.rate(place, stars)
        self.done("five rated")
        self.tap(self.page.get_by_role("button", name="See your ten"))
        found = self.page.locator(".shelf.tonight li")
        expect(found).to_have_count(10)
        expect(found.first).to_be_in_viewport()
        self.done("ten seen")
        return found

    def use(self, found: Locator) -> None:
        self.tap(found.first.get_by_role("link").first)
        expect(self.page.locator(".film-head")).to_be_visible()
        self.page.go_back()
        self.taps += 1
        expect(found).to_have_count(10)
        expect(found.first).to_be_in_viewport()
        self.done("one opened, and back")
        seen, away, saved = (found.nth(i).get_by_role("link").first.inner_text() for i in range(3))
        self.tap(found.filter(has_text=seen).get_by_role("button", name="Seen it"))
        self.tap(found.filter(has_text=seen).get_by_role("slider"))
        expect(found.filter(has_text=seen)).to_have_count(0)
        self.tap(found.filter(has_text=away).get_by_role("button", name="Not for me"))
        expect(found.filter(has_text=away)).to_have_count(0)
        save = found.filter(has_text=saved).get_by_role("button", name="Save")
        self.tap(save)
        expect(save).to_have_attribute("aria-pressed", "true")
        self.done("seen, not for me, saved")
        self.page.reload()
        expect(found).to_have_count(10)
        expect(save).to_have_attribute("aria-pressed", "true")
        expect(self.page.locator("#bar-count")).to_have_text("6 rated")
        self.done("reloaded")


def walk(url: str, slow: float) -> dict:
    """slow: by which factor the browser's processor is throttled."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        window: ViewportSize = {"width": WIDTH, "height": HEIGHT}
        page = browser.new_page(base_url=url, viewport=window, has_touch=True, is_mobile=True)
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        client = page.context.new_cdp_session(page)
        client.send("Emulation.setCPUThrottlingRate", {"rate": slow})
        walked = PhoneWalk(page)
        walked.use(walked.see_ten())
        browser.close()
    return {"slow": slow, "taps": walked.taps, "seconds": walked.steps}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--slow", type=float, default=1.0)
    arguments = parser.parse_args()
    print(json.dumps(walk(arguments.url, arguments.slow), indent=2))
