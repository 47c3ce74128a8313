"""Words that users gave to films: counted, written and gathered by executors."""

import json
from collections import Counter

import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as f
from sqlalchemy import Connection

from db.ingest.fingerprint import Fingerprint
from db.ingest.sources.rejections import Rejections
from db.ingest.tag_films import TagFilms, same_tag
from db.store.text_copy import copy_columns
from recommender.spark.copying import Target
from recommender.spark.partitions import Part, each_part
from recommender.spark.survey import broken, usable_rows

FILE = "tags"  # what rejections call them
TAG = ["user_id", "movie_id", "tagged_at", "tag"]
FOUND = pa.schema({"content": pa.binary(), "reasons": pa.string()})


def survey_tags(rows: DataFrame, rejections: Rejections) -> Fingerprint:
    """What identifies the tags that can be used; the others go into the rejections.

    rows: as `checked_tags` makes them.
    """
    fingerprint, reasons = Fingerprint(), Counter[str]()
    for row in each_part(rows, _surveyed, FOUND):
        fingerprint.add(Fingerprint(row["content"]))
        reasons.update(json.loads(row["reasons"]))
    rejections.optional.add(FILE)
    rejections.read[FILE] = fingerprint.rows + reasons.total()
    rejections.rejected[FILE] = reasons.total()
    rejections.reasons.update(reasons)
    return fingerprint


def copy_tags(target: Target, rows: DataFrame) -> None:
    """Fill tags and tag_films."""
    target.copy("tags", rows, _copy)
    usable = rows.where("reason is null").select("movie_id", "tag")
    same = f.pandas_udf(same_tag, "string")
    target.copy("tag_films", usable.withColumn("same", same("tag")).repartition("same"), _gather)


def _surveyed(part: Part) -> dict:
    tags = _tags(part)
    fingerprint = Fingerprint()
    fingerprint.add_tags(*(tags[name].to_numpy() for name in TAG))
    return {"content": fingerprint.content, "reasons": json.dumps(broken(part))}


def _tags(part: Part) -> pd.DataFrame:
    return usable_rows(part).select(TAG).to_pandas()


def _copy(connection: Connection, part: Part) -> None:
    columns = usable_rows(part).select(TAG)
    copy_columns(connection, f"tags ({', '.join(TAG)})", columns, new=False)


def _gather(connection: Connection, part: Part) -> None:
    films = TagFilms()
    films.add(part.rows["movie_id"].to_numpy(), part.rows["tag"].to_pandas().to_numpy())
    films.copy(connection, new=False)
