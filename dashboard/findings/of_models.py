"""What stands out among the models, as they were measured.

Rows: as model_measures gives them, of one protocol's main run.
"""

import pandas as pd

from dashboard.figures.answers_worth import GAINED
from dashboard.figures.model_quality import QUALITY
from dashboard.figures.yearly_mean import NORMAL
from dashboard.findings.finding import Finding, beyond_chance
from dashboard.wording import listed, signed

NAMED = 2  # models in a sentence; of more it says how many


def best_model(rows: pd.DataFrame) -> Finding | None:
    """Which model scores highest, and which others chance can't tell from it.

    Only models that were compared with it, on the same visitors, count.
    """
    quality = rows[rows["measure"] == QUALITY].sort_values("value", ascending=False)
    if len(quality) < 2:
        return None
    best = quality.iloc[0]
    against = rows[(rows["measure"] == "against") & (rows["best"] == best["label"])]
    if against.empty:
        return None
    told = [_is_told(row, len(against)) for row in against.itertuples()]
    alike = against["label"][[not each for each in told]].tolist()
    quality_of_it = f"NDCG@10 {best['value']:.3f} ± {_half(best):.3f}"
    if alike:
        words = "scores highest"
        rest = f"{_some(alike)} {'is' if len(alike) == 1 else 'are'} within chance of it."
        text = f"{_named(best)} {words}, {quality_of_it}; {rest}"
    else:
        words = "makes the best lists"
        among = "" if len(against) == len(quality) - 1 else f" of {len(against) + 1} compared"
        nearest = against.sort_values("value").iloc[-1]
        rest = f"beyond chance; next is {nearest['label']}, {_behind(nearest)} behind."
        text = f"{_named(best)} {words}{among}, {quality_of_it}, {rest}"
    return Finding(text, "model-quality", words)


def over_popularity(rows: pd.DataFrame) -> Finding | None:
    """How far the default is from what everybody is told alike, where it is the best."""
    against = rows[(rows["measure"] == "against") & (rows["model"] == "popularity")]
    if against.empty or against["best"].tolist() != rows["label"][rows["default"]][:1].tolist():
        return None
    row = next(against.itertuples())
    if not _is_told(row):
        text = f"That the default beats a list of the most popular films ({_behind(row)}) is within"
        return Finding(f"{text} chance.", "model-trade-offs", "within chance")
    text = f"The default beats a list of the most popular films by {_behind(row)}, beyond chance."
    return Finding(text, "model-trade-offs", "beats a list of the most popular films")


def worth_of_answers(rows: pd.DataFrame) -> Finding | None:
    """What more answers add to the default's lists. rows: of the questions."""
    of = rows[rows["default"] & rows["measure"].isin(GAINED)].dropna(subset=["low", "high"])
    if of.empty:
        return None
    said = [
        f"{signed(row.value, 3)} ± {_half(row):.3f} from {GAINED[row.measure]}"
        f" ({'beyond' if _is_told(row, len(of)) else 'within'} chance)"
        for row in of.itertuples()
    ]
    words = "the default’s lists gain"
    return Finding(f"By questions asked, {words} {listed(said)}.", "model-answers-worth", words)


def _is_told(row, comparisons: int = 1) -> bool:
    """Whether a difference with a 95 % interval is beyond chance."""
    return beyond_chance(row.value, _half(row) / NORMAL, comparisons)


def _half(row) -> float:
    return (row.high - row.low) / 2


def _behind(row) -> str:
    return f"{abs(row.value):.3f} ± {_half(row):.3f}"


def _named(best: pd.Series) -> str:
    return f"{best['label']}, the default," if best["default"] else best["label"]


def _some(labels: list[str]) -> str:
    if len(labels) <= NAMED:
        return listed(labels)
    return listed([*labels[: NAMED - 1], f"{len(labels) - NAMED + 1} others"])
