"""The trained models of the current dataset; each worker opens them once."""

from collections.abc import Collection, Iterable, Mapping

from dash import html

from dashboard.figures.titles import plain_title
from db.store.engine import dataset, reading
from recommender.data.rating_matrix import RatingMatrix
from recommender.models import DEFAULT_MODEL, MODELS, STAND_INS
from recommender.models.base import Recommender
from recommender.models.item_cosine import ItemCosineRecommender
from recommender.questions.quick_start import next_questions, open_questions
from recommender.serving import artifacts, shelves
from recommender.serving.artifacts import ArtifactError


def matrix() -> RatingMatrix | None:
    """The current dataset's ratings; None until training has saved them."""
    try:
        return artifacts.open_matrix(_fingerprint())
    except ArtifactError:
        return None


def model(key: str) -> Recommender | None:
    """A trained model; None until it is trained."""
    try:
        return artifacts.open_model(key, _fingerprint())
    except ArtifactError:
        return None


def answering(key: str) -> Recommender | None:
    """The model asked for or, until it is trained, the best of those that are."""
    candidates = (model(each) for each in (key, DEFAULT_MODEL, *STAND_INS))
    return next((found for found in candidates if found is not None), None)


def questions(n: int, skip: Collection[int]) -> list[int]:
    """The n films to ask about first; the first models' training finds them before all else."""
    try:
        return next_questions(open_questions(_fingerprint()), n, skip)
    except ArtifactError:
        return []


def compared(ratings: Mapping[int, float], wanted: dict, n: int) -> dict[str, list]:
    """Every trained model's best `n` films by its label. wanted: as for shelves.top."""
    trained = [found for found in map(model, MODELS) if found is not None]
    return {each.label: shelves.top(each, ratings, n=n, **wanted) for each in trained}


def names(ratings: RatingMatrix, movie_ids: Iterable[int]) -> dict[int, str]:
    """Titles of films, as they are read."""
    columns = ratings.columns(list(movie_ids))
    films = ratings.movies.iloc[columns[columns >= 0]]
    return dict(zip(films["movie_id"], films["title"].map(plain_title), strict=True))


def similar_movies(movie_id: int, n: int) -> list[int] | None:
    """The films rated most like this one, perhaps none; None until that is learned."""
    films = model("item-cosine")
    if not isinstance(films, ItemCosineRecommender):
        return None
    return [movie for movie, _ in films.similar(movie_id, n)]


def waiting() -> html.P:
    """What stands where a model's answer will be."""
    text = "Reelscope is still learning from the ratings. Try again in a moment."
    return html.P(text, className="muted", role="status")


def _fingerprint() -> str:
    with reading() as connection:
        return dataset(connection).fingerprint
