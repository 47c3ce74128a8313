import sys
import time

import psutil
import pytest

from db.server import children

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("up", flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path))


def test_a_child_that_will_not_end_is_killed_with_what_it_started(monkeypatch):
    monkeypatch.setattr(children, "PATIENCE", 0.2)
    with children.child("-c", STUBBORN) as process:
        deadline = time.monotonic() + 30
        while not (family := psutil.Process(process.pid).children()):
            assert time.monotonic() < deadline
            time.sleep(0.02)
    assert process.returncode is not None
    assert not psutil.wait_procs(family, timeout=30)[1]


def test_an_end_comes_even_where_a_signals_exception_left_popens_lock_taken(monkeypatch):
    monkeypatch.setattr(children, "PATIENCE", 0.2)
    monkeypatch.setattr(children, "KILLED", 0.2)
    with children.child("-c", "import time; time.sleep(60)") as process:
        process._waitpid_lock.acquire()
    process._waitpid_lock.release()
    assert process.wait(30) < 0


def test_a_child_that_has_ended_already_is_no_error():
    with children.child("-c", "raise SystemExit(3)") as process:
        process.wait()
    assert process.returncode == 3


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a death signal")
def test_a_child_whose_parent_was_gone_before_it_began_does_not_begin(tmp_path):
    from db.server import tethered

    with children.child(
        tethered.__file__, "1", "15", "0", "0", str(tmp_path), "touch", "ran"
    ) as process:
        assert process.wait() == 1
    assert not (tmp_path / "ran").exists()
