"""How well models recommend and predict, measured on people and ratings they have not seen."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from recommender.base import Recommender
from recommender.evaluate import lists, stars
from recommender.evaluate.lists import Say
from recommender.evaluate.measured import Leading, Measured
from recommender.rating_log import RatingLog
from recommender.splits import day_after_most, time_split, visitor_folds

PROTOCOLS: dict[str, Leading] = {
    "visitor": lists.LEADING,
    "rating": stars.LEADING,
    "time": lists.LEADING,
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


def evaluate(
    log: RatingLog,
    protocol: str,
    models: Models,
    seed: int = 0,
    date: int | None = None,
    say: Say = silent,
) -> Iterator[dict]:
    """Measure models one by one; after each, the report on all so far.

    date: of the protocol `time`, seconds since 1970; by default the day on which 80 % of the
    ratings had been given. The report has dataset, fingerprint, protocol, seed, split (in words)
    and results: per model its key, mean seconds to fit, how many visitors or ratings, measures,
    95 % bootstrap intervals over users and, but for the best, `against`: how far it lies from the
    best on the same users. Raises SplitError.
    """
    split, measure = _splitting(log, protocol, seed, date)
    about = {
        "dataset": log.name,
        "fingerprint": log.fingerprint,
        "protocol": protocol,
        "seed": seed,
        "split": split,
    }
    measured: dict[str, Measured] = {}
    for key, model in models.items():
        if protocol == "rating" and not hasattr(model, "predict"):
            say(f"{key} is left out: it predicts no stars")
            continue
        measured[key] = measure(model, lambda step: say(f"{key}, {step}"))  # noqa: B023 - called at once
        results = _results(measured, PROTOCOLS[protocol], seed)
        yield about | {"results": [{**each, "split": split} for each in results]}
    if not measured:
        yield about | {"results": []}


def _splitting(log: RatingLog, protocol: str, seed: int, date: int | None) -> tuple[str, Measure]:
    """What is held out, in words, and what measures a model on that."""
    if protocol == "rating":
        words = f"5 folds of the ratings, in the order {log.order}"
        return words, lambda kind, say: stars.measure_stars(kind, log, seed, say)
    if protocol == "visitor":
        words = "5 folds of the users, each giving at most 15 of the 100 most rated films"
        return words, lambda kind, say: lists.measure_lists(
            kind, visitor_folds(log.matrix, seed=seed), seed, say
        )
    date = day_after_most(log) if date is None else date
    split = [time_split(log, date)]
    words = f"learned before {datetime.fromtimestamp(date, UTC):%Y-%m-%d}, asked from then on"
    return words, lambda kind, say: lists.measure_lists(kind, split, seed, say)


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
