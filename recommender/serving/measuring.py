"""Measuring the models of any dataset unasked, so that the Models page has figures."""

import logging
import time
from collections.abc import Callable, Iterator
from itertools import count

from db.store.engine import reading
from db.store.evaluations import evaluations, mark_earlier, save_evaluation
from db.store.rights import may_write
from recommender.data.rating_log import RatingLog
from recommender.evaluate.evaluation import evaluate
from recommender.evaluate.evaluation_report import Report
from recommender.evaluate.plan import Plan
from recommender.evaluate.protocols import PROTOCOLS
from recommender.evaluate.splits import SplitError
from recommender.models import DEFAULT_MODEL, MODELS
from recommender.serving.figure_roots import made_by, with_makers
from recommender.serving.ratings import sampled_log
from recommender.serving.sharing import one_at_a_time

logger = logging.getLogger(__name__)

SECONDS = 60.0  # of one core, for everything
MOST_RATINGS = 60_000  # of users drawn at random; half of them are learned from, the others asked
FEWEST_RATINGS = 100  # fewer tell nothing
PLANS = (
    Plan("visitor", folds=1, n_folds=2, visitors=150),
    Plan("questions", folds=1, n_folds=2, visitors=150),
    Plan("rating", folds=1),
    Plan("stars", folds=1, visitors=150),
)
Steps = Callable[[int, int], None]
"""Told how many steps are done and how many there are."""


def measure_missing(steps: Steps = lambda *_: None) -> list[str]:
    """Measure the quick models and the default by PLANS on a sample, unless today's code has.

    Each protocol's models are measured in one run, as that compares them with the same best; the
    runs go on side by side, so that each has figures soon, and the default comes when the quick
    models are done. What there is no time for waits for `python -m recommender evaluate`.
    Nor is anything measured where the figures can't be written: by a user who may only read.
    Figures are kept as soon as they are there. Returns the keys of the models measured now. Raises
    NoDataset, DatabaseUnavailable, or DatabaseError where they can't be written.
    """
    with reading() as connection:
        if not may_write(connection):
            logger.info("Models are not measured, as the database is read only.")
            return []
    with one_at_a_time("measuring"):
        return _measured(steps)


def _measured(steps: Steps) -> list[str]:
    log, end = sampled_log(MOST_RATINGS), time.process_time() + SECONDS
    if len(log) < FEWEST_RATINGS:
        return []
    keys = _keys(log)
    run = {key: made_by(key) for key in keys}
    mark_earlier(log.fingerprint, {key: made_by(key) for key in MODELS})
    plans = [plan for plan in PLANS if not _done(log, plan, run)]
    done, n_steps = count(), len(plans) * len(keys)

    def progress(_: str) -> None:
        steps(min(next(done), n_steps), n_steps)

    models = {key: MODELS[key] for key in keys}
    runs = [evaluate(log, plan, models, progress) for plan in plans]
    last = _side_by_side(runs, end)
    return [*dict.fromkeys(key for report in last for key in _finish(report, run))]


def _side_by_side(runs: list[Iterator[Report]], end: float) -> list[Report]:
    """The last report of each run that had any, by the processor's clock until `end`.

    Each is kept as it comes.
    """
    last = dict[int, Report]()
    waiting = dict(enumerate(runs))
    while waiting and time.process_time() < end:
        for place, run in [*waiting.items()]:
            report = _next(run)
            if report is None or not report.results:  # of no model that it could measure
                del waiting[place]
            else:
                save_evaluation(with_makers(report.to_json()))
                last[place] = report
    return [*last.values()]


def _next(run: Iterator[Report]) -> Report | None:
    try:
        return next(run, None)
    except SplitError:  # a dataset too small to hold anything out
        return None


def _finish(report: Report, run: dict[str, str]) -> list[str]:
    """Note beside each result which models the run had, so that it is not made again.

    run: what made the figures of each.
    """
    said = with_makers(report.to_json())
    save_evaluation(said | {"results": [result | {"run": run} for result in said["results"]]})
    return [result.model for result in report.results]


def _done(log: RatingLog, plan: Plan, run: dict[str, str]) -> bool:
    """Whether these models have been measured by the same code, as far as there was time."""
    with reading() as connection:
        kept = evaluations(connection)
    same = (log.fingerprint, plan.protocol, plan.seed)
    version, split = PROTOCOLS[plan.protocol].version, plan.description(log)
    return any(
        (row.fingerprint, row.protocol, row.seed) == same
        and (row.result.get("version"), row.result["split"]) == (version, split)
        and row.result.get("run") == run
        for row in kept.itertuples()
    )


def _keys(log: RatingLog) -> list[str]:
    """The quick models, then the default."""
    quick = [key for key in MODELS if MODELS[key].quick and key != DEFAULT_MODEL]
    return [key for key in (*quick, DEFAULT_MODEL) if not MODELS[key].obstacle(len(log))]
