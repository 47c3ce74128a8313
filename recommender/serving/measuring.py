"""Measuring the models of any dataset unasked, so that the Models page has figures."""

import time
from collections.abc import Callable
from itertools import count

from db.store.engine import reading
from db.store.evaluations import evaluations, save_evaluation
from recommender.data.rating_log import RatingLog
from recommender.evaluate.evaluation import evaluate
from recommender.evaluate.evaluation_report import Report
from recommender.evaluate.plan import Plan
from recommender.evaluate.protocols import PROTOCOLS
from recommender.evaluate.ranked_lists import Progress
from recommender.evaluate.splits import SplitError
from recommender.models import DEFAULT_MODEL, MODELS
from recommender.serving.ratings import sampled_log

SECONDS = 60.0  # of one core, for everything
MOST_RATINGS = 60_000  # of users drawn at random; half of them are learned from, the others asked
FEWEST_RATINGS = 100  # fewer tell nothing
PLANS = (
    Plan("visitor", folds=1, n_folds=2, visitors=150),
    Plan("questions", folds=1, n_folds=2, visitors=150),
    Plan("rating", folds=1),
)
Steps = Callable[[int, int], None]
"""Told how many steps are done and how many there are."""


def measure_missing(steps: Steps = lambda *_: None) -> list[str]:
    """Measure the default and the quick models by PLANS on a sample, unless that has been done.

    The default comes first. Each protocol's models are measured in one run, as that compares them
    with the same best; what there is no time for waits for `python -m recommender evaluate`.
    Figures are kept as soon as they are there. Returns the keys of the models measured now. Raises
    NoDataset, DatabaseUnavailable, or DatabaseError where they can't be written.
    """
    log, end = sampled_log(MOST_RATINGS), time.process_time() + SECONDS
    if len(log) < FEWEST_RATINGS:
        return []
    keys = _keys(log)
    plans = [plan for plan in PLANS if not _done(log, plan, keys)]
    done, measured = count(), dict[str, None]()

    def progress(_: str) -> None:
        steps(min(next(done), len(plans) * len(keys)), len(plans) * len(keys))

    for plan in plans:
        if time.process_time() < end:
            measured |= dict.fromkeys(_measure(log, plan, keys, end, progress))
    return [*measured]


def _measure(
    log: RatingLog, plan: Plan, keys: list[str], end: float, progress: Progress
) -> list[str]:
    """The keys of the models measured until the processor's clock shows `end`."""
    report = None
    try:
        for report in evaluate(log, plan, {key: MODELS[key] for key in keys}, progress):
            save_evaluation(report.to_json())
            if time.process_time() > end:
                break
    except SplitError:  # a dataset too small to hold anything out
        return []
    return _finish(report, keys) if report else []


def _finish(report: Report, keys: list[str]) -> list[str]:
    """Note beside each result which models the run had, so that it is not made again."""
    said = report.to_json()
    run = {"run": keys}
    save_evaluation(said | {"results": [result | run for result in said["results"]]})
    return [result.model for result in report.results]


def _done(log: RatingLog, plan: Plan, keys: list[str]) -> bool:
    """Whether these models have been measured, as far as there was time."""
    with reading() as connection:
        kept = evaluations(connection)
    same = (log.fingerprint, plan.protocol, plan.seed)
    version, split = PROTOCOLS[plan.protocol].version, plan.description(log)
    return any(
        (row.fingerprint, row.protocol, row.seed) == same
        and (row.result.get("version"), row.result["split"]) == (version, split)
        and row.result.get("run") == keys
        for row in kept.itertuples()
    )


def _keys(log: RatingLog) -> list[str]:
    """The default, then the quick models."""
    quick = [key for key in MODELS if MODELS[key].quick and key != DEFAULT_MODEL]
    return [key for key in (DEFAULT_MODEL, *quick) if not MODELS[key].obstacle(len(log))]
