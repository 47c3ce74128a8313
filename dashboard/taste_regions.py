"""The themes that NMF found, each with a name of its own: by these the map's regions are called."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from dashboard.figures.titles import plain_title
from dashboard.wording import listed
from db import queries
from recommender.models.nmf import NMFRecommender
from recommender.models.nmf_themes import MovieTheme, movie_themes
from recommender.serving.trained_models import TrainedModels

FILMS = 30  # of a theme, that say where it lies on a map


def named_themes(
    connection: Connection, models: TrainedModels
) -> list[tuple[str, MovieTheme]] | None:
    """Each theme and its name, no two alike; None until they are learned.

    Of a former dataset's themes the films that are gone are left out, and those of no other.
    """
    model = models.model_or_former("nmf")
    if not isinstance(model, NMFRecommender):
        return None
    themes = [
        replace(theme, movie_ids=there)
        for theme in movie_themes(model, FILMS)
        if (there := tuple(movie for movie in theme.movie_ids if movie >= 0))
    ]
    wanted = [theme.movie_ids[0] for theme in themes]
    rows = queries.movies(connection, wanted)
    titles = dict(zip(rows["movie_id"], rows["title"], strict=True))
    return list(zip(theme_names(themes, titles), themes, strict=True))


def theme_names(themes: Sequence[MovieTheme], titles: Mapping[int, str]) -> list[str]:
    """By genres; where these are another theme's too by decade as well, else by its first film.

    titles: by movie_id, of the themes' first films as far as they are known.
    """
    genres = [listed(list(theme.genres)) or "Of many genres" for theme in themes]
    dated = [
        f"{name} of the {_decade(theme)}s" if theme.years else name
        for name, theme in zip(genres, themes, strict=True)
    ]
    led = [
        f"{name} like {_title(theme, titles)}" for name, theme in zip(genres, themes, strict=True)
    ]
    named = _unlike(_unlike(genres, dated), led)
    numbers = Counter(named)  # two themes may be led by films of one title
    return [
        f"{name}, {place}" if numbers[name] > 1 else name for place, name in enumerate(named, 1)
    ]


def _unlike(names: Sequence[str], others: Sequence[str]) -> list[str]:
    """`names`, in place of each that occurs more than once its `others`."""
    times = Counter(names)
    return [b if times[a] > 1 else a for a, b in zip(names, others, strict=True)]


def _decade(theme: MovieTheme) -> int:
    """In which the middle of its films came out."""
    assert theme.years is not None
    return sum(theme.years) // 2 // 10 * 10


def _title(theme: MovieTheme, titles: Mapping[int, str]) -> str:
    first = theme.movie_ids[0]
    title = plain_title(titles.get(first, f"film {first}"))
    return title.partition(" (")[0] or title
