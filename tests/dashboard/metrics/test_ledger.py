"""Processes count together, and none is lost of one that is killed."""

import os
import signal
from threading import Thread

import pytest

from dashboard.metrics import ledger
from dashboard.metrics.ledger import ELSE, LATEST, OTHERS, ROUTES, Ledger


@pytest.fixture
def counts():
    return Ledger()


def in_a_process(do) -> int:
    """How a process ended that does it."""
    pid = os.fork()
    if pid == 0:
        do()
        os._exit(0)
    return os.waitpid(pid, 0)[1]


def test_what_processes_count_is_added_up(counts):
    def work(worker):
        counts.take(worker)
        for _ in range(10):
            counts.count("/", 200, 0.5, from_kept=worker == 1)
        counts.count("/only" if worker else "/", 503, 1.0, False)
        counts.note(kept=worker + 1, kept_bytes=100, connections=2)

    for worker in (0, 1):
        assert in_a_process(lambda worker=worker: work(worker)) == 0
    found = dict(counts.routes())
    assert list(found) == ["/", "/only"]
    assert found["/"].statuses == {200: 20, 503: 1} and found["/"].requests == 21
    assert found["/"].seconds == 11.0 and sorted(found["/"].latest) == [0.5] * 20 + [1.0]
    totals = {name: counts.total(name) for name in ("starts", "from_kept", "kept", "connections")}
    assert totals == {"starts": 2, "from_kept": 10, "kept": 3, "connections": 4}


def test_one_whose_answers_others_count_is_seen_to_have_started(counts):
    def work():
        counts.take_none(2)
        counts.begin()
        counts.count("/", 200, 0.5, False)

    assert in_a_process(work) == 0
    assert (counts.total("starts"), counts.total("under_way"), list(counts.routes())) == (1, 0, [])


def test_one_in_the_place_of_a_killed_one_goes_on_with_its_counts(counts):
    def killed():
        counts.take(1)
        counts.begin()
        counts.count("/", 200, 0.1, False)
        counts.note(kept=7, kept_bytes=8, connections=9)
        os.kill(os.getpid(), signal.SIGKILL)

    assert os.WTERMSIG(in_a_process(killed)) == signal.SIGKILL
    assert counts.total("under_way") == 1

    def next_one():
        counts.take(1)
        counts.count("/b", 200, 0.1, False)
        counts.count("/", 200, 0.1, False)

    assert in_a_process(next_one) == 0
    assert {name: each.requests for name, each in counts.routes()} == {"/": 2, "/b": 1}
    assert counts.total("starts") == 2
    assert [counts.total(name) for name in ledger.NOW] == [0, 0, 0, 0]


def test_threads_lose_nothing(counts):
    def work():
        for _ in range(500):
            counts.begin()
            counts.count("/", 200, 1.0, False)
            counts.end()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (_, found), *_ = counts.routes()
    assert (found.requests, found.seconds, counts.total("under_way")) == (4000, 4000.0, 0)


def test_only_the_latest_durations_are_remembered(counts):
    for _ in range(LATEST):
        counts.count("/", 200, 9.0, False)
    for _ in range(LATEST):
        counts.count("/", 404, 1.0, False)
    (_, found), *_ = counts.routes()
    assert set(found.latest) == {1.0} and found.requests == 2 * LATEST


def test_a_status_that_nobody_expects_is_counted(counts):
    counts.count("/", 418, 1.0, False)
    assert dict(counts.routes())["/"].statuses == {ELSE: 1}


def test_more_routes_than_there_is_room_for_are_counted_together(counts):
    for number in range(ROUTES + 5):
        counts.count(f"/{number}", 200, 1.0, False)
    found = dict(counts.routes())
    assert len(found) == ROUTES and found[OTHERS].requests == 6
    assert sum(each.requests for each in found.values()) == ROUTES + 5
