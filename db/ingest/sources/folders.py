"""Datasets of several files: which file is which, in a folder or an archive."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from db.errors import LoadError
from db.ingest.sources import ml_100k, ml_csv, ml_dat, movies_dataset, netflix_prize, plain
from db.ingest.sources.archives import base_name, contents
from db.ingest.sources.files import SourceFile, single_file
from db.ingest.sources.licence import licence_beside
from db.ingest.sources.options import Options
from db.ingest.sources.source import Source
from db.ingest.sources.unpacking import unpacked

# Each has NEEDED and OPTIONAL, base names of files, and `read(files, name, scale, read_as)`.
LAYOUTS: tuple[ModuleType, ...] = (ml_csv, ml_dat, ml_100k, movies_dataset)
MOVIELENS = {file for layout in LAYOUTS for file in (*layout.NEEDED, *layout.OPTIONAL)}

ENDS = r"\.(csv|tsv|txt|dat|data|inter|parquet|pq|jsonl?|ndjson)"
RATINGS = re.compile(rf"(?:.*[-_ ])?ratings?(?:[-_ ].*)?{ENDS}|u\.data|.*\.inter")
FILMS = re.compile(rf"(?:movies|films|items|books|titles|anime|movie_titles){ENDS}|.*\.item")
PARTS = re.compile(
    r"part-.*\.(csv|parquet|pq)|.*\.(parquet|pq)|combined_data_[0-9]\.txt|jester-data-[0-9]\.csv"
    r"|mv_[0-9]{7}\.txt"
)

# The list of films that stands beside a file of ratings
BESIDE = {
    "ratings.csv": "movies.csv",
    "ratings.parquet": "movies.parquet",
    "ratings.tsv": "movies.tsv",
    "ratings.json": "movies.json",
    "ratings.jsonl": "movies.jsonl",
    "ratings.dat": "movies.dat",
    "u.data": "u.item",
    **{f"combined_data_{part}.txt": "movie_titles.csv" for part in range(1, 5)},
}
SHOWN = 12  # names of files in an error


def of_several(path: Path, name: str, options: Options) -> Source:
    """A dataset from a folder, a zip or a tar. Raises: LoadError."""
    return replace(_of_files(path, name, options), licence=licence_beside(path))


def _of_files(path: Path, name: str, options: Options) -> Source:
    found, names = contents(path, _wanted, _rated)
    files = {base: unpacked(file) for base, file in found.items()}
    for layout in LAYOUTS:
        if files.keys() >= set(layout.NEEDED):
            if options.movies or options.columns:
                raise LoadError(
                    "--movies and --column go with a single file of ratings; a folder of"
                    f" {' and '.join(layout.NEEDED)} needs neither."
                )
            return layout.read(files, name, options.scale, options.read_as)
    ratings = _ratings(files)
    if not ratings:
        raise LoadError(_no_dataset(path, names))
    movies = _films(files) if options.movies is None else unpacked(single_file(options.movies))
    return plain.read(name, ratings, movies, options.columns, options.scale, options.read_as)


def beside(path: Path) -> Path | None:
    """The list of films that stands beside a file of ratings called as MovieLens calls it."""
    base = base_name(path.name)
    wanted = BESIDE.get(base, f"{base[:-6]}.item" if base.endswith(".inter") else None)
    near = (file for file in path.parent.iterdir() if base_name(file.name) == wanted)
    return next(near, None) if wanted else None


def _wanted(base: str) -> bool:
    if base.startswith((".", "_")):
        return False
    patterns = (RATINGS, FILMS, PARTS)
    return base in MOVIELENS or any(pattern.fullmatch(base) for pattern in patterns)


def _rated(base: str) -> bool:
    """Whether films need not be alone: there are ratings where this file is."""
    return _wanted(base) and not FILMS.fullmatch(base)


def _ratings(files: Mapping[str, SourceFile]) -> list[SourceFile]:
    """The one file of ratings, or the parts of one."""
    called = [base for base in files if RATINGS.fullmatch(base)]
    if len(called) > 1:
        called = [base for base in called if base.startswith(("ratings.", "u.data"))] or called
    if len(called) > 1:
        raise LoadError(f"There are several files of ratings: {', '.join(called)}. Name one.")
    parts = sorted(base for base in files if PARTS.fullmatch(base) and not FILMS.fullmatch(base))
    if parts and not called and netflix_prize.is_of_one_film(parts[0]):
        return [netflix_prize.joined([files[base] for base in parts])]
    return [files[base] for base in called or parts]


def _films(files: Mapping[str, SourceFile]) -> SourceFile | None:
    called = [base for base in files if FILMS.fullmatch(base)]
    return files[called[0]] if len(called) == 1 else None


def _no_dataset(path: Path, names: list[str]) -> str:
    layouts = ", nor ".join(" and ".join(layout.NEEDED) for layout in LAYOUTS)
    shown = f"There is {', '.join(names[:SHOWN])}" if names else "It is empty"
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return f"{path} is no dataset: it has neither {layouts}. {shown}{more}."
