"""What a visitor wants of the films, as the address has it: /recommend?era=old&model=nmf.

assets/wishes.js writes the controls to the address and reads them from it, so that Back, a reload
and a second tab show the same list.
"""

from typing import Any, NamedTuple

from dash import ClientsideFunction, Input, Output, State, clientside_callback

from dashboard import ids
from dashboard.recommend.list_leanings import MOST_VARIETY, POPULAR, STEP, SURPRISING
from dashboard.recommend.rating_panel import STRATEGIES
from dashboard.recommend.result_panel import FIRST_YEAR, LAST_YEAR, PREFERENCES
from recommender.models import DEFAULT_MODEL, MODELS
from recommender.serving.shelves import SPLIT_YEAR


class Wish(NamedTuple):
    """One control. usual: its value where the address has no such key.

    known: the values that there are; least, most, step: of a number. moving: whether the control is
    dragged, and so adds no step back. kept: whether the browser remembers the last choice.
    """

    key: str
    control: str
    usual: Any
    known: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    step: float | None = None
    moving: bool = False
    kept: bool = True
    property: str = "value"


WISHES = (
    Wish("ask", ids.STRATEGY, "popular", known=tuple(STRATEGIES)),
    Wish("era", ids.PREFERENCE, "any", known=tuple(PREFERENCES)),
    Wish("split", ids.SPLIT_YEAR, SPLIT_YEAR, least=FIRST_YEAR, most=LAST_YEAR, step=1),
    Wish("kinds", ids.RECOMMEND_GENRES, []),
    Wish("without-kinds", ids.RECOMMEND_WITHOUT, []),
    Wish("by", ids.MODEL, DEFAULT_MODEL, known=tuple(MODELS)),
    Wish("compare", ids.COMPARE, False),
    Wish("surprise", ids.SURPRISE, 0, (), POPULAR, SURPRISING, STEP, moving=True),
    Wish("variety", ids.VARIETY, 0, (), 0, MOST_VARIETY, STEP, moving=True),
    Wish("list", ids.RECOMMEND, 0, least=0, most=1, step=1, kept=False, property="n_clicks"),
)


def wish_rules() -> list[dict]:
    """The wishes as JSON, for assets/wishes.js."""
    return [wish._asdict() for wish in WISHES]


clientside_callback(
    ClientsideFunction("wishes", "update"),
    *(Output(wish.control, wish.property) for wish in WISHES),
    Input(ids.URL, "data"),
    *(Input(wish.control, wish.property) for wish in WISHES),
    State(ids.RULES, "data"),
)
