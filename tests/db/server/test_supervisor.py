"""The embedded server against what really happens to it: kills, stale files, odd places."""

import contextlib
import os
import signal
import subprocess
import threading
import time

import psycopg2
import pytest
from sqlalchemy import create_engine, text

from db.errors import EmbeddedError
from db.server import creation, running, url
from db.server.account import OURS, server_account
from db.server.cluster import BEGIN, Cluster
from db.server.leftovers import servers
from tests.db.server.server_owner import (
    PATIENCE,
    ask,
    keep_asking,
    linux_only,
    owner,
    postmaster,
    wait_for,
)


def test_it_answers_keeps_what_it_is_told_and_stops(home):
    with running(home):
        ask(home, "create table kept as select 7 as n")
    assert not any(servers(home / "pg18"))
    with running(home):
        assert ask(home, "select n from kept") == 7


def test_the_role_owns_its_database_and_is_no_superuser(made):
    with running(made):
        assert ask(made, "select current_setting('is_superuser')") == "off"
        assert ask(made, "select lower('ÉCLAIR')") == "éclair"
        ask(made, "create schema mine")
        ask(made, "drop schema mine")


def test_no_tcp_port_is_open(made):
    import psutil

    with running(made):
        server = psutil.Process(postmaster(made))
        assert not [c for c in server.net_connections() if c.family != 1]


@pytest.mark.slow
def test_spaces_quotes_and_accents_in_the_path(home):
    odd = home / "a b'%é+&"
    odd.mkdir()
    with running(odd), create_engine(url(odd)).connect() as connection:
        assert connection.execute(text("select 1")).scalar() == 1


def test_a_path_too_long_for_a_socket_is_refused(home):
    long = home / ("x" * 100)
    with pytest.raises(EmbeddedError, match=r"is too long a path .* by \d+ bytes"), running(long):
        pass


def test_a_full_disk_is_refused_before_anything_is_written(home, monkeypatch):
    monkeypatch.setattr(creation, "SPACE_TO_CREATE", 1 << 62)
    with pytest.raises(EmbeddedError, match=r"the disk of .* is full: \d+ MB free"), running(home):
        pass
    assert [path.name for path in home.iterdir()] == ["pg18.lock"]


def test_a_cluster_of_another_user_is_refused(home):
    (home / "pg18").mkdir()
    os.chmod(home / "pg18", 0o700)
    if os.geteuid() != 0:
        pytest.skip("needs root to give files away")
    os.chown(home / "pg18", 54321, 54321)
    with pytest.raises(EmbeddedError, match="belongs to another user"), running(home):
        pass


