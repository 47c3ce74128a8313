"""Netflix: stars until 2017 and thumbs since, in one file of all profiles; and what was watched."""

import re

from dashboard.rating_files.file_entries import UnusableRow
from dashboard.rating_files.rating_scales import FIVE, NONE, RatingScale
from dashboard.rating_files.table_layouts import USUAL, Cells, Fields, TableLayout, having

THUMBS = {"1": 2.0, "2": 4.0, "3": 5.0}
"""Stars of a thumb down, of one up, and of two."""
PART = re.compile(r": (season|series|part|volume|chapter|limited series|episode)\b", re.IGNORECASE)


def _rating(cells: Cells, fields: Fields) -> str:
    """Such as "star 4" or "thumb 2". Raises: UnusableRow for the codes of no rating."""
    kind = cells["ratingtype"].casefold()
    value = cells["thumbsvalue" if kind.startswith("thumb") else "starvalue"]
    if value in ("", *NONE):
        raise UnusableRow(f"{value or 'nothing'} stands for no rating")
    return f"{'thumb' if kind.startswith('thumb') else 'star'} {value}"


def _stars(text: str) -> float:
    kind, _, value = text.partition(" ")
    if kind == "star":
        return FIVE.stars(value)
    if value not in THUMBS:
        raise UnusableRow(f"{value} is no thumb of Netflix, which are 1, 2 and 3")
    return THUMBS[value]


def _watched(cells: Cells, fields: Fields) -> str:
    """Nothing watched is rated. Raises: UnusableRow for an episode."""
    if PART.search(fields["title"]):
        raise UnusableRow("it is no film, but an episode")
    return ""


NETFLIX_SCALE = RatingScale(
    "netflix", "stars as they are; thumbs: two up are 5 stars, one is 4, down is 2", _stars
)
NETFLIX_RATINGS = TableLayout(
    "Netflix",
    having("titlename", "ratingtype", "starvalue", "thumbsvalue"),
    NETFLIX_SCALE,
    columns=USUAL | {"given": ("eventutcts",)},
    rating=_rating,
    person="profilename",
)
NETFLIX_HISTORY = TableLayout(
    "Netflix",
    frozenset({"title", "date"}).__eq__,
    NETFLIX_SCALE,
    columns=dict.fromkeys(USUAL, ()) | {"title": ("title",)},
    rating=_watched,
)
