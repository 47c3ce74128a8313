"""Nothing on a page moves while it loads, on a phone and on a laptop."""

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.page_times.layout_shift import SIZES, WATCH, settled_shifts
from tests.browser.addresses import EVERY, each

pytestmark = pytest.mark.slow

MOST = 0.05


@pytest.mark.parametrize(("width", "height"), SIZES)
@each(EVERY)
def test_pages_stand_still(browser: Browser, base: str, trained, address, width, height):
    context = browser.new_context(viewport={"width": width, "height": height})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(base + address)
    shifts = settled_shifts(page)
    context.close()
    assert sum(value for value, _ in shifts) < MOST, shifts


DETAILS = {
    "plot": "A thief is given a job by a man whom nobody has ever seen. " * 12,
    "poster": None,
    "trailer": "https://www.youtube.com/watch?v=x",
    "watch": {"names": ["One service", "Another service"], "link": "https://www.themoviedb.org/"},
    "from": "This product uses the TMDB API but is not endorsed or certified by TMDB.",
}
PLACE = """async () => {
  const place = Object.assign(document.createElement("div"), { className: "film-details" });
  document.querySelector(".film-marks").parentElement.append(place);
  for (const _ of [1, 2, 3]) await new Promise(requestAnimationFrame);
  window.shifts = [];
  place.dataset.details = "/film-details/6";
  place.append(""); // assets/film_details.js looks at what is new
}"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_what_tmdb_says_later_moves_nothing(browser: Browser, base: str, width, height):
    """The sample names no ids of TMDB: the place of its words is put there as the server would."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(f"{base}/films/6")
    settled_shifts(page)
    answers = iter([{"status": 503}, {"json": DETAILS}])
    page.route("**/film-details/6**", lambda route: route.fulfill(**next(answers)))
    for said in ("TMDB said nothing", "A thief is given a job"):
        page.evaluate(PLACE)
        expect(page.locator(".film-details").last).to_contain_text(said)
        shifts = settled_shifts(page)
        assert sum(value for value, _ in shifts) < MOST, shifts
    context.close()
