"""A dataset, and another that has most of its films under other numbers."""

from db.ingest.swap import load
from recommender.serving import artifacts, former_models
from recommender.serving.kept_questions import open_questions
from recommender.serving.taste_map import open_map
from tests.db.importing import source

# Of which even ones please even users
FILMS = [(n, f"Number {'abcdefghijkl'[n]}", 1990 + n, "Drama") for n in range(12)]
RATINGS = [
    (user, n, 5.0 if (user + n) % 2 == 0 else 1.0, 86_400 * (user + n))
    for user in range(30)
    for n in range(12)
    if (user + 3 * n) % 5
]
# Without the films f and g, and with the years in the titles
OTHERS = [
    (100 - n, f"{title} ({year})", year, genres)
    for n, title, year, genres in FILMS
    if n not in (5, 6)
]
OTHER_RATINGS = [(user, film[0], 3.0, 0) for user in range(9) for film in OTHERS]


def load_first(*more: tuple) -> None:
    """With more ratings (user, film, stars, seconds)."""
    load(source([*RATINGS, *more], FILMS, "first"))


def load_second() -> None:
    load(source(OTHER_RATINGS, OTHERS, "second"))


def forget_models() -> None:
    """Those that this process has opened, as datasets of the same content come again in tests."""
    former_models._matrix.cache.clear()
    for opened in (artifacts.open_matrix, artifacts.open_model, open_questions, open_map):
        opened.cache_clear()
