"""Measured in processes of their own: a setting is for good."""

import subprocess
import sys

import pytest

from db.server.children import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a setting of glibc's")

# Threads that stay take and free 32 MB in turn, in pieces, and keep the last of what they took
GROWTH = """
import threading, psutil
from dashboard.launch.freed_memory import give_back
{settle}
def own(): return psutil.Process().memory_full_info().uss
kept, turn, over = [], threading.Lock(), threading.Event()
def use():
    with turn:
        taken = [bytearray(100_000) for _ in range(320)]
        kept.append(bytearray(1_000))
        del taken
    done.release()
    over.wait()
done, before = threading.Semaphore(0), own()
threads = [threading.Thread(target=use) for _ in range(8)]
for thread in threads: thread.start()
for _ in threads: done.acquire()
print((own() - before) // 2**20)
over.set()
"""


def said(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_threads_that_have_finished_hold_no_memory():
    """As much as one or two of them need, where each kept its own."""
    grown = {settle: int(said(GROWTH.format(settle=settle))) for settle in ("", "give_back()")}
    assert grown["give_back()"] < grown[""] / 2


def test_arrow_keeps_nothing():
    code = "from dashboard.launch.freed_memory import give_back; give_back()"
    assert said(f"{code}; import pyarrow; print(pyarrow.default_memory_pool().backend_name)") == (
        "system\n"
    )
