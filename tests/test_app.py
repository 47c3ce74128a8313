"""`python app.py` as people run it: started, asked, started twice, interrupted, killed."""

import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from benchmarks.spark.tcp_server import TCPServer
from db.ingest.sources import SOURCES
from db.ingest.swap import load
from db.store.engine import writing
from tests.running_app import (
    DIRECT,
    END_SECONDS,
    START_SECONDS,
    Reelscope,
    free_port,
    run,
    status,
    wait_for,
)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="rs", dir="/tmp") as directory:
        yield Path(directory).resolve()


@pytest.fixture(scope="module")
def started(home: Path) -> Iterator[Reelscope]:
    reelscope = Reelscope(home)
    reelscope.wait_until_ready()
    yield reelscope
    if reelscope.process.poll() is None:
        reelscope.end(signal.SIGKILL)


def test_it_says_each_step_and_serves_the_first_page(started):
    assert status(started.url) == status(f"{started.url}healthz") == 200
    said = started.output()
    assert said.index("Starting the database") < said.index("Loading the sample")
    assert said.index("Starting the web server") < said.index(f"Reelscope is at {started.url}")


@pytest.mark.slow
def test_models_are_trained_without_being_asked(started):
    patience = 180  # the priority is the lowest
    assert wait_for(lambda: any(started.home.glob("models/*/nmf")), patience)


def test_a_second_start_says_where_the_first_is(started):
    second = run(**started.settings)
    assert second.stdout == f"Reelscope is already running at {started.url}\n"
    assert second.returncode == 0


def test_a_second_start_elsewhere_fails(started):
    for elsewhere in (("--port", str(free_port())), ("--host", "0.0.0.0")):
        second = run(*elsewhere, **started.settings)
        assert second.stdout == f"Reelscope is already running at {started.url}\n"
        assert f"It listens on 127.0.0.1:{started.port}, not on " in second.stderr
        assert second.returncode == 1


def metric(started: Reelscope, sample: str) -> float:
    """One line of /metrics."""
    with DIRECT.open(f"{started.url}metrics", timeout=5) as answer:
        lines = dict(line.rsplit(" ", 1) for line in answer.read().decode().splitlines())
    return float(lines.get(sample, 0))


HEALTHY = 'reelscope_requests_total{route="/healthz",status="200"}'


def test_metrics_are_of_all_workers_whichever_is_asked(started):
    before = metric(started, HEALTHY)
    for number in range(1, 21):
        assert status(f"{started.url}healthz") == 200
        assert metric(started, HEALTHY) == before + number


def test_a_killed_worker_is_replaced(started):
    starts, healthy = metric(started, "reelscope_worker_starts_total"), metric(started, HEALTHY)
    servers = [p for p in started.family() if "dashboard.launch.workers" in p.cmdline()]
    workers = [p for p in servers if p.parent() in servers]
    assert workers
    for worker in workers:
        worker.kill()
    assert wait_for(lambda: status(started.url) == 200, START_SECONDS)
    everyone = starts + len(workers)
    assert wait_for(
        lambda: metric(started, "reelscope_worker_starts_total") == everyone, START_SECONDS
    )
    assert metric(started, HEALTHY) == healthy  # nothing is forgotten
    assert status(f"{started.url}export/rating-distribution.csv") == 200  # by the back room


def test_each_export_is_counted_and_logged_once(started):
    exported = 'reelscope_requests_total{route="/export/<name>",status="200"}'
    before = metric(started, exported)
    for number in range(1, 6):
        assert status(f"{started.url}export/top-movies.csv?min={number}") == 200
    assert metric(started, exported) == before + 5
    assert started.output().count("GET /export/top-movies.csv") == 5


def test_a_killed_web_server_is_replaced_with_its_workers(started):
    servers = [p for p in started.family() if "dashboard.launch.workers" in p.cmdline()]
    [master] = [p for p in servers if p.parent() not in servers]
    master.kill()
    assert wait_for(lambda: not any(p.is_running() for p in servers), END_SECONDS)
    assert wait_for(lambda: status(started.url) == 200, START_SECONDS)


def test_first_requests_that_come_together_are_all_answered(started):
    [master] = [p for p in started.family() if p.name() != "postgres" and is_web_server(p)]
    master.kill()
    addresses = ("", "genres", "films/318", "films", "healthz", "_dash-layout")
    with ThreadPoolExecutor(24) as pool:
        found = set(pool.map(lambda n: first_answer(f"{started.url}{addresses[n % 6]}"), range(72)))
    assert found == {200}


