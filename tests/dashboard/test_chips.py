"""The chips above the charts: one for each choice, and what is left without it."""

import pytest

import app  # noqa: F401  pages are registered with an app
from dashboard.chips import chips
from dashboard.state.view import View


def offered(query: str) -> dict[str, str]:
    """The chips' words and where they lead, the last one clearing all."""
    found = chips(View.from_query(query))
    items = found.children[1].children
    words = [item.children.children for item in items]
    return {
        said if isinstance(said, str) else said[0]: item.children.href
        for said, item in zip(words, items, strict=True)
    }


def test_nothing_chosen_has_no_chips():
    assert chips(View.from_query("search=heat")) is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("genres=Comedy,War", {"Comedy": "?genres=War", "War": "?genres=Comedy", "Clear all": "?"}),
        (
            "without=War&rated=2001..2005&order=deviation",
            {
                "not War": "?rated=2001-01..2005-12&order=deviation",
                "rated 2001–2005": "?without=War&order=deviation",
                "Clear all": "?order=deviation",
            },
        ),
        (
            "genres=War&vs=all",
            {"War": "?vs=all", "against all ratings": "?genres=War", "Clear all": "?"},
        ),
        ("vs=genres%3DWar", {"against War": "?vs=all", "Clear all": "?"}),
        (
            "tag=dark,%20comedy&tag=space&min=20",
            {
                "tagged “dark, comedy”": "?tag=space&min=20",
                "tagged “space”": "?tag=dark,%20comedy&min=20",
                "at least 20 ratings per film": "?tag=dark,%20comedy&tag=space",
                "Clear all": "?",
            },
        ),
    ],
)
def test_each_choice_can_be_taken_away_alone(query, expected):
    assert offered(query) == expected


def test_a_box_has_a_chip_that_takes_it_away_alone():
    view = View.from_query("genres=War&order=deviation&within=deviation,3..4,1..1.25")
    links = [item.children for item in chips(view).children[1].children]
    assert links[1].children[0] == "average 3 to 4, standard deviation 1 to 1.25"
    assert links[1].href == "?genres=War&order=deviation"
    assert links[2].href == "?order=deviation", "Clear all"
