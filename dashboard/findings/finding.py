"""A sentence that a test supports, and how pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

from dash import html

ERROR = 0.05  # that one of the claims of a sentence is chance, at most
SIDED = 2  # differences both ways are looked for
TESTED = (
    "Each sentence is tested at the 5 % level, all the comparisons behind it counted"
    " (Bonferroni), as if ratings (over time: months) were independent. Those of one user"
    " are alike, so that what is close to chance may be chance."
)


@dataclass(frozen=True)
class Finding:
    """text: one sentence. chart: the id of the chart that shows it. words: of it, those linked."""

    text: str
    chart: str
    words: str


def beyond_chance(difference: float, error: float, comparisons: int = 1) -> bool:
    """Whether a difference of this standard error is seen among so many comparisons."""
    level = NormalDist().inv_cdf(1 - ERROR / SIDED / max(comparisons, 1))
    return abs(difference) > level * error


def listing(findings: Iterable[Finding | None], tested: str = TESTED) -> html.Div | None:
    """The sentences, each linked to its chart, which names it as its description.

    tested: what was done to tell them from chance.
    """
    items = [html.Li(_linked(each)) for each in findings if each is not None]
    if not items:
        return None
    return html.Div([html.Ul(items), html.P(tested, className="muted small mb-0")])


def _linked(finding: Finding) -> html.Span:
    before, words, after = finding.text.partition(finding.words)
    link = html.A(words, href=f"#{finding.chart}-title")
    return html.Span([before, link, after], id=f"{finding.chart}-finding")
