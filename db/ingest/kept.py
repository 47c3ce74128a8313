"""Datasets that stay beside the current one: choose one of them, drop one, bring all of them over
to this version's tables."""

from sqlalchemy import Connection, text

from db.errors import LoadError, OutdatedDataset
from db.ingest.base_tables import Progress
from db.ingest.importer import drop, flip, importing
from db.ingest.sources.source import Source
from db.ingest.stored_source import stored_source
from db.ingest.swap import check_space, filled_from, made
from db.store.dataset_list import Listed, listed, named
from db.store.datasets import Dataset, enter_current

GONE = text("delete from reelscope.datasets where id = :id")
STAYS = text("update reelscope.datasets set kept = :kept, loaded_at = :at where id = :number")
TAKES_PLACE = text("update reelscope.datasets set kept = false where id = :id")


def use(name: str) -> Dataset:
    """Make a kept dataset the current one; the one that was stays kept if it was.

    Raises: LoadError, OutdatedDataset, DatabaseUnavailable.
    """
    with importing() as connection, connection.begin():
        chosen = named(connection, name)
        if not chosen.readable:
            raise OutdatedDataset(name)
        flip(connection, chosen.dataset.id)
        return enter_current(connection)


def forget(name: str) -> Dataset:
    """Drop a kept dataset. Raises: LoadError, DatabaseUnavailable."""
    with importing() as connection, connection.begin():
        found = named(connection, name)
        if found.current:
            raise LoadError(
                f"{name} is what is shown. Choose another first (python -m db use NAME),"
                " or load one."
            )
        drop(connection, found.dataset.id)
        connection.execute(GONE, {"id": found.dataset.id})
        return found.dataset


def upgrade(progress: Progress = lambda step, done: None) -> list[Dataset]:
    """Make the tables of datasets of earlier versions anew, from their ratings, films and tags.

    One after the other; each is as it was until its new tables are complete. Returns those that
    were. Raises: LoadError, DatabaseUnavailable.
    """
    done: list[Dataset] = []
    with importing() as connection:
        with connection.begin():
            old = [each for each in listed(connection) if not each.readable]
        for each in old:
            _upgrade(connection, each, progress)
            done.append(each.dataset)
    return done


def _upgrade(connection: Connection, old: Listed, progress: Progress) -> None:
    with connection.begin():
        source: Source = stored_source(connection, old.dataset)
    check_space(source)
    number = made(connection, filled_from(source, progress), progress)
    stays = {"number": number, "kept": old.kept, "at": old.dataset.loaded_at}
    with connection.begin():
        if old.current:
            flip(connection, number)
        connection.execute(TAKES_PLACE, {"id": old.dataset.id})
        connection.execute(STAYS, stays)
