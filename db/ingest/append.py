"""Add a source's ratings to the dataset that is current: new ones, changed ones, new films.

The same guarantees as an import's: readers see the dataset before or after, whatever is killed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from db.ingest.additions import Additions, additions
from db.ingest.base_tables import Progress
from db.ingest.changed_tables import change, obstacle
from db.ingest.dataset_tables import import_of
from db.ingest.importer import importing, still_alone, vacuum
from db.ingest.sources.source import Source
from db.ingest.staged import Staged, stage
from db.ingest.stored_source import stored_source
from db.ingest.swap import MAX_REJECTED, Filling, check_space, filled_from, new_dataset
from db.ingest.union import union
from db.store.datasets import Dataset, enter_current

Opened = Callable[[Source], Source]
"""Opens a source whose ids go on from those of the one that is loaded, on its scale. Raises:
LoadError."""
Filled = Callable[[Source, Progress], Filling]
"""What makes the tables of all that there is, where all of them must be made anew."""


@dataclass(frozen=True)
class Appended:
    """What came of it."""

    dataset: Dataset
    new: int
    """Ratings of pairs of user and film that were not there."""
    changed: int
    """Ratings that took the place of earlier ones."""
    unchanged: int
    """Ratings that were there already, or later ones of their pairs were."""
    films: int
    """New ones."""
    anew: str
    """Why all tables were made anew; "" where only what changed was written."""


def append(
    opened: Opened,
    progress: Progress = lambda step, done: None,
    max_rejected: float = MAX_REJECTED,
    filled: Filled = filled_from,
) -> Appended:
    """Add what `opened` gives to the current dataset. What they say of `load` is true of the rest.

    Raises: NoDataset, LoadError; the current dataset is then as it was. DatabaseUnavailable.
    """
    with importing() as connection:
        with connection.begin():
            current = enter_current(connection)
            before = stored_source(connection, current)
        progress("Reading what is new", 0)
        source = opened(before)
        added = additions(before, source, max_rejected)
        return _append(connection, current, before, source.origin, added, progress, filled)


def _append(
    connection: Connection,
    current: Dataset,
    before: Source,
    origin: str,
    added: Additions,
    progress: Progress,
    filled: Filled,
) -> Appended:
    with connection.begin():
        enter_current(connection)
        staged = stage(connection, added)
        if not staged.anything and not len(added.movies) and not len(added.titled):
            return _appended(current, staged, added, "")
        history = (*before.history, import_of(origin, staged.new, changed=staged.changed))
        anew = obstacle(connection, current, staged, added)
        if not anew:
            change(connection, current, before, staged, added, history, progress)
            still_alone(connection)
    if anew:
        whole = union(before, added, history)
        check_space(whole)
        return _appended(
            new_dataset(connection, filled(whole, progress), progress), staged, added, anew
        )
    progress("Tidying up", 0)
    vacuum(connection, current.id)
    with connection.begin():
        return _appended(enter_current(connection), staged, added, "")


def _appended(dataset: Dataset, staged: Staged, added: Additions, anew: str) -> Appended:
    return Appended(dataset, staged.new, staged.changed, staged.unchanged, len(added.movies), anew)
