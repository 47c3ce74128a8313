"""What is known of checked rows before any of them is written."""

import json
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame

from db.ingest.base_tables import HASHED
from db.ingest.fingerprint import Fingerprint
from db.ingest.sources.rejections import PAIR, Rejections
from recommender.spark.partitions import Part, each_part

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
    def of(cls, rows: DataFrame) -> "Survey":
        """Of rows as `checked` makes them."""
        found = each_part(rows, _surveyed, FOUND)
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


def _surveyed(part: Part) -> dict:
    usable = part._replace(rows=usable_rows(part))
    columns = usable.columns(*HASHED)
    fingerprint = Fingerprint()
    fingerprint.add_ratings(*columns.values())
    seconds = columns["rated_at"]
    return {
        "users": len(np.unique(columns["user_id"])),
        "films": np.unique(columns["movie_id"]).tobytes(),
        "first": int(seconds.min(initial=2**31 - 1)),
        "last": int(seconds.max(initial=0)),
        "content": fingerprint.content,
        "reasons": json.dumps(broken(part)),
    }


def usable_rows(part: Part) -> pa.Table:
    """The rows that break no rule."""
    return part.rows.filter(pc.is_null(part.rows["reason"]))


def broken(part: Part) -> dict[str, int]:
    """How many rows can't be used for which reason."""
    reasons = part.rows["reason"].value_counts().to_pylist()
    return {row["values"]: row["counts"] for row in reasons if row["values"]}
