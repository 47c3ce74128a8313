"""Signals around a start."""

import os
import signal

import pytest

from dashboard.launch.start import STOP, interruptible


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
