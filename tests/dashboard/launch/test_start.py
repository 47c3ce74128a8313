"""Signals around a start, and what its process takes."""

import os
import signal
import subprocess
import sys

import pytest

from dashboard.launch.start import STOP, interruptible
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
