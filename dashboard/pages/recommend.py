"""Recommend: rate films, get films."""

from dash import dcc, html

from dashboard import ids
from dashboard.components import page
from dashboard.page_registry import register_page
from dashboard.paths import RECOMMEND
from dashboard.recommend import rating_panel, result_panel, why_not

register_page(__name__, RECOMMEND, "Recommend", filters=False, order=5)

TRAINING_POLL = 1500  # ms between looks whether the first training is done


def layout(**_):
    return page(
        "Recommend",
        "Rate a few films you know; the more, the better the recommendations. Your ratings stay"
        " in this browser.",
        dcc.Store(id=ids.PROFILE),
        dcc.Store(id=ids.ASKED, data=[]),
        dcc.Store(id=ids.PROFILE_LOADED),
        dcc.Interval(id=ids.TRAINING_POLL, interval=TRAINING_POLL, disabled=True),
        html.Div(
            [rating_panel.layout(), result_panel.layout(why_not.layout())], className="recommend"
        ),
        rating_panel.bar(),
    )
