"""Only the account that the server runs as gets in: other users, umasks, locks."""

import os
import pwd
import subprocess
from pathlib import Path

import pytest

from db.errors import EmbeddedError
from db.own_files import lock_file, taken
from db.server import account, binaries, running, supervisor
from db.server.account import NAME, OURS, server_account
from tests.db.server.server_owner import ask, postmaster, root_only


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
