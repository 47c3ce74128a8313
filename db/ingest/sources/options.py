"""How to read ratings that are not MovieLens'."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from db.ingest.sources.read_as import AS_IT_LOOKS, ReadAs
from db.ingest.sources.stars import STARS, Scale


@dataclass(frozen=True)
class Options:
    """What the command line says."""

    movies: Path | None = None
    """A list of films beside a single file of ratings."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """What the files call their columns, by keys of `columns.NAMES`; one of the list of films
    alone has "movies." before its key."""
    scale: Scale = STARS
    read_as: ReadAs = AS_IT_LOOKS
