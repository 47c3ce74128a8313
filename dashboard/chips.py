"""What is chosen, a chip each: one list above the charts, from which each can be taken away."""

from dataclasses import replace

from dash import html

from dashboard.state.view import View
from db.filters.rating_filters import RatingFilters
from db.queries.disagreement import Within


def chips(view: View) -> html.Nav | None:
    """A link for each single choice to the view without it, and one to that without any."""
    found = [
        _chip(words, replace(view, filters=left, page=1)) for words, left in view.filters.singly()
    ]
    if view.vs is not None:
        found += [
            _chip(f"against {words}", replace(view, vs=left)) for words, left in view.vs.singly()
        ] or [_chip("against all ratings", replace(view, vs=None))]
    if view.within is not None:
        found.append(_chip(_part(view.within), replace(view, within=None)))
    if not found:
        return None
    cleared = replace(view, filters=RatingFilters(), vs=None, within=None, page=1)
    everything = html.A("Clear all", href=f"?{cleared.to_query()}", className="view-link")
    return html.Nav(
        [
            html.Span("Chosen:", id="chosen", className="muted"),
            html.Ul([*found, html.Li(everything)]),
        ],
        className="chips",
        **{"aria-labelledby": "chosen"},
    )


def _part(chosen: Within) -> str:
    """Which of the films that divide opinion are meant."""
    (low, high), (least, most) = chosen.averages, chosen.spreads
    measure = "standard deviation" if chosen.measure == "deviation" else chosen.measure
    return f"average {low:.3g} to {high:.3g}, {measure} {least:.3g} to {most:.3g}"


def _chip(words: str, left: View) -> html.Li:
    said = [words, " ", html.Span("×", **{"aria-hidden": "true"})]
    label = {"aria-label": f"{words}: take away"}
    return html.Li(html.A(said, href=f"?{left.to_query()}", className="chip view-link", **label))
