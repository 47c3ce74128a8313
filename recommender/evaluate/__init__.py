"""How well models recommend and predict, measured on people and ratings they have not seen."""

from collections.abc import Callable, Iterator, Mapping

from recommender.data.rating_log import RatingLog
from recommender.evaluate import predicted_stars, ranked_lists
from recommender.evaluate.measured import Leading, Measured
from recommender.evaluate.plan import Plan
from recommender.evaluate.ranked_lists import Say
from recommender.models.base import Recommender

PROTOCOLS: dict[str, Leading] = {
    "visitor": ranked_lists.LEADING,
    "rating": predicted_stars.LEADING,
    "time": ranked_lists.LEADING,
}
"""By the measure that says which model is best.

visitor: what the page does, for every user in turn as a visitor whom the models do not know.
rating: how close predicted stars come.
time: learn what was rated before a date, recommend after it.
"""

Models = Mapping[str, type[Recommender]]
Measure = Callable[[type[Recommender], Say], Measured]


def silent(step: str) -> None:
    """Progress that nobody wants to hear of."""


def evaluate(log: RatingLog, plan: Plan, models: Models, say: Say = silent) -> Iterator[dict]:
    """Measure models one by one; after each, the report on all so far.

    The report has dataset, fingerprint, protocol, seed, split (in words) and results: per model its
    key, mean seconds to fit, how many visitors or ratings, measures, 95 % bootstrap intervals over
    users and, but for the best, `against`: how far it lies from the best on the same users.
    Raises SplitError.
    """
    split, measure = _splitting(log, plan)
    about = {
        "dataset": log.name,
        "fingerprint": log.fingerprint,
        "protocol": plan.protocol,
        "seed": plan.seed,
        "split": split,
    }
    measured: dict[str, Measured] = {}
    for key, model in models.items():
        if plan.protocol == "rating" and not hasattr(model, "predict"):
            say(f"{key} is left out: it predicts no stars")
            continue
        measured[key] = measure(model, lambda step: say(f"{key}, {step}"))  # noqa: B023 - called at once
        results = _results(measured, PROTOCOLS[plan.protocol], plan.seed)
        yield about | {"results": [{**each, "split": split} for each in results]}
    if not measured:
        yield about | {"results": []}


def _splitting(log: RatingLog, plan: Plan) -> tuple[str, Measure]:
    """What is held out, in words, and what measures a model on that."""
    if plan.protocol == "rating":
        return plan.words(log), lambda kind, say: predicted_stars.measure_stars(
            kind, log, plan, say
        )
    if plan.protocol == "visitor" and plan.folds > 1:
        return plan.words(log), lambda kind, say: ranked_lists.measure_lists(
            kind, plan.visitor_folds(log), plan.seed, say
        )
    once = [*plan.visitor_folds(log)] if plan.protocol == "visitor" else [plan.time_split(log)]
    return plan.words(log), lambda kind, say: ranked_lists.measure_lists(kind, once, plan.seed, say)


def _results(measured: dict[str, Measured], leading: Leading, seed: int) -> list[dict]:
    best = leading.best(measured)
    return [_result(key, measured, best, leading, seed) for key in measured]


def _result(key: str, measured: dict[str, Measured], best: str, leading: Leading, seed: int):
    found = measured[key]
    result = {
        "model": key,
        "fit_seconds": found.fit_seconds,
        **found.counts,
        "measures": found.measures,
        "intervals": found.intervals,
    }
    if key != best:
        difference = leading.difference(found, measured[best], seed)
        result["against"] = {"model": best, **difference}
    return result
