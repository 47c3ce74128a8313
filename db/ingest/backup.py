"""A dataset in one file, for backups: a zip of Parquet tables, which any version can restore.

dataset.json      what the catalogue says of it
ratings.parquet   user_id, movie_id, half_stars (1 to 10), rated_at (seconds since 1970)
movies.parquet    the columns of fingerprint.FILM
tags.parquet      user_id, movie_id, tagged_at, tag
users.parquet     user_id, original_id: where ids in the files were no numbers
"""

import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from db.errors import LoadError
from db.ingest.base_tables import Progress
from db.ingest.fingerprint import FILM
from db.ingest.sources.files import ZIP_ERRORS, reason
from db.ingest.sources.original_ids import Ids
from db.ingest.sources.source import Piece, RatingRows, Rows, Source, TagRows
from db.ingest.sources.stars import scale_of
from db.ingest.stored_source import rejected_before

FORMAT = 1
ABOUT, RATINGS, MOVIES, TAGS, USERS = (
    *("dataset.json", "ratings.parquet", "movies.parquet"),
    *("tags.parquet", "users.parquet"),
)
BATCH = 1 << 19  # rows
RATING_TYPES = pa.schema(
    {
        "user_id": pa.int32(),
        "movie_id": pa.int32(),
        "half_stars": pa.int16(),
        "rated_at": pa.int32(),
    }
)
TAG_TYPES = pa.schema(
    {"user_id": pa.int32(), "movie_id": pa.int32(), "tagged_at": pa.int32(), "tag": pa.string()}
)


def dump(source: Source, path: Path, progress: Progress) -> None:
    """Write a dataset, as `stored_source` gives it; an existing file goes when it is whole.

    Raises: LoadError where it can't be written.
    """
    if path.is_dir():
        raise LoadError(f"{path} is a folder: name a file in it, such as {path / 'ratings.zip'}.")
    part = path.with_name(f"{path.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:  # Parquet is packed already
            archive.writestr(ABOUT, json.dumps(_about(source), indent=2))
            _write(archive, RATINGS, _rating_batches(source, progress), RATING_TYPES)
            _write(archive, TAGS, _tag_batches(source), TAG_TYPES)
            for name, frame in ((MOVIES, source.movies), (USERS, _users(source.ids))):
                with archive.open(name, "w", force_zip64=True) as member:
                    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), member)
        os.replace(part, path)
    except OSError as error:
        raise LoadError(f"{path} can't be written: {reason(error)}.") from error
    finally:
        part.unlink(missing_ok=True)


def _about(source: Source) -> dict[str, Any]:
    scale = source.scale
    return {
        "format": FORMAT,
        "name": source.name,
        "ratings": source.ratings.size,
        "has_times": source.has_times,
        "scale": [float(scale.low), float(scale.high), float(scale.step)],
        "any_film": source.any_film,
        "licence": source.licence,
        "history": list(source.history),
        "rejected": source.rejections.as_json(),
    }


def _write(
    archive: zipfile.ZipFile, name: str, batches: Iterator[pa.RecordBatch], schema: pa.Schema
) -> None:
    with (
        archive.open(name, "w", force_zip64=True) as member,
        pq.ParquetWriter(member, schema, compression="zstd") as writer,
    ):
        for batch in batches:
            writer.write_batch(batch)


def _rating_batches(source: Source, progress: Progress) -> Iterator[pa.RecordBatch]:
    done = 0
    for piece in source.ratings.read():
        yield _batch(piece.rows[:4], RATING_TYPES)
        done += len(piece.rows.lines)
        progress("Writing ratings", done / max(1, source.ratings.size))


def _tag_batches(source: Source) -> Iterator[pa.RecordBatch]:
    for piece in source.tags.read() if source.tags else ():
        yield _batch(piece.rows[:4], TAG_TYPES)


def _batch(columns: tuple, schema: pa.Schema) -> pa.RecordBatch:
    arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
    return pa.record_batch(arrays, schema=schema)


