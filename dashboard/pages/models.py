"""Models: how well each recommends, measured on people it has not seen, and what that means."""

import dash
import pandas as pd
from dash import Input, Output, callback, html
from sqlalchemy import Connection

from dashboard.charts import chart
from dashboard.components import cards, chart_card, page
from dashboard.figures import models
from db.engine import dataset, reading
from db.evaluations import evaluations
from db.filters import RatingFilters
from recommender.models import MODELS

dash.register_page(__name__, path="/models", name="Models", title="Models · Reelscope", order=6)

MEASURES = {
    "ndcg@10": (
        "NDCG@10",
        "How high up the ten stand the films that the visitor went on to like; 1 is perfect.",
    ),
    "recall@10": ("Recall@10", "The share of all films that the visitor liked that the ten hold."),
    "hit_rate@10": ("Hit rate", "The share of visitors who liked at least one of the ten."),
    "coverage": ("Coverage", "The share of all films that are recommended to anyone."),
    "novelty": ("Novelty", "How little known the ten are: mean −log2 of the share who rated each."),
    "popular_share": (
        "Of the top 1 %",
        "How many of the ten are of the most popular 1 % of films.",
    ),
    "diversity": ("Diversity", "How unlike in genre the ten are: 1 less their mean cosine."),
    "rmse": ("RMSE", "The typical error of predicted stars; it says little about lists."),
    "mae": ("MAE", "The mean error of predicted stars; lower is better."),
    "p95_ms": ("p95, ms", "19 of 20 answers take at most this long."),
    "fit_seconds": ("Training, s", "The time to learn from four fifths of the users or ratings."),
}
COLUMNS = ["dataset", "protocol", "seed", "model", "label", "measure", "value", "low", "high", "n"]
UNMEASURED = "Nothing is measured yet: run python -m recommender evaluate."


def model_measures(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """What was measured on the current dataset, else on the latest; filters do not matter.

    Returns: dataset, protocol, seed, model, label, measure, value, low, high, n.
    """
    kept = evaluations(connection)
    here = kept[kept["fingerprint"] == dataset(connection).fingerprint]
    latest = here if len(here) else kept[kept["fingerprint"].isin(kept["fingerprint"].head(1))]
    rows = [line for row in latest.itertuples() for line in _lines(row)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _lines(row) -> list[tuple]:
    result = row.result
    label = MODELS[row.model].label if row.model in MODELS else row.model
    values = result["measures"] | {"fit_seconds": result["fit_seconds"]}
    n = result.get("visitors", result.get("ratings"))
    return [
        (
            row.dataset,
            row.protocol,
            row.seed,
            row.model,
            label,
            name,
            value,
            *result.get("intervals", {}).get(name, (None, None)),
            n,
        )
        for name, value in values.items()
    ]


def visitor_measures(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """`model_measures` of the visitor protocol with its first seed."""
    rows = model_measures(connection, filters)
    rows = rows[rows["protocol"] == "visitor"]
    return rows[rows["seed"] == rows["seed"].min()]


QUALITY = chart(
    "model-quality",
    "Quality against speed",
    "Up is better, left is quicker. The bars are 95 % intervals over visitors.",
    visitor_measures,
    models.quality_and_speed,
    height=28,
    remembered=False,
    empty=UNMEASURED,
)
CURVE = chart(
    "model-learning-curve",
    "How much does each model make of few ratings?",
    "The same visitors, giving at most 5, 10 and 15 ratings.",
    visitor_measures,
    models.learning_curve,
    height=28,
    remembered=False,
    empty=UNMEASURED,
)


def layout(**_):
    return page(
        "Models",
        "How well each model recommends, to people whom it has not seen.",
        cards(
            chart_card(QUALITY),
            chart_card(CURVE),
            html.Section(
                [
                    html.H2("All measures"),
                    html.P(id="models-about", className="card-about"),
                    html.Div(id="models-table", className="chart-table", tabIndex="0"),
                ],
                className="card-panel",
            ),
            html.Section([html.H2("What the measures mean"), _meanings()], className="card-panel"),
        ),
    )


def _meanings() -> html.Dl:
    parts = [html.Div([html.Dt(name), html.Dd(text)]) for name, text in MEASURES.values()]
    return html.Dl(parts, className="meanings")


@callback(
    Output("models-about", "children"), Output("models-table", "children"), Input("view", "data")
)
def update_models(_):
    with reading() as connection:
        rows = model_measures(connection, RatingFilters())
    if rows.empty:
        return UNMEASURED, None
    about = (
        f"Measured on {rows['dataset'].iloc[0]}. Every user is a visitor once, unknown to the"
        " models; they give at most 15 ratings of well-known films, and the ten recommended are"
        " compared with those they liked (4 stars or more). ± is half a 95 % interval."
    )
    return about, _table(rows)


def _table(rows: pd.DataFrame) -> html.Table:
    """A line a model, a column a measure, best NDCG first."""
    values = rows.pivot_table(index="label", columns="measure", values="value")
    halves = rows.assign(half=(rows["high"].astype(float) - rows["low"].astype(float)) / 2)
    halves = halves.pivot_table(index="label", columns="measure", values="half")
    shown = [name for name in MEASURES if name in values]
    order = values.sort_values(shown[0], ascending=shown[0] in ("rmse", "mae"), na_position="last")
    head = [html.Th("Model", scope="col")]
    head += [html.Th(MEASURES[name][0], scope="col", className="number") for name in shown]
    body = [
        html.Tr(
            [html.Th(label, scope="row")]
            + [html.Td(_said(values, halves, label, name), className="number") for name in shown]
        )
        for label in order.index
    ]
    return html.Table([html.Thead(html.Tr(head)), html.Tbody(body)])


def _said(values: pd.DataFrame, halves: pd.DataFrame, label: str, measure: str) -> str:
    value = values.at[label, measure]
    if pd.isna(value):
        return "–"
    half = halves.at[label, measure] if measure in halves and label in halves.index else None
    text = f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"
    return text if half is None or pd.isna(half) else f"{text} ± {half:.3f}"
