"""Models: how well each recommends, measured on people it has not seen, and what that means."""

from dash import Input, Output, callback, html

from dashboard import ids
from dashboard.charting.chart import chart
from dashboard.components import cards, chart_card, page
from dashboard.evaluation.model_measures import model_measures, visitor_measures
from dashboard.evaluation.model_tables import meanings, tables
from dashboard.figures import model_quality
from dashboard.page_registry import register_page
from dashboard.state.payloads import StoredView, checked
from dashboard.state.session import session
from db.filters.rating_filters import RatingFilters

register_page(__name__, "/models", "Models", filters=False, order=6)

UNMEASURED = (
    "Nothing is measured yet. The models of a small dataset are measured once they are trained;"
    " else run python -m recommender evaluate."
)

QUALITY = chart(
    "model-quality",
    "Quality against speed",
    "Up is better, left is quicker. The bars are 95 % intervals over visitors.",
    visitor_measures,
    model_quality.quality_and_speed,
    height=28,
    remembered=False,
    empty=UNMEASURED,
    keys=("model", "measure"),
    order=(),
)
CURVE = chart(
    "model-learning-curve",
    "How much does each model make of few ratings?",
    "The same visitors, giving at most 5, 10 and 15 ratings.",
    visitor_measures,
    model_quality.learning_curve,
    height=28,
    remembered=False,
    empty=UNMEASURED,
    keys=("model", "measure"),
    order=(),
)


def layout(**_):
    return page(
        "Models",
        "How well each model recommends, to people whom it has not seen.",
        cards(
            chart_card(QUALITY),
            chart_card(CURVE),
            html.Section(
                [html.H2("All measures"), html.Div(id="models-tables")], className="card-panel"
            ),
            html.Section([html.H2("What the measures mean"), meanings()], className="card-panel"),
        ),
    )


@callback(Output("models-tables", "children"), Input(ids.VIEW, "data"))
@checked
def update_models(_: StoredView | None):
    with session() as current:
        rows = model_measures(current.connection, RatingFilters())
    return html.P(UNMEASURED) if rows.empty else tables(rows)
