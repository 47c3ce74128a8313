"""Where ratings come from: readers of any layout, all giving the same `Source`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from db.errors import LoadError
from db.ingest.sources import grouplens, plain, remote, sample
from db.ingest.sources.archives import is_tar, is_zip
from db.ingest.sources.files import single_file
from db.ingest.sources.folders import LAYOUTS, beside, of_several
from db.ingest.sources.options import Options
from db.ingest.sources.other_formats import refuse_other, refuse_workbook
from db.ingest.sources.source import Source
from db.ingest.sources.sqlite_tables import is_sqlite, tables
from db.ingest.sources.unpacking import unpacked

__all__ = ["LAYOUTS", "SOURCES", "Options", "open_source"]

SOURCES: dict[str, Callable[[], Source]] = {"sample": sample.read}

AS_IT_IS = Options()


def open_source(
    where: str,
    options: Options = AS_IT_IS,
    progress: grouplens.Progress = grouplens.silent,
    fetched: Path | None = None,
) -> Source:
    """A dataset by its name, or from a folder, an archive, or a file of ratings.

    What is at a URL, or has a name of GroupLens', is downloaded first; `progress` is as for
    `db.ingest.swap.load`. `fetched`: what is at the URL, where that is here already.

    Raises: LoadError where there is nothing that can be read.
    """
    if remote.is_url(where):
        path = fetched or remote.fetched(where, progress)
        source = _opened(str(path), options, progress)
        return replace(source, origin=remote.without_secrets(where))
    return replace(_opened(where, options, progress), origin=where)


def _opened(where: str, options: Options, progress: grouplens.Progress) -> Source:
    path = Path(where).expanduser()
    if where in SOURCES:
        if options.movies or options.columns:
            raise LoadError(
                f"--movies and --column go with a single file of ratings; {where} needs neither."
            )
        return SOURCES[where]()
    if not path.exists() and where in grouplens.NAMES:
        return of_several(grouplens.download(where, progress), where, options)
    if not path.exists() and "://" in where:
        raise LoadError(
            f"{where} can't be downloaded: addresses begin with http:// or https://. Download it"
            " otherwise, and name the file."
        )
    if not path.exists():
        named = ", ".join((*SOURCES, *grouplens.NAMES))
        raise LoadError(f"There is no file or folder {where}. Datasets with a name: {named}.")
    if path.is_dir():
        return of_several(path, path.resolve().name, options)
    return _of_file(path, options)


def _of_file(path: Path, options: Options) -> Source:
    file = single_file(path)
    if is_zip(path) or is_tar(path):
        refuse_workbook(path)
        return of_several(path, path.name.partition(".")[0], options)
    ratings = unpacked(file)
    refuse_other(ratings)
    films = options.movies or beside(path)
    movies = unpacked(single_file(films)) if films else None
    if is_sqlite(ratings):
        ratings, listed = tables(ratings)
        movies = movies or listed
    return plain.read(
        ratings.name, [ratings], movies, options.columns, options.scale, options.read_as
    )
