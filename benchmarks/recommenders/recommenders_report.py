"""The figures as Markdown."""

from benchmarks.report import table as markdown_table
from recommender.evaluate import report_table
from recommender.evaluate.evaluation_report import Report
from recommender.evaluate.protocols import PROTOCOLS
from recommender.models import DEFAULT_MODEL

HEADLINES = {
    "visitor": "- **Recommendations** (NDCG@10 for people whom no model has seen",
    "questions": "- **After the first five questions** (NDCG@10",
    "themes": "- **One kind of film** (share of the ten on theme",
    "time": "- **Recommendations** (NDCG@10 of what came later",
    "rating": "- **Predicted stars** (RMSE, 5-fold",
    "stars": "- **Stars for new visitors** (RMSE, 15 given",
}
CANNOT_FOLD_IN = ("Surprise: ", "implicit: BPR")


def markdown(report: Report, plot: str) -> str:
    """What was measured on, the table, what its columns are. `plot`: its path, "" for none."""
    header, lines = report_table.rows(report)
    parts = [report_table.heading(report), markdown_table(header, lines), _notes(report)]
    if plot:
        parts.append(f"![Each model with its interval]({plot})")
    return "\n\n".join(parts)


def headline(report: Report) -> str:
    """Our default, our best, and the best of each library, by the measure that counts, in one line.

    Surprise's predict stars, and are named only where those are measured.
    """
    primary = PROTOCOLS[report.protocol].primary
    values = {each.model: each.measures[primary.name] for each in report.results}
    if report.protocol != "rating":
        values = {name: at for name, at in values.items() if not name.startswith("Surprise: ")}
    ranked = sorted(values, key=lambda model: primary.rank(values[model]))
    firsts = {model.partition(": ")[0] if ": " in model else "": model for model in ranked[::-1]}
    ours = firsts.pop("", None)
    named = [f"{model} {values[model]:.3f}" for model in ranked if model in firsts.values()]
    best = [
        f"{key} {values[key]:.3f}" for key in dict.fromkeys((DEFAULT_MODEL, ours)) if key in values
    ]
    said = "; ".join([*best, *named, *_ranges(report, ranked[0])])
    return f"{HEADLINES[report.protocol]}, {report.dataset}): {said}."


def _ranges(report: Report, best: str) -> list[str]:
    """What the best model's ranges around stars hold, where they are measured."""
    measures = next(each.measures for each in report.results if each.model == best)
    if "covered" not in measures:
        return []
    return [f"its 80 % range holds {100 * measures['covered']:.1f} % of the stars that they gave"]


def _notes(report: Report) -> str:
    best = next((each.against.model for each in report.results if each.against), None)
    notes = [PROTOCOLS[report.protocol].bias, "In brackets: 95 % bootstrap intervals over users."]
    if best:
        notes.append(f"Against the best: the difference from `{best}` on the same users.")
    if any(each.model.startswith(CANNOT_FOLD_IN) for each in report.results):
        notes.append(
            "Surprise's models and implicit's BPR can't fold a visitor in; where lists are measured"
            " they learn the visitors' given ratings with everyone else's."
        )
    return " ".join(notes)
