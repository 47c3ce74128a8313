"""Models: how well each recommends, measured on people it has not seen, and what that means."""

from functools import partial

from dash import Input, Output, callback, html

from dashboard import ids
from dashboard.charting.chart import chart
from dashboard.components import cards, chart_card, page
from dashboard.evaluation.model_days import model_days
from dashboard.evaluation.model_measures import (
    main_run,
    model_measures,
    question_measures,
    star_measures,
    surprise_measures,
    visitor_measures,
    visitor_star_measures,
)
from dashboard.evaluation.model_tables import meanings, tables
from dashboard.figures import answers_worth, leanings, model_quality, star_ranges
from dashboard.findings.finding import listing
from dashboard.findings.of_models import best_model, over_popularity, worth_of_answers
from dashboard.page_registry import register_page
from dashboard.rated_words import RatedWords
from dashboard.state.payloads import StoredView, checked
from dashboard.state.session import session
from db.counts import ratings_in_words
from db.filters.rating_filters import RatingFilters
from db.store.datasets import Dataset
from db.store.original_scale import OriginalScale
from recommender.serving.measuring import FEWEST_RATINGS

register_page(__name__, "/models", "Models", filters=False, order=6)

NOTHING = "Nothing is measured yet."
UNMEASURED = (
    f"{NOTHING} The quick models and the default are measured once they are trained; the others by"
    " python -m recommender evaluate."
)
TESTED = (
    "Each sentence is tested at the 5 % level on the same visitors, all the comparisons behind it"
    " counted (Bonferroni); differences are of NDCG@10."
)

CARD = "half measured"  # low while it has nothing to show, where nobody looks at first

measured = partial(
    chart,
    height=30,
    remembered=False,
    empty=NOTHING,
    keys=("model", "measure"),
    order=(),
)
QUALITY = measured(
    "model-quality",
    "Quality and speed",
    "Further right is better, and for the diamonds slower; bars are 95 % intervals over visitors.",
    visitor_measures,
    model_quality.quality_and_speed,
)
CURVE = measured(
    "model-learning-curve",
    "How much does each model make of few ratings?",
    "The same visitors, giving 1, 3, 5, 10 and up to 15 ratings. Grey: the other models.",
    visitor_measures,
    model_quality.learning_curve,
)
QUESTIONS = measured(
    "model-question-curve",
    "How good are the lists after the first questions?",
    "Who has answered nothing yet is not counted, so more questions bring in people who know less.",
    question_measures,
    model_quality.question_curve,
)
GAINS = measured(
    "model-answers-worth",
    "Do more answers make lists better?",
    "NDCG@10 gained by those who had answered before. Right of the dotted line: better.",
    question_measures,
    answers_worth.gains,
)
TRADE_OFFS = measured(
    "model-trade-offs",
    "What does quality cost?",
    "Lists of what everybody knows score well and say little. Star: the default; grey: the others.",
    visitor_measures,
    model_quality.trade_offs,
    height=36,
)
SURPRISE = measured(
    "model-surprise",
    "What does more surprise cost?",
    "The default’s lists along the slider, popular (−1) to surprising (+1); bars: 95 % intervals.",
    surprise_measures,
    leanings.along_surprise,
    keys=("model", "measure", "surprise"),
)
CALIBRATION = measured(
    "model-calibration",
    "Do predicted stars mean what they say?",
    "On the dotted line, films predicted 4 stars are given 4 on average; bars are 95 % intervals.",
    star_measures,
    model_quality.calibration,
    height=36,
)
RANGES = measured(
    "model-star-ranges",
    "Do the ranges around predicted stars hold?",
    "Four in five stars (dotted) shall lie within; by how many ratings a new visitor has given.",
    visitor_star_measures,
    star_ranges.coverage,
    height=36,
)


def layout(**_):
    return page(
        "Models",
        "How well each model recommends, to people whom it has not seen.",
        cards(
            chart_card(QUALITY, CARD),
            chart_card(CURVE, CARD),
            chart_card(QUESTIONS, CARD),
            chart_card(GAINS, CARD),
            chart_card(TRADE_OFFS, CARD),
            chart_card(SURPRISE, CARD),
            chart_card(CALIBRATION, CARD),
            chart_card(RANGES, CARD),
            html.Section(
                [html.H2("All measures"), html.Div(id="models-tables")], className="card-panel"
            ),
            html.Section([html.H2("What the measures mean"), meanings()], className="card-panel"),
        ),
        found=[html.Div(id="models-findings", className="findings")],
    )


@callback(Output("models-findings", "children"), Input(ids.VIEW, "data"))
@checked
def update_findings(_: StoredView | None):
    """What the charts say, in a sentence each; or why there is nothing yet."""
    with session(until_learned=True) as current:
        rows = model_measures(current.connection, RatingFilters())
    if rows.empty:
        return html.P(_too_little(current.dataset) or UNMEASURED)
    visits, asked = main_run(rows, "visitor"), main_run(rows, "questions")
    return listing([best_model(visits), over_popularity(visits), worth_of_answers(asked)], TESTED)


@callback(Output("models-tables", "children"), Input(ids.VIEW, "data"))
@checked
def update_models(_: StoredView | None):
    with session(until_learned=True) as current:
        rows = model_measures(current.connection, RatingFilters())
        days = model_days(current.models, current.dataset)
    return [*days, _stars_on(current.dataset.scale), *tables(rows)]


def _too_little(dataset: Dataset) -> str:
    """Why nothing will ever be measured on a dataset; "" where it will be."""
    if min(dataset.movies, dataset.users) > 1 and dataset.ratings >= FEWEST_RATINGS:
        return ""
    there = ratings_in_words(dataset.ratings, dataset.movies, dataset.users)
    return (
        f"{there} can’t tell how well models recommend: that takes {FEWEST_RATINGS} ratings of"
        " several films by several users."
    )


def _stars_on(scale: OriginalScale) -> html.P | None:
    """What a star of the measures is on a dataset of another scale."""
    if scale.is_stars:
        return None
    worth = f"{RatedWords(scale).apart(1):.3g}"
    said = f"Errors, ranges and predictions are in stars, of which one is {worth} on {scale}."
    return html.P(said, className="card-about")
