"""What was measured of the models, a table for each way of measuring."""

from itertools import pairwise

import pandas as pd
from dash import html

from dashboard.evaluation.model_measures import main_run
from dashboard.wording import signed
from recommender.evaluate.measured import PrimaryMeasure
from recommender.evaluate.protocols import PROTOCOLS
from recommender.evaluate.question_visits import ASKED
from recommender.evaluate.report_table import GAINED
from recommender.evaluate.splits import FEWER_GIVEN

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
    **{f"ndcg@10 given {n}": (f"{n} given", "") for n in (10, 5, 3, 1)},
    **{f"ndcg@10 after {n}": (f"After {n}", "") for n in ASKED[1:]},
    **{f"ndcg@10 well known {n}": (f"Well known, {n}", "") for n in ASKED},
    **{
        f"ndcg@10 gained after {n}": (
            f"Gained, {fewer} to {n}",
            f"What NDCG@10 gains from {fewer} questions to {n}, of those who had answered before.",
        )
        for fewer, n in pairwise(ASKED)
    },
    "on_theme": (
        "On theme",
        "For visitors who like one kind of film: how many of the ten are of it.",
    ),
    "overlap": (
        "Overlap",
        "What lists for different kinds of film have in common: much where a model won’t listen.",
    ),
    "stratified_ndcg@10": (
        "Stratified",
        "NDCG in which a rare film counts for more: by the root of its ratings (Steck, 2011).",
    ),
    "fame": ("Fame", "How many of the ten are among the 50 most rated films."),
    "answers": ("Answers", "How many films a visitor gives, on average."),
    "recall@10": ("Recall@10", "The share of all films that the visitor liked that the ten hold."),
    "hit_rate@10": ("Hit rate", "The share of visitors who liked at least one of the ten."),
    "coverage": ("Coverage", "The share of all films that are recommended to anyone."),
    "novelty": ("Novelty", "How little known the ten are: mean −log2 of the share who rated each."),
    "popular_share": (
        "Of the top 1 %",
        "How many of the ten are of the most popular 1 % of films.",
    ),
    "diversity": ("Diversity", "How unlike in genre the ten are: 1 less their mean cosine."),
    "covered": ("Covered", "The share of stars within their range, which shall be 80 %."),
    "width": ("Width", "How wide that range is, in stars."),
    **{f"rmse given {n}": (f"RMSE, {n} given", "") for n in FEWER_GIVEN},
    **{f"covered given {n}": (f"Covered, {n}", "") for n in FEWER_GIVEN},
    **{f"width given {n}": (f"Width, {n}", "") for n in FEWER_GIVEN},
    "mae": ("MAE", "The mean error of predicted stars; lower is better."),
    "p95_ms": ("p95, ms", "19 of 20 answers take at most this long."),
    "fit_seconds": ("Training, s", "The time to learn what the model was given, once."),
}


def meanings() -> html.Dl:
    """What each measure means."""
    parts = [html.Div([html.Dt(name), html.Dd(text)]) for name, text in MEASURES.values() if text]
    return html.Dl(parts, className="meanings")


def tables(rows: pd.DataFrame) -> list:
    """Heading, explanation and table of each protocol's main run.

    rows: as model_measures gives them.
    """
    found = []
    for key, protocol in PROTOCOLS.items():
        of = main_run(rows, key)
        if len(of):
            about = f"{protocol.about} {protocol.bias} {_where(of)}"
            found += [html.H3(protocol.title), html.P(about, className="card-about")]
            table = _table(of, protocol.primary)
            found.append(html.Div(table, className="chart-table", tabIndex="0"))
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


def _table(rows: pd.DataFrame, primary: PrimaryMeasure) -> html.Table:
    """A line a model, a column a measure, the best first."""
    values = rows.pivot_table(index="label", columns="measure", values="value")
    shown = [primary.name, *(name for name in MEASURES if name in values and name != primary.name)]
    values = values.sort_values(primary.name, ascending=primary.lower_is_better)
    order, default = values.index, rows["label"][rows["default"]].head(1).tolist()
    cells = {(row.label, row.measure): _said(row) for row in _named(rows, order[0]).itertuples()}
    head = [html.Th("Model", scope="col")]
    head += [html.Th(MEASURES[name][0], scope="col", className="number") for name in shown]
    body = [
        html.Tr(
            [html.Th(f"{label} (default)" if label in default else label, scope="row")]
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
    if row.measure == "against" or GAINED in row.measure:
        text = signed(row.value, 3)
    if pd.notna(row.low):
        text += f" ± {(row.high - row.low) / 2:.3f}"
    return f"{text} ({row.best})" if row.measure == "against" and row.best else text
