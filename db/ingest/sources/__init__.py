"""Where ratings come from: one reader per layout, all giving the same `Source`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from db.errors import LoadError
from db.ingest.sources import grouplens, ml_100k, ml_csv, ml_dat, plain, sample
from db.ingest.sources.files import files_of, plain_errors, single_file
from db.ingest.sources.read_as import AS_IT_LOOKS, ReadAs
from db.ingest.sources.source import Source
from db.ingest.sources.stars import STARS, Scale

SOURCES: dict[str, Callable[[], Source]] = {"sample": sample.read}

# Each has NEEDED and OPTIONAL, base names of files, and `read(files, name, scale)`.
LAYOUTS: tuple[ModuleType, ...] = (ml_csv, ml_dat, ml_100k)


@dataclass(frozen=True)
class Options:
    """How to read ratings that are not MovieLens'."""

    movies: Path | None = None
    """A list of films beside a single file of ratings."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """What the files call their columns, by keys of `columns.NAMES`."""
    scale: Scale = STARS
    read_as: ReadAs = AS_IT_LOOKS


def open_source(
    where: str, options: Options = Options(), progress: grouplens.Progress = grouplens.silent
) -> Source:
    """A dataset by its name, or from a folder, a zip, a CSV or a Parquet file.

    What has a name of GroupLens' is downloaded first; `progress` is as for `db.ingest.swap.load`.

    Raises: LoadError where there is nothing that can be read.
    """
    path = Path(where).expanduser()
    if where in SOURCES:
        source = SOURCES[where]()
    elif not path.exists() and where in grouplens.NAMES:
        source = _archive(grouplens.download(where, progress), where, options)
    elif not path.exists():
        named = ", ".join((*SOURCES, *grouplens.NAMES))
        raise LoadError(f"There is no file or folder {where}. Datasets with a name: {named}.")
    elif path.is_dir():
        source = _archive(path, path.resolve().name, options)
    elif _is_zip(path):
        source = _archive(path, path.stem, options)
    else:
        movies = single_file(options.movies) if options.movies else None
        return plain.read(
            path.name, single_file(path), movies, options.columns, options.scale, options.read_as
        )
    if options.movies or options.columns:
        raise LoadError("--movies and --column go with a single CSV or Parquet file of ratings.")
    return source


def _is_zip(path: Path) -> bool:
    """By its content or by its name, which may say what a damaged file was."""
    with plain_errors(path), path.open("rb") as file:
        return file.read(4) == b"PK\3\4" or path.suffix.lower() == ".zip"


def _archive(path: Path, name: str, options: Options) -> Source:
    wanted = {file for layout in LAYOUTS for file in (*layout.NEEDED, *layout.OPTIONAL)}
    files = files_of(path, wanted)
    for layout in LAYOUTS:
        if files.keys() >= set(layout.NEEDED):
            return layout.read(files, name, options.scale)
    layouts = ", or ".join(" and ".join(layout.NEEDED) for layout in LAYOUTS)
    raise LoadError(f"{path} is no dataset: it has neither {layouts}.")
