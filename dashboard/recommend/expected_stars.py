"""What a visitor would give to a film, in words on its card."""

from dash import html

from recommender.serving.star_estimates import StarEstimate


def expected_line(expected: StarEstimate | None) -> html.Div | None:
    """Predicted stars and the likely range; nothing where nobody can tell."""
    if expected is None:
        return None
    return html.Div(
        [
            html.Span(f"{expected.stars:.1f} ★", className="expected-stars"),
            f" for you, likely {expected.low:.1f} to {expected.high:.1f}",
        ],
        className="small figures",
        title="What you would give it: four in five people like you give stars in this range.",
    )