def _users(ids: Ids) -> pd.DataFrame:
    numbers = ids.users.numbers if ids.users else {}
    return pd.DataFrame({"user_id": list(numbers.values()), "original_id": list(numbers)}).astype(
        {"user_id": "int64", "original_id": object}
    )


@dataclass(frozen=True)
class BackupTable(Generic[Rows]):
    """Ratings or tags of a backup: a Table."""

    archive: Path
    member: str
    rows: type[Rows]
    size: int

    @property
    def file(self) -> str:
        """The backup's name and the table's."""
        return f"{self.archive.name}: {self.member}"

    def read(self) -> Iterator[Piece[Rows]]:
        """Batch by batch. Raises: LoadError."""
        line = 1
        with opened(self.archive) as archive, archive.open(self.member) as member:
            for batch in pq.ParquetFile(member).iter_batches(BATCH, use_threads=False):
                columns = [column.to_numpy(zero_copy_only=False) for column in batch.columns]
                columns.append(np.arange(line, line + batch.num_rows))
                yield Piece(self.rows(*columns), {}, batch.num_rows)
                line += batch.num_rows


def opened(path: Path) -> zipfile.ZipFile:
    """Raises: LoadError where a file is no backup."""
    try:
        archive = zipfile.ZipFile(path)
        missing = {ABOUT, RATINGS, MOVIES, TAGS, USERS} - set(archive.namelist())
    except OSError as error:
        raise LoadError(f"{path} can't be read: {reason(error)}.") from error
    except ZIP_ERRORS as error:
        raise _no_backup(path, reason(error)) from error
    if missing:
        raise _no_backup(path, f"it has no {', '.join(sorted(missing))}")
    return archive


def _check_whole(archive: zipfile.ZipFile, path: Path) -> None:
    """Parquet's readers go to and fro, which no checksum outlives: read it through once before."""
    try:
        damaged = archive.testzip()
    except (OSError, *ZIP_ERRORS) as error:
        raise _no_backup(path, reason(error)) from error
    if damaged:
        raise _no_backup(path, f"{damaged} is not as it was written")


def _no_backup(path: Path, why: str) -> LoadError:
    return LoadError(
        f"{path} is no backup of `db dump`, or a damaged one: {why}."
        f" Other data are loaded with: python -m db load {path}"
    )


def backup_source(path: Path) -> Source:
    """The dataset of a backup, to be loaded. Raises: LoadError."""
    with opened(path) as archive:
        _check_whole(archive, path)
        about = json.loads(archive.read(ABOUT))
        if about["format"] != FORMAT:
            raise LoadError(f"{path} is of a later version of Reelscope: restore it with that.")
        movies, users = (_frame(archive, name) for name in (MOVIES, USERS))
        tags = pq.ParquetFile(archive.open(TAGS)).metadata.num_rows
    movies = movies.astype(
        {name: "Int64" for name in ("release_year", "tmdb_id") if name in movies}
    )
    films = movies[[name for name in FILM if name in movies]]
    named = films.dropna(subset="original_id") if "original_id" in films else films.iloc[:0]
    return Source(
        about["name"],
        BackupTable(path, RATINGS, RatingRows, about["ratings"]),
        films,
        BackupTable(path, TAGS, TagRows, tags) if tags else None,
        rejected_before(about["rejected"]),
        Ids.known(
            dict(zip(users["original_id"], users["user_id"].tolist(), strict=True)),
            dict(zip(named.get("original_id", ()), named["movie_id"].tolist(), strict=True)),
        ),
        any_film=about["any_film"],
        has_times=about["has_times"],
        scale=scale_of(*about["scale"]),
        licence=about["licence"],
        history=tuple(about["history"]),
    )


def _frame(archive: zipfile.ZipFile, name: str) -> pd.DataFrame:
    with archive.open(name) as member:
        return pq.ParquetFile(member).read().to_pandas()
