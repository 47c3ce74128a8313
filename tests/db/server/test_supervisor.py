"""The embedded server against what really happens to it: kills, stale files, odd places."""

import contextlib
import os
import pwd
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg2
import pytest
from sqlalchemy import create_engine, text

from db.errors import EmbeddedError
from db.own_files import lock_file, taken
from db.server import account, binaries, creation, running, supervisor, url
from db.server.account import NAME, OURS, server_account
from db.server.cluster import BEGIN, Cluster
from db.server.leftovers import servers

ROOT = Path(__file__).parents[3]
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a death signal")
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become another user")

PATIENCE = 60  # seconds, against a test that hangs: nothing is asserted on how long things take

OWNER = """
import sys, pathlib
from db.server import running
with running(pathlib.Path(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home():
    """Not tmp_path, which is too long for a socket on macOS."""
    with tempfile.TemporaryDirectory(prefix="rs", dir="/tmp") as directory:
        yield Path(directory).resolve()


@pytest.fixture(scope="module")
def made():
    """A home whose cluster exists, for tests that leave it as good as they found it."""
    with tempfile.TemporaryDirectory(prefix="rs", dir="/tmp") as directory:
        with running(Path(directory).resolve()):
            pass
        yield Path(directory).resolve()


def owner(home: Path) -> subprocess.Popen[str]:
    """Another process that runs the server until its standard input ends."""
    command = [sys.executable, "-c", OWNER, str(home)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)


def ask(home: Path, statement: str) -> object:
    connection = psycopg2.connect(url(home).replace("+psycopg2", ""))
    with contextlib.closing(connection), connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def keep_asking(home: Path, statement: str) -> object:
    """The answer once the server is back."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return ask(home, statement)
        except (psycopg2.OperationalError, psycopg2.InterfaceError):  # refused, or lost
            assert time.monotonic() < deadline, "the server did not come back"
            time.sleep(0.02)


def wait_for(condition) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(condition())


def postmaster(home: Path) -> int:
    return int((home / "pg18" / "postmaster.pid").read_text().split("\n")[0])


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


def as_account(uid: int, gid: int, attempt) -> str:
    """What `attempt()` returns, or the name of what it raises, in a process of that account."""
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        try:
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)
            said = str(attempt())
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(write_end, said.encode())
        os._exit(0)
    os.close(write_end)
    os.wait()
    with os.fdopen(read_end) as answer:
        return answer.read()


@root_only
@pytest.mark.parametrize("name", ["nobody", NAME])
def test_another_account_does_not_get_in_even_where_it_reaches_the_socket(made, name):
    """Not even the one that the server runs as."""
    made.chmod(0o711)
    with running(made):
        entry = pwd.getpwnam(name)
        said = as_account(entry.pw_uid, entry.pw_gid, lambda: ask(made, "select 1"))
        assert "Peer authentication failed" in said or "Permission denied" in said


@root_only
def test_nobody_enters_the_directory_by_way_of_the_servers_process(made):
    """As long as the server was nobody, it could be edited there, pg_hba.conf included."""
    with running(made):
        entry, inside = pwd.getpwnam("nobody"), Path(f"/proc/{postmaster(made)}/cwd/pg_hba.conf")
        said = as_account(entry.pw_uid, entry.pw_gid, inside.read_text)
    assert said.startswith("PermissionError")


@root_only
def test_the_servers_account_has_no_other_use(made):
    assert pwd.getpwuid(server_account().uid).pw_name == NAME
    owners = {path.lstat().st_uid for path in (made / "pg18").rglob("*")}
    assert owners == {server_account().uid}


@root_only
def test_what_ran_as_nobody_is_taken_over(home):
    with running(home):
        ask(home, "create table kept as select 7 as n")
    entry = pwd.getpwnam("nobody")
    for path in (home / "pg18", *(home / "pg18").rglob("*")):
        os.chown(path, entry.pw_uid, entry.pw_gid, follow_symlinks=False)
    with running(home):
        assert ask(home, "select n from kept") == 7
    assert (home / "pg18").stat().st_uid == server_account().uid


@root_only
def test_where_no_account_can_be_made_the_start_is_refused(home, monkeypatch):
    monkeypatch.setattr(account, "NAME", "reelscope-none")
    monkeypatch.setattr(account, "PROGRAMS", {"false": ()})
    with pytest.raises(EmbeddedError, match=r"can't be made: exit code 1. Make it"), running(home):
        pass


def test_all_is_ours_alone_whatever_the_umask(home):
    before = os.umask(0)
    try:
        with running(home):
            pass
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in home.iterdir()}
    assert modes == {"pg18": 0o700, "pg18.lock": 0o600, "pg18.log": 0o600}


def test_a_lock_that_is_held_by_what_serves_nothing_is_waited_for_a_while(home, monkeypatch):
    monkeypatch.setattr(supervisor, "HOLDING", 0.5)
    with lock_file(home / "pg18.lock") as lock:
        assert taken(lock)
        said = rf"process {os.getpid()} \(.*\), which holds {home}/pg18.lock, runs no server"
        with pytest.raises(EmbeddedError, match=said), running(home):
            pass


@root_only
def test_a_lock_of_another_user_is_refused(home):
    (home / "pg18.lock").touch()
    os.chown(home / "pg18.lock", 54321, 54321)
    with pytest.raises(EmbeddedError, match=r"another user \(id 54321\); remove it"), running(home):
        pass


@root_only
def test_programs_that_the_account_cannot_reach_are_copied_once(home, monkeypatch):
    site = binaries.programs(OURS).parents[2]
    hidden = home / "hidden"  # as a virtual environment under /root
    hidden.mkdir(mode=0o700)
    for name in (binaries.PACKAGE, f"{binaries.PACKAGE}.libs"):
        (hidden / name).symlink_to(site / name)
    assert not binaries.reachable_by_others(hidden)
    home.chmod(0o755)
    monkeypatch.setattr(binaries, "FOR_UNPRIVILEGED", home / "cache")

    copies = [binaries.reachable_copy(hidden) for _ in range(2)]

    assert copies[0] == copies[1]
    assert [path.name for path in (home / "cache").iterdir()] == [copies[0].name]
    for program in ("initdb", "postgres"):
        path = binaries.programs_under(copies[0]) / program
        version = subprocess.run([path, "--version"], user="nobody", capture_output=True, text=True)
        assert "PostgreSQL" in version.stdout


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
