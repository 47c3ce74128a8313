"""Measuring models by a protocol, one by one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import cast

from recommender.data.rating_log import RatingLog
from recommender.evaluate import predicted_stars, ranked_lists
from recommender.evaluate.evaluation_report import Report, Result
from recommender.evaluate.measured import Measured, PrimaryMeasure
from recommender.evaluate.plan import Plan
from recommender.evaluate.protocols import PROTOCOLS
from recommender.evaluate.ranked_lists import Progress
from recommender.evaluate.visitor_stars import measure_visitor_stars
from recommender.models.base import Recommender
from recommender.models.star_predictor import StarPredictor

Models = Mapping[str, type[Recommender]]
ASKS_FOR = {"rating": "predict", "stars": "expected_stars"}
"""What a model must have to be measured by some protocols."""

MeasureModel = Callable[[type[Recommender], Progress], Measured]


def silent(step: str) -> None:
    """Progress that nobody wants to hear of."""


def evaluate(
    log: RatingLog, plan: Plan, models: Models, progress: Progress = silent
) -> Iterator[Report]:
    """Measure models one by one; after each, the report on all so far. Raises SplitError."""
    measure, protocol = _measuring(log, plan), PROTOCOLS[plan.protocol]
    about = (log.name, log.fingerprint, plan.protocol, protocol.version, plan.seed)
    report = Report(*about, plan.description(log))
    measured: dict[str, Measured] = {}
    for key, model in models.items():
        if not hasattr(model, ASKS_FOR.get(plan.protocol, "score")):
            progress(f"{key} is left out: it predicts no stars")
            continue
        measured[key] = measure(model, lambda step: progress(f"{key}, {step}"))  # noqa: B023 - called at once
        yield replace(report, results=_results(measured, protocol.primary, plan.seed))
    if not measured:
        yield report


def _measuring(log: RatingLog, plan: Plan) -> MeasureModel:
    """What measures a model on that which the plan holds out."""
    if plan.protocol == "rating":
        return lambda kind, progress: predicted_stars.measure_stars(kind, log, plan, progress)
    if plan.protocol == "stars":
        return lambda kind, progress: measure_visitor_stars(
            cast(type[StarPredictor], kind), plan.star_parts(log), plan.seed, progress
        )
    parts, protocol = plan.parts(log), PROTOCOLS[plan.protocol]
    return lambda kind, progress: ranked_lists.measure_lists(
        kind, parts(), plan.seed, progress, protocol.primary, protocol.longer
    )


def _results(
    measured: dict[str, Measured], primary: PrimaryMeasure, seed: int
) -> tuple[Result, ...]:
    best = primary.best(measured)
    return tuple(_result(key, measured, best, primary, seed) for key in measured)


def _result(
    key: str, measured: dict[str, Measured], best: str, primary: PrimaryMeasure, seed: int
) -> Result:
    of = measured[key]
    against = None if key == best else primary.difference(of, measured[best], best, seed)
    return Result(key, of.fit_seconds, of.counts, of.measures, of.intervals, against)