def is_web_server(process: psutil.Process) -> bool:
    """Whether it is the one that keeps the workers."""
    named = "dashboard.launch.workers"
    return named in process.cmdline() and named not in process.parent().cmdline()


def first_answer(url: str) -> int:
    """The first status that comes, from when somebody listens."""
    found: list[int] = []
    wait_for(lambda: found.append(status(url)) or found[-1], START_SECONDS)
    return found[-1]


def test_a_killed_database_comes_back(started):
    server = next(p for p in started.family() if p.name() == "postgres")
    server.kill()
    psutil.wait_procs([server])
    assert wait_for(lambda: status(f"{started.url}readyz") == 200, START_SECONDS)


def test_ctrl_c_ends_everything_and_is_no_error(started):
    code, left = started.end(signal.SIGINT)
    assert code == 0
    assert not left
    assert started.output().endswith("Reelscope has stopped.\n")


def test_behind_a_prefix_and_sigterm_during_training(home):
    """The second start of this home: no sample to load, so it is quick."""
    reelscope = Reelscope(home, REELSCOPE_PREFIX="reelscope", http_proxy="http://127.0.0.1:9")
    reelscope.url += "reelscope/"
    reelscope.wait_until_ready()
    assert status(reelscope.url) == 200
    assert "Loading the sample" not in reelscope.output()
    code, left = reelscope.end(signal.SIGTERM)
    assert code == 0
    assert not left


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a death signal")
def test_killed_it_leaves_nothing_behind_and_starts_again(home):
    for _ in range(2):
        reelscope = Reelscope(home)
        reelscope.wait_until_ready()
        _, left = reelscope.end(signal.SIGKILL)
        assert not left


def test_interrupted_at_any_point_of_its_start_it_leaves_nothing_behind(home):
    for seconds in (0.1, 0.5, 1.0, 2.0):
        reelscope = Reelscope(home)
        time.sleep(seconds)
        code, left = reelscope.end(signal.SIGTERM)
        assert code in (0, -signal.SIGTERM)  # the latter before Python has come up
        assert not left


@pytest.mark.slow
def test_two_starts_on_one_empty_database_both_serve(second_server, tmp_path):
    both = []
    for name in ("one", "two"):
        home = tmp_path / name
        home.mkdir()
        both.append(Reelscope(home, DATABASE_URL=second_server))
    try:
        for reelscope in both:
            reelscope.wait_until_ready()
            assert status(reelscope.url) == 200
    finally:
        for reelscope in both:
            reelscope.end(signal.SIGTERM)


@pytest.mark.slow
def test_a_database_that_comes_late_is_waited_for(tmp_path):
    server = TCPServer(tmp_path / "data")
    server.stop(signal.SIGINT)
    home = tmp_path / "home"
    home.mkdir()
    reelscope = Reelscope(home, DATABASE_URL=server.url)
    try:
        time.sleep(3)  # it has asked in vain by now, or will when the server is there
        server.start()
        reelscope.wait_until_ready()
    finally:
        reelscope.end(signal.SIGTERM)
        server.stop(signal.SIGINT)


@pytest.mark.slow
def test_a_user_who_may_only_read_is_enough_to_serve_and_train(tmp_path, monkeypatch):
    server = TCPServer(tmp_path / "data")
    monkeypatch.setenv("DATABASE_URL", server.url)
    load(SOURCES["sample"]())
    with writing() as connection:
        connection.exec_driver_sql("create role reader login password 'r' in role pg_read_all_data")
        connection.commit()
    home = tmp_path / "home"
    home.mkdir()
    url = f"postgresql://reader:r@127.0.0.1:{server.port}/films"
    reelscope = Reelscope(home, DATABASE_URL=url)
    try:
        reelscope.wait_until_ready()
        assert wait_for(lambda: any(home.glob("models/*/nmf")), 180)
        assert status(f"{reelscope.url}export/ratings-by-month.csv") == 200
        assert status(f"{reelscope.url}models") == 200
    finally:
        reelscope.end(signal.SIGTERM)
        server.stop(signal.SIGINT)
    assert "Traceback" not in reelscope.output()
