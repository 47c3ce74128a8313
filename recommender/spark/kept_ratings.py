"""Each partition's usable ratings as one row: in order, each pair once, in arrays of numpy's.

Of what follows, the writing and counting, Java then moves bytes alone. It would otherwise sort,
cache and convert single ratings, which takes more than all that is done with them.
"""

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame

from db.ingest.base_tables import months_of
from db.ingest.sources.rejections import PAIR
from recommender.spark.partitions import Part, of_each_part
from recommender.spark.survey import FOUND, broken, surveyed, usable_rows

ARRAYS = {
    "user_id": np.int32,
    "movie_id": np.int32,
    "rated_at": np.int32,
    "half_stars": np.int16,
}
KEPT = pa.schema([*FOUND, *(pa.field(name, pa.binary()) for name in ARRAYS)])


def kept(rows: DataFrame) -> DataFrame:
    """part, FOUND of the survey, and ARRAYS, of rows as `checked` makes them."""
    return of_each_part(rows, _kept, KEPT)


def ratings_of(part: Part) -> dict[str, np.ndarray]:
    """Those of ARRAYS that were selected, and month, since January 1970."""
    (row,) = part.rows.to_batches()
    found = {
        name: np.frombuffer(row[name][0].as_buffer(), kind)
        for name, kind in ARRAYS.items()
        if name in row.schema.names
    }
    return found | {"month": months_of(found["rated_at"])}


def _kept(part: Part) -> dict:
    usable = part._replace(rows=usable_rows(part)).columns(*ARRAYS, "row")
    order, last = _in_order(usable)
    stays = order[last]
    arrays = {name: usable[name][stays].astype(kind) for name, kind in ARRAYS.items()}
    again = len(order) - len(stays)
    reasons = broken(part) | ({PAIR: again} if again else {})
    return surveyed(arrays, reasons) | {name: array.tobytes() for name, array in arrays.items()}


def _in_order(usable: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The order of user and film, and which ratings in it stay.

    Of a repeated pair the latest stays; of one time the last in the file, as for an import. Which
    of several files is read first is nobody's promise: of one row in both, the higher rating goes.
    """
    keys = usable["user_id"].astype(np.int64) << 32 | usable["movie_id"]
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    last = np.concatenate([ordered[1:] != ordered[:-1], [True]])[: len(keys)]
    if not last.all():
        lower = -usable["half_stars"].astype(np.int32)
        order = np.lexsort((lower, usable["row"], usable["rated_at"], keys))
    return order, last
