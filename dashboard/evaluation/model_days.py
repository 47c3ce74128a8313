"""Of what day the models are that answer."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from dash import html

from dashboard.wording import day
from db.store.datasets import Dataset
from recommender.models import MODELS
from recommender.serving import artifacts
from recommender.serving.trained_models import TrainedModels

DAY = 86_400  # seconds


def model_days(models: TrainedModels, dataset: Dataset) -> list[html.P]:
    """A sentence on the dataset's own, and one on those that answer until these are there."""
    own = artifacts.trained_at(models.fingerprint)
    said = [_said(f"Models of {dataset.name}, trained on", own)] if own else []
    if models.former:
        known = artifacts.trained_at(models.former.matrix.fingerprint)
        others = {key: at for key, at in known.items() if key in models.former.keys}
        again = " as it was" if models.former.name == dataset.name else ""
        whose = f"Until they are trained again, models of {models.former.name}{again} answer, of"
        said += [_said(whose, others)] if others else []
    return said


def _said(whose: str, trained: Mapping[str, float]) -> html.P:
    """trained: by key, in seconds since 1970."""
    by_day: dict[date, list[str]] = {}
    for key, at in sorted(trained.items(), key=lambda each: -(each[1] // DAY)):
        by_day.setdefault(datetime.fromtimestamp(at, UTC).date(), []).append(MODELS[key].label)
    parts = [f"{day(when)}: {' · '.join(labels)}" for when, labels in by_day.items()]
    return html.P(f"{whose} {'; '.join(parts)}.", className="card-about")
