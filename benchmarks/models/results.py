"""The figures as Markdown."""

from benchmarks.report import table as markdown_table
from recommender.evaluate import table

CANNOT_FOLD_IN = ("Surprise: ", "implicit: BPR")


def markdown(report: dict) -> str:
    """What was measured on, the table, and what its columns are."""
    header, lines = table.rows(report)
    return f"{table.heading(report)}\n\n{markdown_table(header, lines)}\n\n{_notes(report)}"


def _notes(report: dict) -> str:
    best = next((each["against"]["model"] for each in report["results"] if "against" in each), None)
    notes = ["In brackets: 95 % bootstrap intervals over users."]
    if best:
        notes.append(f"Against the best: the difference from `{best}` on the same users.")
    if any(each["model"].startswith(CANNOT_FOLD_IN) for each in report["results"]):
        notes.append(
            "Surprise's models and implicit's BPR can't fold a visitor in; where lists are measured"
            " they learn the visitors' given ratings with everyone else's."
        )
    return " ".join(notes)
