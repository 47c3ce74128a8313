"""Whose models answer, and of what day these are, where they are not of the dataset as it is."""

from dash import html

from dashboard.wording import moment
from db.store.datasets import Dataset
from recommender.models.base import Recommender
from recommender.serving.trained_models import TrainedModels, is_former, trained_when


def former_notice(
    answering: list[Recommender], models: TrainedModels, dataset: Dataset
) -> html.P | None:
    """None where the models that answer are the dataset's own."""
    words = former_words(answering, models, dataset)
    return html.P(words, className="muted", role="status") if words else None


def former_words(
    answering: list[Recommender], models: TrainedModels, dataset: Dataset, these: str = "These come"
) -> str:
    """The same within a paragraph; "" where there is none. these: what comes from them."""
    of_before = [model for model in answering if is_former(model)]
    if not models.former or not of_before:
        return ""
    again = "" if models.former.name != dataset.name else " as it was"
    gone = ", without the films that are gone" if (models.former.matrix.movie_ids < 0).any() else ""
    trained = moment(min(map(trained_when, of_before)))
    return (
        f"{these} from the models of {models.former.name}{again}, trained on {trained}{gone};"
        f" those of {dataset.name} are being trained."
    )