@pytest.mark.slow
def test_a_damaged_cluster_says_what_the_server_said(home):
    with running(home):
        pass
    (home / "pg18" / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(EmbeddedError, match="database files are incompatible"), running(home):
        pass


@linux_only
@pytest.mark.parametrize(
    "moments",
    [(0, 4, 9), pytest.param(range(12), marks=pytest.mark.slow)],
    ids=["three", "twelve"],
)
def test_killed_at_any_point_of_the_first_start_it_starts_the_next_time(home, moments):
    kills = 0
    for n in moments:
        fresh = home / str(n)
        fresh.mkdir()
        process = owner(fresh)
        time.sleep(0.15 + 0.08 * n)  # from before initdb to after the first answer
        process.kill()
        process.wait()
        kills += not (fresh / "pg18").exists()
        with running(fresh):
            assert ask(fresh, "select 1") == 1
        assert {path.name for path in fresh.iterdir()} <= {
            "pg18", "pg18.lock", "pg18.log", "pg18.log.old",
        }  # fmt: skip
    assert kills, "no kill came before the cluster was whole"


@linux_only
def test_the_server_ends_with_a_killed_owner(made):
    process = owner(made)
    assert process.stdout.readline() == "ready\n"
    process.kill()
    process.wait()
    assert wait_for(lambda: not any(servers(made / "pg18")))


@pytest.mark.slow
def test_readers_are_served_again_each_time_the_server_is_killed(home):
    stop, answers = threading.Event(), [0, 0, 0]

    def read(reader: int) -> None:
        while not stop.is_set():
            assert keep_asking(home, "select count(*) from kept") == 1000
            answers[reader] += 1

    def all_read_twice_more() -> bool:
        """The first of the two may have been asked before."""
        before = list(answers)
        return wait_for(
            lambda: all(now > then + 1 for now, then in zip(answers, before, strict=True))
        )

    with running(home):
        ask(home, "create table kept as select generate_series(1, 1000) as n")
        readers = [threading.Thread(target=read, args=[reader]) for reader in range(len(answers))]
        for reader in readers:
            reader.start()
        for _ in range(5):
            assert all_read_twice_more()
            killed = postmaster(home)
            os.kill(killed, signal.SIGKILL)
            assert all_read_twice_more()
            assert postmaster(home) != killed
        stop.set()
        for reader in readers:
            reader.join()


@pytest.mark.parametrize("content", ["", "{pid}\n", "nonsense\n"], ids=["empty", "reused", "torn"])
def test_stale_lock_files_of_a_dead_server_do_not_matter(made, content):
    server = server_account()
    the_same = {} if server == OURS else {"user": server.uid, "group": server.gid}
    with subprocess.Popen(["sleep", "60"], cwd="/", **the_same) as innocent:
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            (made / "pg18" / name).write_text(content.format(pid=innocent.pid))
        with running(made):
            assert ask(made, "select 1") == 1
        assert innocent.poll() is None
        innocent.kill()


def test_an_orphan_server_is_ended_and_replaced(made):
    orphan = Cluster(made).start()
    assert wait_for(Cluster(made).answers)
    (made / "pg18" / "postmaster.pid").write_text("")
    with running(made):
        assert orphan.wait(PATIENCE) is not None
        assert postmaster(made) != orphan.pid
        assert ask(made, "select 1") == 1


@pytest.mark.parametrize("end", ["killed", "finished"])
def test_two_processes_share_a_server_and_the_second_takes_over(made, end):
    first = owner(made)
    assert first.stdout.readline() == "ready\n"
    before = postmaster(made)
    with running(made):
        assert postmaster(made) == before
        first.kill() if end == "killed" else first.stdin.close()
        first.wait()
        assert wait_for(lambda: keep_asking(made, "select 1") and postmaster(made) != before)
    assert not any(servers(made / "pg18"))


def test_a_second_block_in_one_process_shares_the_server(made):
    with running(made):
        before = postmaster(made)
        with running(made):
            assert ask(made, "select 1") == 1
        assert ask(made, "select 1") == 1
        assert postmaster(made) == before


def test_a_start_leaves_no_refusals_in_the_log_and_a_death_is_said(made):
    said = []
    with running(made, said.append):
        server = min(servers(made / "pg18"), key=lambda process: process.create_time())
        assert "FATAL" not in (made / "pg18.log").read_text().rpartition(BEGIN)[2]
        server.kill()
        wait_until(lambda: any("killed by SIGKILL" in line for line in said))
        wait_until(Cluster(made).answers)
    assert [line for line in said if "ended" in line] == [
        "PostgreSQL ended (killed by SIGKILL); it is started again"
    ]


def test_the_log_is_bounded_while_the_server_writes_to_it(made, monkeypatch):
    monkeypatch.setattr("db.server.cluster.LOG_BYTES", 1000)
    log, old = made / "pg18.log", made / "pg18.log.old"
    with running(made):
        with log.open("a") as more:
            more.write("x" * 1000)
        wait_until(lambda: log.stat().st_size < 1000)
        assert "xxx" in old.read_text()
        with contextlib.suppress(psycopg2.OperationalError):
            psycopg2.connect(host=str(made / "pg18"), user="reelscope", dbname="none")
        wait_until(lambda: 'database "none" does not exist' in log.read_text() + old.read_text())


def wait_until(condition) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
