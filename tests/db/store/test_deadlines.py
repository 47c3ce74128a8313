"""A server that is stopped, and not dead, leaves nobody waiting."""

import signal
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Barrier, Thread

import psutil
import pytest
from flask import Flask
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from dashboard.health import readyz
from db.errors import DatabaseBusy, DatabaseUnavailable, NoDataset
from db.server.leftovers import processes_in
from db.store.deadlines import Patience, limited
from db.store.driver import driver
from db.store.engine import CONNECTIONS, engine, reading


@pytest.fixture
def frozen(scratch, second_server):
    """A server without a dataset, all its processes stopped; called, it goes on."""
    with pytest.raises(NoDataset), reading():
        pass  # the pool has a connection, which looks fit
    processes = list(processes_in(Path(make_url(second_server).query["host"])))
    assert processes

    def tell(number):
        for process in processes:
            with suppress(psutil.NoSuchProcess):  # one that cleans up now and then
                process.send_signal(number)

    tell(signal.SIGSTOP)
    yield partial(tell, signal.SIGCONT)
    tell(signal.SIGCONT)


def test_nobody_waits_for_a_server_that_is_stopped(frozen):
    with pytest.raises(DatabaseUnavailable), reading():
        pass
    with Flask("health").app_context():
        answer = readyz()
    assert (answer.status_code, answer.get_data(as_text=True)) == (
        503,
        "The database can't be reached.\n",
    )
    frozen()
    with pytest.raises(NoDataset), reading():
        pass


def test_what_takes_longer_than_it_may_is_given_up(database):
    with pytest.raises(DatabaseUnavailable), reading(0.5) as connection:
        connection.execute(text("select pg_sleep(20)"))
    with reading(5.0) as connection:
        assert connection.scalar(text("select 1")) == 1


def test_a_statement_that_the_server_ends_is_no_outage(database):
    with pytest.raises(DatabaseBusy), reading() as connection:
        connection.execute(text("set local statement_timeout = 50"))
        connection.execute(text("select pg_sleep(20)"))


def test_a_connection_that_is_not_to_be_had_is_no_outage(database, monkeypatch):
    monkeypatch.setattr(engine().pool, "_timeout", 0.1)
    taken = [engine().connect() for _ in range(2 * CONNECTIONS)]
    try:
        with pytest.raises(DatabaseBusy), reading():
            pass
    finally:
        for each in taken:
            each.close()


def test_a_descriptor_is_not_kept(connection):
    beneath = driver(connection)
    for _ in range(2000):  # more than a process may have open
        with limited(beneath, 1.0):
            pass
    assert connection.scalar(text("select 1")) == 1


def test_while_it_is_silent_one_asks_and_the_others_are_told():
    patience, inside, told = Patience(seconds=-1.0), Barrier(2), Barrier(2)
    with pytest.raises(OperationalError), patience.asking():
        raise OperationalError("select 1", {}, Exception("timeout expired"))

    def ask():
        with patience.asking():
            inside.wait()
            told.wait()

    asking = Thread(target=ask)
    asking.start()
    inside.wait()
    with pytest.raises(DatabaseUnavailable), patience.asking():
        pass
    told.wait()
    asking.join()
    with patience.asking():  # it answered
        pass
    assert not patience.silent
