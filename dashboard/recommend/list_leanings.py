"""Two sliders for what lists lean to: popular or surprising, alike or varied."""

from typing import Annotated

import dash_bootstrap_components as dbc
from dash import Input, Output, callback, html
from pydantic import BeforeValidator, Field

from dashboard import ids
from dashboard.state.payloads import checked, one_of
from recommender.models import MODELS
from recommender.models.blend import BlendRecommender
from recommender.models.blend.surprise import LEVELS, STEP

MOST_VARIETY = 0.6  # beyond, films that do not fit come in
POPULAR, SURPRISING = LEVELS[0], LEVELS[-1]


def _number(value: object) -> object:
    """What a slider sends: a number, or one as text once it was moved."""
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:  # would quote all of it; the type refuses it in a line
        return value


Surprise = Annotated[
    float,
    BeforeValidator(_number),
    Field(ge=POPULAR, le=SURPRISING, allow_inf_nan=False),
]
Variety = Annotated[
    float, BeforeValidator(_number), Field(ge=0, le=MOST_VARIETY, allow_inf_nan=False)
]


def layout() -> html.Div:
    return html.Div(
        [
            _slider(ids.SURPRISE, "Popular", "surprising", POPULAR, SURPRISING),
            _slider(ids.VARIETY, "Alike", "varied", 0, MOST_VARIETY),
        ],
        className="leanings",
    )


def _slider(id: str, low: str, high: str, least: float, most: float) -> html.Div:
    return html.Div(
        [
            html.Label(f"{low} ↔ {high}", htmlFor=id, className="filter-label"),
            dbc.Input(
                id=id,
                type="range",
                min=least,
                max=most,
                step=STEP,
                value=0,
                className="form-range",
            ),
        ]
    )


@callback(Output(ids.SURPRISE, "disabled"), Input(ids.MODEL, "value"))
@checked
def update_surprise(key: Annotated[str, one_of(MODELS)]):
    """Only the default model can be told how surprising to be."""
    return not issubclass(MODELS[key], BlendRecommender)
