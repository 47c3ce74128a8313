"""Where ratings come from: one reader per layout, all giving the same `Source`."""

from collections.abc import Callable

from db.sources import sample
from db.sources.source import Source

SOURCES: dict[str, Callable[[], Source]] = {"sample": sample.read}
