"""What was measured of the models, a row a measure, from what `recommender evaluate` kept."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from db.filters.rating_filters import RatingFilters
from db.store.engine import dataset
from db.store.evaluations import evaluations
from recommender.evaluate.evaluation_report import Result
from recommender.evaluate.protocols import PROTOCOLS
from recommender.evaluate.surprise_levels import AT
from recommender.models import DEFAULT_MODEL, MODELS

COLUMNS = [
    *("dataset", "fingerprint", "protocol", "split", "seed", "n", "model", "label", "default"),
    *("measure", "value", "low", "high", "best"),
]


def model_measures(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """What was measured on the current dataset, else on the latest; filters do not matter.

    Returns: dataset, fingerprint, protocol, split (in words), seed, n (visitors or ratings), model,
    label, default (whether it is the default model), measure, value, low, high (95 % interval),
    best. The measure `against` is the difference from the model that `best` names. Figures of an
    earlier version of a protocol mean something else and are left out; those that earlier code
    made, as soon as today's has made others by the same protocol.
    """
    kept = of_today(comparable(evaluations(connection)))
    here = kept[kept["fingerprint"] == dataset(connection).fingerprint]
    latest = here if len(here) else kept[kept["fingerprint"].isin(kept["fingerprint"].head(1))]
    rows = [line for row in latest.itertuples() for line in lines_of(row)]
    return pd.DataFrame(rows, columns=COLUMNS)


def comparable(kept: pd.DataFrame) -> pd.DataFrame:
    """The rows of `evaluations` that today's versions of the protocols would have given."""
    versions = [result.get("version") for result in kept["result"]]
    now = [PROTOCOLS[name].version if name in PROTOCOLS else -1 for name in kept["protocol"]]
    same = [then == version for then, version in zip(versions, now, strict=True)]
    return kept[np.array(same, bool)]  # of no rows too: an empty list would pick no columns


def of_today(kept: pd.DataFrame) -> pd.DataFrame:
    """The rows of `evaluations` without those of earlier code, of what has been measured since."""
    earlier = np.array([result.get("earlier", False) for result in kept["result"]], bool)
    of = pd.MultiIndex.from_frame(kept[["fingerprint", "protocol"]])
    return kept[~(earlier & of.isin(of[~earlier]))]


def lines_of(row) -> list[tuple]:
    """One row of `evaluations`, a line a measure, as COLUMNS."""
    result = Result.from_json(row.result)
    about = (
        *(row.dataset, row.fingerprint, row.protocol, row.result["split"], row.seed),
        *(next(iter(result.counts.values()), None), row.model, _label(row.model)),
        row.model == DEFAULT_MODEL,
    )
    values = result.measures | {"fit_seconds": result.fit_seconds}
    lines = [
        (*about, name, value, *result.intervals.get(name, (None, None)), None)
        for name, value in values.items()
    ]
    if against := result.against:
        difference = (against.difference, *against.interval, _label(against.model))
        lines.append((*about, "against", *difference))
    return lines


def _label(key: str) -> str:
    return MODELS[key].label if key in MODELS else key


def visitor_measures(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """`model_measures` of the visitor protocol's main run."""
    return main_run(model_measures(connection, filters), "visitor")


def surprise_measures(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """Of `visitor_measures`, those taken at each level of surprise.

    Returns: its columns, `measure` without the level, and surprise (-1, popular, to 1).
    """
    rows = visitor_measures(connection, filters)
    rows = rows[rows["measure"].str.contains(AT, regex=False)]
    parts = rows["measure"].str.split(AT)  # `partition` of no rows has no columns
    return rows.assign(measure=parts.str[0], surprise=parts.str[1].astype(float))


def question_measures(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """`model_measures` of the question protocol's main run."""
    return main_run(model_measures(connection, filters), "questions")


def star_measures(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """`model_measures` of the rating protocol's main run."""
    return main_run(model_measures(connection, filters), "rating")


def visitor_star_measures(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """`model_measures` of the main run of the stars that new visitors would give."""
    return main_run(model_measures(connection, filters), "stars")


def main_run(rows: pd.DataFrame, protocol: str) -> pd.DataFrame:
    """Of a protocol, the rows with the first seed, of the split with the default and most models.

    Of two with as many, that in which most were asked.
    """
    rows = rows[rows["protocol"] == protocol]
    rows = rows[rows["seed"] == rows["seed"].min()]
    splits = rows.groupby("split").agg({"default": "any", "model": "nunique", "n": "max"})
    largest = splits.sort_values([*splits], ascending=False, kind="stable").head(1)
    return rows[rows["split"].isin(largest.index)]
