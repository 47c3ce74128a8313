"""What an import does before it is done."""

import pytest
from sqlalchemy import text

from db.ingest.importer import vacuum
from db.ingest.swap import load
from db.store.engine import reading, writing
from tests.db.importing import source


def checkpoint():
    with reading() as connection:
        return connection.scalar(text("select redo_lsn::text from pg_control_checkpoint()"))


@pytest.mark.parametrize("much", [-1, 1 << 40], ids=["much", "little"])
def test_what_is_much_is_on_the_disk_before_the_embedded_server_ends(scratch, monkeypatch, much):
    loaded, before = load(source()), checkpoint()
    monkeypatch.setattr("db.ingest.importer.configured_url", lambda: None)
    monkeypatch.setattr("db.ingest.importer.MUCH", much)
    with writing() as connection:
        vacuum(connection, loaded.id)
    assert (checkpoint() != before) == (much < 0)
