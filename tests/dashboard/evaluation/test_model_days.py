"""The page Models says of what day the models are that answer."""

import os
from datetime import UTC, datetime

import pytest

from dashboard.evaluation.model_days import model_days
from dashboard.state.session import session
from recommender.serving import artifacts, training
from tests.recommender.serving.two_datasets import forget_models, load_first


@pytest.fixture
def said(scratch, monkeypatch, tmp_path):
    """`said()`: the sentences; an empty database, and no models yet."""
    monkeypatch.setattr(artifacts, "home", lambda: tmp_path)
    forget_models()

    def now() -> list[str]:
        with session() as current:
            return [each.children for each in model_days(current.models, current.dataset)]

    return now


def trained(key: str, day: int) -> None:
    """Train a model as if on this day of February 2024."""
    training.train([key])
    newest = max(
        artifacts.home().glob(f"models/*/{key}/manifest.json"),
        key=lambda path: path.stat().st_mtime,
    )
    moment = datetime(2024, 2, day, 12, tzinfo=UTC).timestamp()
    os.utime(newest, (moment, moment))


NEW, OLD = (
    "Models of first, trained on {}.",
    "Until they are trained again, models of first as it was answer, of {}.",
)
BOTH = "28 Feb 2024: Cosine, users; 27 Feb 2024: Popularity"


def test_of_what_day_models_are_before_and_after_ratings_were_added(said):
    load_first()
    assert said() == []
    trained("popularity", 27)
    assert said() == [NEW.format("27 Feb 2024: Popularity")]
    trained("user-cosine", 28)
    assert said() == [NEW.format(BOTH)]
    load_first((31, 1, 4.0, 0))
    assert said() == [OLD.format(BOTH)]
    trained("popularity", 29)
    assert said() == [
        NEW.format("29 Feb 2024: Popularity"),
        OLD.format("28 Feb 2024: Cosine, users"),
    ]


def test_models_of_one_day_are_told_apart(said):
    load_first()
    trained("popularity", 28)
    trained("user-cosine", 28)
    assert said() == [NEW.format("28 Feb 2024: Popularity · Cosine, users")]
