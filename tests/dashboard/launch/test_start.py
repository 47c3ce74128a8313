"""Signals around a start, and what its process takes."""

import os
import signal
import subprocess
import sys

import pytest

from dashboard.launch.start import STOP, interruptible, look_after
from db.server.children import ROOT


@pytest.fixture(autouse=True)
def handlers():
    """As of a program that nobody started with nohup."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in STOP}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_hangup_ends_the_block():
    with pytest.raises(KeyboardInterrupt), interruptible():
        os.kill(os.getpid(), signal.SIGHUP)


def test_a_look_is_finished_first():
    """Half a look is a child without anybody to end it, or a lock that nobody gives back."""
    done = []

    def look() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGHUP)
        done.append("whole")

    with pytest.raises(KeyboardInterrupt), interruptible():
        look_after(look)
    assert done == ["whole"]


def test_under_nohup_it_goes_on():
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with interruptible():
        os.kill(os.getpid(), signal.SIGHUP)


def test_the_launcher_stays_small():
    """It waits for as long as the app runs: tables and arrays are for its children."""
    heavy = "numpy", "pandas", "pyarrow", "scipy", "dash"
    code = f"import sys, dashboard.launch.start; print(*{{*sys.modules}} & {{*{heavy}}})"
    command = [sys.executable, "-c", code]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.split() == []
