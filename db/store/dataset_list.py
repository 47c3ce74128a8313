"""All datasets that are in the database: the current one, and those that are kept beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text
from sqlalchemy.exc import ProgrammingError

from db.errors import LoadError
from db.store.datasets import UNDEFINED, Dataset, dataset_of, layout
from db.store.driver import sqlstate
from db.store.pointer import CURRENT

ALL = text(f"select d.*, d.id = {CURRENT} as current from reelscope.datasets d order by d.id")


@dataclass(frozen=True)
class Listed:
    """One dataset as the catalogue has it; catalogues of earlier versions lack some of it."""

    dataset: Dataset
    current: bool
    kept: bool
    """Whether it stays when others are loaded."""
    readable: bool
    """Whether its tables are those of this version."""
    history: tuple[Mapping[str, Any], ...] = ()
    """Each import: source, at (ISO 8601), ratings (new ones), perhaps changed."""
    licence: str = ""
    rejected: Mapping[str, Any] | None = None

    @property
    def origins(self) -> tuple[str, ...]:
        """What was loaded, then what was appended, each once."""
        return tuple(dict.fromkeys(each["source"] for each in self.history))

    @property
    def loaded_at(self) -> datetime:
        """When it was loaded, or last added to."""
        return self.dataset.loaded_at


def listed(connection: Connection) -> list[Listed]:
    """Those that can be shown: the current one and the kept ones, oldest first."""
    try:
        rows = connection.execute(ALL, {"layout": layout()}).all()
    except ProgrammingError as error:
        if sqlstate(error) in UNDEFINED:
            return []
        raise
    found = map(_listed, rows)
    return [each for each in found if each.current or each.kept]


def _listed(row: Row) -> Listed:
    there = row._mapping
    return Listed(
        dataset_of(row),
        bool(row.current),
        there.get("kept", False),
        there.get("layout") == layout(),
        tuple(there.get("history", ())),
        there.get("licence", ""),
        there.get("rejected"),
    )


def named(connection: Connection, name: str) -> Listed:
    """The dataset of a name, in whatever case. Raises: LoadError, which says which there are."""
    every = listed(connection)
    found = [each for each in every if each.dataset.name.casefold() == name.casefold()]
    found = [each for each in found if each.dataset.name == name] or found
    if not found:
        names = ", ".join(repr(each.dataset.name) for each in every) or "none"
        raise LoadError(f"There is no dataset called {name!r}. There is: {names}.")
    return found[-1]
