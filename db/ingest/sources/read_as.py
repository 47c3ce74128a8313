"""How files may be read otherwise than they look: what the command line says, and what was done."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # ids are read as is said here
    from db.ingest.sources.original_ids import Ids

NUMBERS, WHOLE, TEXTS = "numbers", "whole", "texts"
IDS = (NUMBERS, TEXTS)
NO_TIMES = "none"

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "::": "double colon"}
BY_NAME = {name.replace(" ", "-"): mark for mark, name in SEPARATORS.items()}


@dataclass(frozen=True)
class ReadAs:
    """What is known of the files beforehand; None: to be seen from them."""

    separator: str | None = None
    """A key of SEPARATORS."""
    encoding: str | None = None
    """As Python calls it."""
    decimal: str | None = None
    """"." or ","."""
    header: bool | None = None
    """Whether the first line names the columns."""
    times: str | None = None
    """A form of times.FORMS, or NO_TIMES."""
    ids: str | None = None
    """One of IDS."""
    known_ids: "Ids | None" = None
    """The ids of the dataset that the files are added to; new ones are numbered after these."""


AS_IT_LOOKS = ReadAs()
