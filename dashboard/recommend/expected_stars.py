"""What a visitor would give to a film, in words on its card."""

from dash import html

from dashboard.rated_words import RatedWords
from recommender.serving.star_estimates import StarEstimate


def expected_line(expected: StarEstimate | None, words: RatedWords) -> html.Div | None:
    """Predicted stars and the likely range; nothing where nobody can tell."""
    if expected is None:
        return None
    return html.Div(
        [
            html.Span(words.predicted_rating(expected.stars), className="expected-stars"),
            f" for you, likely {words.predicted(expected.low)} to {words.predicted(expected.high)}",
        ],
        className="small figures",
        title="What you would give it: four in five people like you rate it in this range.",
    )
