"""What is known of checked rows before any of them is written."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame

from db.ingest.base_tables import HASHED
from db.ingest.fingerprint import Fingerprint
from db.ingest.sources.rejections import PAIR, Rejections
from recommender.spark.partitions import Part

FOUND = pa.schema(
    {
        "users": pa.int32(),
        "films": pa.binary(),
        "first": pa.int32(),
        "last": pa.int32(),
        "content": pa.binary(),
        "reasons": pa.string(),  # JSON
    }
)


@dataclass(frozen=True)
class Survey:
    """Counted by the executors."""

    ratings: int
    """How many can be used."""
    places: dict[int, int]
    """Of each partition that has ratings, by its number, the first user's place among all."""
    films: np.ndarray
    """All that are rated."""
    first: int
    """Earliest rating, seconds since 1970."""
    last: int
    fingerprint: Fingerprint
    """Of the ratings."""
    reasons: Counter[str]
    """Why rows can't be used."""

    @classmethod
    def of(cls, kept: DataFrame) -> "Survey":
        """Of partitions as `kept_ratings` has them."""
        found = sorted(kept.select("part", *FOUND.names).collect(), key=lambda row: row["part"])
        films = [np.frombuffer(row["films"], np.int32) for row in found]
        before = np.cumsum([0, *(row["users"] for row in found)]).tolist()
        fingerprint, reasons = Fingerprint(), Counter[str]()
        for row in found:
            fingerprint.add(Fingerprint(row["content"]))
            reasons.update(json.loads(row["reasons"]))
        return cls(
            fingerprint.rows,
            dict(zip((row["part"] for row in found), before, strict=False)),
            np.unique(np.concatenate([np.empty(0, np.int32), *films])),
            min((row["first"] for row in found), default=0),
            max((row["last"] for row in found), default=0),
            fingerprint,
            reasons,
        )

    def rejections(self, file: str) -> Rejections:
        """As an import counts them."""
        found = Rejections()
        broken = self.reasons.total()
        found.read[file], found.rejected[file] = self.ratings + broken, broken
        found.again[file] = self.reasons[PAIR]
        found.reasons.update(self.reasons)
        return found


def surveyed(columns: Mapping[str, np.ndarray], reasons: dict[str, int]) -> dict:
    """FOUND of a partition: its ratings, in order of users, and why other rows can't be used."""
    fingerprint = Fingerprint()
    fingerprint.add_ratings(*(columns[name] for name in HASHED))
    seconds = columns["rated_at"]
    return {
        "users": np.count_nonzero(np.diff(columns["user_id"], prepend=-1)),
        "films": np.unique(columns["movie_id"]).tobytes(),
        "first": int(seconds.min(initial=2**31 - 1)),
        "last": int(seconds.max(initial=0)),
        "content": fingerprint.content,
        "reasons": json.dumps(reasons),
    }


def usable_rows(part: Part) -> pa.Table:
    """The rows that break no rule."""
    return part.rows.filter(pc.is_null(part.rows["reason"]))


def broken(part: Part) -> dict[str, int]:
    """How many rows can't be used for which reason."""
    reasons = part.rows["reason"].value_counts().to_pylist()
    return {row["values"]: row["counts"] for row in reasons if row["values"]}
