"""Measuring the models of a small dataset unasked, so that the Models page has figures."""

from collections.abc import Callable

from db.store.engine import dataset, reading
from db.store.evaluations import evaluations, save_evaluation
from recommender.data.rating_log import RatingLog
from recommender.evaluate import evaluate
from recommender.evaluate.plan import FOLDS, Plan
from recommender.models import DEFAULT_MODEL, MODELS
from recommender.serving.ratings import stored_log

MOST_RATINGS = 250_000  # five trainings of every model then take minutes, not hours
PLAN = Plan()
Report = Callable[[int, int], None]
"""Told how many steps are done and how many there are."""


def measure_missing(report: Report = lambda *_: None) -> list[str]:
    """Measure the quick models and the default by protocol `visitor`, unless all of them were.

    All in one run, as that compares them with the same best. What is slower, or of larger datasets,
    waits for `python -m recommender evaluate`. Each model's figures are kept as soon as they are
    there. Returns the keys of the models measured now. Raises NoDataset, DatabaseUnavailable, or
    DatabaseError where they can't be written.
    """
    with reading() as connection:
        if dataset(connection).ratings > MOST_RATINGS:
            return []
    log = stored_log()
    keys = _keys(log)
    if _measured(log).issuperset(keys):
        return []
    steps = iter(range(len(keys) * FOLDS))

    def say(_: str) -> None:
        report(next(steps), len(keys) * FOLDS)

    for measured in evaluate(log, PLAN, {key: MODELS[key] for key in keys}, say):
        save_evaluation(measured.to_json())
    return keys


def _measured(log: RatingLog) -> set[str]:
    with reading() as connection:
        kept = evaluations(connection)
    same = [
        (row.fingerprint, row.protocol, row.seed, row.result["split"])
        == (log.fingerprint, PLAN.protocol, PLAN.seed, PLAN.description(log))
        for row in kept.itertuples()
    ]
    return set(kept["model"][same])


def _keys(log: RatingLog) -> list[str]:
    """The default comes last: it takes longest."""
    quick = [key for key in MODELS if MODELS[key].quick and key != DEFAULT_MODEL]
    return [key for key in (*quick, DEFAULT_MODEL) if not MODELS[key].obstacle(len(log))]
