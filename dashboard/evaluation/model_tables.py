"""What was measured of the models, a table for each way of measuring."""

import pandas as pd
from dash import html

from dashboard.evaluation.model_measures import main_run

MEASURES = {
    "ndcg@10": (
        "NDCG@10",
        "How high up the ten stand the films that the visitor went on to like; 1 is perfect.",
    ),
    "rmse": ("RMSE", "The typical error of predicted stars; it says little about lists."),
    "against": (
        "vs best",
        "The difference from the best model on the same people. Where ± is the smaller figure, it"
        " is more than chance.",
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
    "mae": ("MAE", "The mean error of predicted stars; lower is better."),
    "p95_ms": ("p95, ms", "19 of 20 answers take at most this long."),
    "fit_seconds": ("Training, s", "The time to learn what the model was given, once."),
}
PROTOCOLS = {
    "visitor": (
        "New visitors",
        "Every user is a visitor once, unknown to the models; the ten films recommended are"
        " compared with those that they liked (4 stars or more).",
    ),
    "time": (
        "What came later",
        "The models learn what was rated before a date and recommend to those who rate after it;"
        " the ten are compared with what they then liked. People known by then give their last 15"
        " ratings, new ones their first 15.",
    ),
    "rating": (
        "Predicted stars",
        "Every rating is predicted once by a model that has not seen it.",
    ),
}
ERRORS = ("rmse", "mae")


def meanings() -> html.Dl:
    """What each measure means."""
    parts = [html.Div([html.Dt(name), html.Dd(text)]) for name, text in MEASURES.values()]
    return html.Dl(parts, className="meanings")


def tables(rows: pd.DataFrame) -> list:
    """Heading, explanation and table of each protocol's main run.

    rows: as model_measures gives them.
    """
    found = []
    for protocol, (title, about) in PROTOCOLS.items():
        of = main_run(rows, protocol)
        if len(of):
            found += [html.H3(title), html.P(f"{about} {_where(of)}", className="card-about")]
            found.append(html.Div(_table(of), className="chart-table", tabIndex="0"))
    return found


def _where(of: pd.DataFrame) -> str:
    """On which ratings, split how, and how many people that were."""
    first = of.iloc[0]
    split = f" {first['split'][:1].upper()}{first['split'][1:]}." if first["split"] else ""
    sizes = ", ".join(sorted({f"{n:,}" for n in of["n"].dropna().astype(int)}))
    unit = "ratings" if first["protocol"] == "rating" else "visitors"
    return (
        f"{first['dataset']} (fingerprint {first['fingerprint'][:8]}), {sizes} {unit},"
        f" seed {first['seed']}.{split} ± is half a 95 % interval."
    )


def _table(rows: pd.DataFrame) -> html.Table:
    """A line a model, a column a measure, the best first."""
    values = rows.pivot_table(index="label", columns="measure", values="value")
    shown = [name for name in MEASURES if name in values]
    order = values.sort_values(shown[0], ascending=shown[0] in ERRORS, na_position="last").index
    cells = {(row.label, row.measure): _said(row) for row in _named(rows, order[0]).itertuples()}
    head = [html.Th("Model", scope="col")]
    head += [html.Th(MEASURES[name][0], scope="col", className="number") for name in shown]
    body = [
        html.Tr(
            [html.Th(label, scope="row")]
            + [html.Td(cells.get((label, name), "–"), className="number") for name in shown]
        )
        for label in order
    ]
    return html.Table([html.Thead(html.Tr(head)), html.Tbody(body)])


def _named(rows: pd.DataFrame, first: str) -> pd.DataFrame:
    """With the names of the models compared with, unless that is the first for all.

    Models measured in runs of their own were compared with different ones.
    """
    return rows.assign(best=None) if (rows["best"].dropna() == first).all() else rows


def _said(row) -> str:
    text = f"{row.value:.3f}" if abs(row.value) < 10 else f"{row.value:.1f}"
    if row.measure == "against":
        text = f"{row.value:+.3f}".replace("-", "−")
    if pd.notna(row.low):
        text += f" ± {(row.high - row.low) / 2:.3f}"
    return f"{text} ({row.best})" if row.measure == "against" and row.best else text
