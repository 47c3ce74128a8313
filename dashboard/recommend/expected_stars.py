"""What a visitor would give to a film, in words on its card."""

from functools import lru_cache

from dash import html

from dashboard.rated_words import RatedWords
from recommender.serving.star_estimates import StarEstimate

KEPT = 512  # lines: stars have one decimal, so that they come again and again


def expected_line(expected: StarEstimate | None, words: RatedWords) -> html.Div | None:
    """Predicted stars and the likely range; nothing where nobody can tell."""
    if expected is None:
        return None
    low, high = words.predicted(expected.low), words.predicted(expected.high)
    return _line(words.predicted_rating(expected.stars), low, high)


@lru_cache(KEPT)
def _line(stars: str, low: str, high: str) -> html.Div:
    return html.Div(
        [html.Span(stars, className="expected-stars"), f" for you, likely {low} to {high}"],
        className="small figures",
        title="What you would give it: four in five people like you rate it in this range.",
    )
