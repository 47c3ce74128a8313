"""The style sheet has the colours of dashboard/theme.py, and says each in one way."""

import re
from pathlib import Path

import pytest

from dashboard.theme import DISPLAY, FONT, THEMES

STYLE = (Path(__file__).parents[2] / "assets" / "style.css").read_text("utf-8")
SAME = {  # of a Theme: of the style sheet
    "surface": "--surface",
    "ink": "--bs-body-color",
    "muted": "--bs-secondary-color",
    "accent": "--accent",
    "rating": "--rating",
    "bar": "--nav",
}


def variables(selector: str) -> dict[str, str]:
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", STYLE, re.DOTALL | re.MULTILINE)
    return dict(re.findall(r"(--[a-z-]+): ([^;]+);", block[1]))


TOKENS = {"light": variables(":root"), "dark": variables('[data-bs-theme="dark"]')}


def full(colour: str) -> str:
    """#rrggbb of #rgb too."""
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


def test_there_is_a_block_for_every_theme():
    assert TOKENS.keys() == THEMES.keys()


@pytest.mark.parametrize("name", THEMES)
def test_charts_and_pages_have_the_same_colours(name):
    style = {field: full(TOKENS[name][variable]) for field, variable in SAME.items()}
    assert style == {field: getattr(THEMES[name], field) for field in SAME}


@pytest.mark.parametrize("name", THEMES)
def test_colours_that_are_also_given_as_numbers_are_the_same(name):
    numbers = {key: value for key, value in TOKENS[name].items() if key.endswith("-rgb")}
    assert len(numbers) == 3
    for key, value in numbers.items():
        hexadecimal = "#" + "".join(f"{int(part):02x}" for part in value.split(", "))
        assert hexadecimal == full(TOKENS[name][key.removesuffix("-rgb")])


def test_the_tick_in_a_box_has_the_colour_of_what_stands_on_the_accent():
    tick = re.search(r"stroke='%23([0-9a-f]{6})'", STYLE)
    assert f"#{tick[1]}" == TOKENS["dark"]["--accent-ink"]


def test_charts_and_pages_have_the_same_font():
    assert TOKENS["light"]["--bs-font-sans-serif"].replace('"', "'") == FONT
    assert TOKENS["light"]["--display"].replace('"', "'") == DISPLAY


def test_every_size_of_text_is_a_token():
    sizes = re.findall(r"font-size: ([^;}]+)", STYLE)
    assert sizes
    assert [size for size in sizes if "var(--type-" not in size] == []


def test_what_is_dark_in_both_themes_is_the_same_stage_in_both():
    assert TOKENS["light"]["--stage"] == TOKENS["dark"]["--stage"]
