"""Films for several people: each with everybody's stars, and what each way gives to whom."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.rated_words import RatedWords
from dashboard.recommend.placed_film import placed_film
from dashboard.wording import listed
from recommender.serving.evening import Evening, SharedFilm

WAYS = {
    "average": ("Average", "The best mean of everybody’s stars comes first."),
    "misery": ("Least misery", "The film whose least content viewer is happiest comes first."),
    "turns": (
        "In turns",
        "Each in turn names five favourites, of which the others choose one.",
    ),
}
LIKED = 2  # people in a reason
YOU = "You"  # what assets/together.js calls the visitor


def films(
    found: Evening,
    names: Sequence[str],
    titles: Mapping[int, str],
    imdb: Mapping[int, str | None],
    words: RatedWords,
) -> html.Ol:
    """The films, best first. titles: of the films that the people rated. imdb: ids there."""
    rows = [
        _film(place, each, names, titles, imdb.get(each.film.movie_id), words)
        for place, each in enumerate(found.films, 1)
    ]
    return html.Ol(rows, className="shelf tonight together-films")


def _film(
    place: int,
    shared: SharedFilm,
    names: Sequence[str],
    titles: Mapping[int, str],
    imdb_id: str | None,
    words: RatedWords,
) -> dict[str, Any]:
    expected = _everybodys_stars(shared, names, words)
    return placed_film(place, shared.film, expected, reason(shared, names, titles), imdb_id, words)


def _everybodys_stars(shared: SharedFilm, names: Sequence[str], words: RatedWords) -> html.Ul:
    return html.Ul(
        [
            html.Li(
                [
                    f"{name} ",
                    html.Span(words.predicted_rating(each.stars), className="expected-stars"),
                ],
                title=f"{name} would likely give it {words.predicted(each.low)} to"
                f" {words.predicted_rating(each.high)}.",
            )
            for name, each in zip(names, shared.expected, strict=True)
        ],
        className="everybodys-stars figures",
        **{"aria-label": "Stars that each would give"},
    )


def reason(shared: SharedFilm, names: Sequence[str], titles: Mapping[int, str]) -> str | None:
    """One plain sentence: whose turn it was, and for whom which liked film speaks for it."""
    liked = {
        place: titles[because[0]]
        for place, because in enumerate(shared.because)
        if because and because[0] in titles
    }
    if shared.chosen_by is not None:
        return _turn(names[shared.chosen_by], liked.get(shared.chosen_by))
    told = [f"{_inside(names[place])} liked {title}" for place, title in liked.items()]
    return f"Because {listed(told[:LIKED])}" if told else None


def _turn(name: str, liked: str | None) -> str:
    if name == YOU:
        return f"Your turn: you liked {liked}" if liked else "Your turn"
    return f"{name}’s turn, who liked {liked}" if liked else f"{name}’s turn"


def _inside(name: str) -> str:
    """A name within a sentence."""
    return "you" if name == YOU else name


def means(found: Evening, names: Sequence[str], chosen: str, words: RatedWords) -> html.Div:
    """What each way gives to each person: the mean of their stars over its films."""
    head = [html.Th("Ten films chosen", scope="col")] + [
        html.Th(name, scope="col", className="number") for name in (*names, "Lowest")
    ]
    rows = [
        html.Tr(
            [
                html.Th([WAYS[way][0], " (shown)" if way == chosen else ""], scope="row"),
                *(html.Td(words.mean(each), className="number") for each in (*of_way, min(of_way))),
            ]
        )
        for way, of_way in found.means.items()
    ]
    return html.Div(
        html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)]),
        className="chart-table taste-table",
        tabIndex="0",
        role="region",
        **{"aria-label": "What each way gives to each person"},
    )
