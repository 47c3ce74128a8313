"""What the recommender found, as shelves of films or as models side by side."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.figures.titles import film_name
from dashboard.paths import film_path
from dashboard.rated_words import RatedWords
from dashboard.recommend.expected_stars import expected_line
from dashboard.recommend.placed_film import placed_film
from dashboard.wording import listed
from recommender.serving.list_agreement import rank_biased_overlap
from recommender.serving.shelves import Recommendation, Shelves

SAID = 2  # films in a reason
NO_REASON = "For what others gave it; none of your ratings speaks for it"
SHELVES = {
    "tonight": (
        "Tonight’s ten",
        "Best first: by how well they fit what you rated, not by stars alone.",
    ),
    "gems": ("Hidden gems", "Films that few have rated, and that fit you."),
    "genres": ("More in the genres you rate highest", "From {genres}, which your ratings favour."),
}


@dataclass(frozen=True)
class Reasons:
    """How reasons are said.

    stars: the visitor's by film. titles: of these films. exact: whether reasons are. words: how
    ratings are written.
    """

    stars: Mapping[int, float]
    titles: Mapping[int, str]
    exact: bool
    words: RatedWords = field(default_factory=RatedWords)

    def said(self, film: Recommendation) -> str | None:
        """One plain reason for a film; None where nothing that can be said speaks for it."""
        return self._sentence(film, self._known(film.because)[:SAID])

    def of_shelf(self, films: Sequence[Recommendation]) -> list[str]:
        """A reason for each film of a list. Of the films that speak for one, those said least."""
        times: Counter[int] = Counter()
        found = []
        for film in films:
            liked = sorted(self._known(film.because), key=lambda movie: times[movie])[:SAID]
            times.update(liked)
            found.append(self._sentence(film, liked) or NO_REASON)
        return found

    def _known(self, movies: Iterable[int]) -> list[int]:
        """Those that the dataset has."""
        return [movie for movie in movies if movie in self.titles]

    def _sentence(self, film: Recommendation, liked: list[int]) -> str | None:
        if liked:
            names = listed([self.titles[movie] for movie in liked])
            return f"Because you rated {names}" if self.exact else f"Close to {names}"
        disliked = self._known(film.unlike)[:SAID]
        return f"Less like {self._given(disliked)}" if disliked else None

    def _given(self, disliked: list[int]) -> str:
        """Films with what the visitor gave them: what two got alike is said once."""
        numbers = [self.words.number(self.stars[movie]) for movie in disliked]
        titles = [self.titles[movie] for movie in disliked]
        if len(set(numbers)) == 1:
            return f"{listed(titles)}, which you gave {numbers[0]}"
        each = zip(titles, numbers, strict=True)
        return listed([f"{title} (you gave {number})" for title, number in each])


def shelves(found: Shelves, reasons: Reasons, imdb: Mapping[int, str | None]) -> html.Div:
    """The shelves that were found. imdb: the films' ids there, by movie_id."""
    parts = [
        html.Section(
            [
                html.H3(title),
                html.P(about.format(genres=_favourites(found)), className="card-about"),
                html.Ol(_films(getattr(found, field), reasons, imdb), className=f"shelf {field}"),
            ],
            className="shelf-section",
        )
        for field, (title, about) in SHELVES.items()
        if getattr(found, field)
    ]
    return html.Div(
        parts or html.P("No film fits: widen the age or the genres.", className="muted")
    )


def _favourites(found: Shelves) -> str:
    return listed(list(found.favourite_genres))


def _films(
    films: Sequence[Recommendation], reasons: Reasons, imdb: Mapping[int, str | None]
) -> list[dict[str, Any]]:
    words = reasons.words
    return [
        placed_film(
            place, film, expected_line(film.expected, words), why, imdb.get(film.movie_id), words
        )
        for place, (film, why) in enumerate(zip(films, reasons.of_shelf(films), strict=True), 1)
    ]


def comparison(found: Mapping[str, list]) -> html.Div:
    """Each model's best films in a column of its own; films that several name are marked.

    found: model label -> its recommendations, best first; the first is what the rest are held to.
    """
    votes = pd.Series([film.movie_id for films in found.values() for film in films]).value_counts()
    first = next(iter(found), "")
    columns = [
        html.Section(
            [
                html.H3(label),
                _agreement(label, films, first, found[first]),
                html.Ol(
                    [html.Li(_compared(film, int(votes[film.movie_id]))) for film in films],
                    className="compared",
                ),
            ]
        )
        for label, films in found.items()
    ]
    about = (
        "Each model’s ten, best first. Agreement is rank-biased overlap: 1 where two lists are the"
        " same, 0 where they share nothing, the first places counting most."
    )
    return html.Div(
        [html.P(about, className="card-about"), html.Div(columns, className="comparison")]
    )


def _agreement(label: str, films: list, first: str, best: list) -> html.P | None:
    """How far a model's list agrees with that of the first."""
    if label == first:
        return None
    one, other = ([film.movie_id for film in each] for each in (films, best))
    said = f"Agreement with {first}: {rank_biased_overlap(one, other):.2f}"
    return html.P(said, className="muted small figures mb-0")


def _compared(film, votes: int) -> list:
    link = dcc.Link(film_name(film.title, film.release_year), href=film_path(film.movie_id))
    return [link, html.Span(f" in {votes} lists", className="muted small")] if votes > 1 else [link]
