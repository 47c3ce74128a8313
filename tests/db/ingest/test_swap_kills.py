"""Importers, appenders and servers are killed at random moments: what was there stays whole."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from db import server as embedded
from db.errors import DatabaseUnavailable, LoadError
from db.ingest.swap import load
from db.store.engine import dataset, reading, writing
from tests.db.importing import dataset_schemas, source

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
PATIENCE = 30  # seconds for a killed server to be back


def ratings(stars):
    """20,000 ratings, all of them the same, so that a mix of two sets can be told."""
    return [(user, film, stars, 9**9 + user) for user in range(400) for film in range(50)]


MOVIES = [(film, f"Film {film}", 1950 + film, "Comedy|Drama") for film in range(50)]
CHANGED = 40  # users, a tenth: an append then writes what changes alone
OLD = source(ratings(1.0), MOVIES, "old")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of this module's own, as it is killed; gives its home."""
    home = tmp_path_factory.mktemp("killed")
    with pytest.MonkeyPatch.context() as environment, embedded.running(home, lambda line: None):
        environment.setenv("DATABASE_URL", embedded.url(home))
        yield home


def written(folder, rows):
    """A folder of MovieLens' layout with these ratings of MOVIES."""
    folder.mkdir()
    films = "".join(f"{film},{title} ({year}),{genres}\n" for film, title, year, genres in MOVIES)
    (folder / "movies.csv").write_text("movieId,title,genres\n" + films)
    lines = "".join(f"{u},{m},{stars},{when}\n" for u, m, stars, when in rows)
    (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\n" + lines)
    return folder


@pytest.fixture
def program(server):
    """Loads or appends a folder: gives the process's id and a function that waits for it."""
    program = subprocess.Popen(
        [sys.executable, ROOT / "tests" / "db" / "ingest" / "forking_importer.py"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )

    def start(what, folder):
        print(what, folder, file=program.stdin, flush=True)
        return int(program.stdout.readline()), program.stdout.readline

    with program:
        yield start
        program.stdin.close()


@pytest.fixture
def importer(program, tmp_path):
    """Starts an import of the new set."""
    return partial(program, "load", written(tmp_path / "new", ratings(5.0)))


@pytest.fixture
def appender(program, tmp_path):
    """Starts adding the new ratings of the first users, and 2 users of whom none was known."""
    rows = [row for row in ratings(5.0) if row[0] < CHANGED]
    newcomers = [(user, film, 5.0, 9**9) for user in (400, 401) for film in range(50)]
    return partial(program, "append", written(tmp_path / "more", [*rows, *newcomers]))


def kill_importer(importer, home):
    os.kill(importer, signal.SIGKILL)


@contextlib.contextmanager
def cut_off():
    """Gives a connection and leaves once the server has cut it: who asks next has a new server."""
    with contextlib.suppress(DatabaseUnavailable), writing() as connection:
        yield connection
        connection.execute(text("select pg_sleep(5)"))


def kill_server(importer, home):
    with cut_off():
        os.kill(int((home / "pg18" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)


def kill_backend(importer, home):
    """The server's process that works for the importer; the server then starts itself anew."""
    with cut_off() as connection:
        pid = connection.scalar(
            text(
                "select pid from pg_stat_activity where application_name = 'reelscope import'"
                " and pid <> pg_backend_pid()"
            )
        )
        if not pid:
            raise ProcessLookupError
        os.kill(pid, signal.SIGKILL)


def what_is_there() -> str:
    """The name of the current dataset, which must be whole: its tables and rollups agree."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with reading() as connection:
                name = dataset(connection).name
                half_stars = {"old": 2, "new": 10}[name]
                for table in ("ratings", "user_ratings"):
                    found = connection.execute(
                        text(f"select count(*), min(half_stars), max(half_stars) from {table}")
                    )
                    assert tuple(found.one()) == (20_000, half_stars, half_stars)
                found = connection.execute(
                    text("select sum(ratings), sum(half_stars), count(*) from movie_totals")
                )
                assert tuple(found.one()) == (20_000, 20_000 * half_stars, 50)
                return name
        except DatabaseUnavailable:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def load_patiently(given):
    """Load, as soon as the server is back and rid of the importer that was killed."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return load(given)
        except (DatabaseUnavailable, LoadError):
            assert time.monotonic() < deadline
            time.sleep(0.05)


ONE_OF_EACH = [kill_importer, kill_server, kill_backend]
THIRTY = [kill_importer] * 20 + [kill_server] * 5 + [kill_backend] * 5


def duration(importer, is_there) -> float:
    """Seconds until what nobody kills is there: after that, an import still tidies up."""
    started = time.monotonic()
    _, wait = importer()
    while not is_there():
        assert time.monotonic() < started + PATIENCE
        time.sleep(0.005)
    seconds = time.monotonic() - started
    wait()
    return seconds


def each_in_time(kills, seconds: float, killed: Callable) -> None:
    """Kill at a random moment within these seconds; sooner, where it had ended before that."""
    moments, late = random.Random(0), 0
    for kill in kills:
        while not killed(kill, moments.uniform(0, seconds * 0.95**late)):
            late += 1
            assert late < 2 * len(kills)


def is_new() -> bool:
    with reading() as connection:
        return dataset(connection).name == "new"


@pytest.mark.parametrize(
    "kills", [ONE_OF_EACH, pytest.param(THIRTY, marks=pytest.mark.slow)], ids=["three", "thirty"]
)
def test_killed_at_any_moment_the_old_dataset_stays_whole(server, importer, kills):
    load(OLD)
    seconds = []
    for _ in range(3):
        seconds.append(duration(importer, is_new))
        assert what_is_there() == "new"
        load(OLD)

    def old_survives(kill, moment) -> bool:
        process, wait = importer()
        time.sleep(moment)
        with contextlib.suppress(ProcessLookupError):
            kill(process, server)
        wait()
        survived = what_is_there() == "old"
        if not survived:
            load_patiently(OLD)
        return survived

    each_in_time(kills, min(seconds), old_survives)
    load_patiently(OLD)
    load_patiently(OLD)
    load_patiently(OLD)
    with reading() as connection:
        assert len(dataset_schemas(connection)) == 2
        select = "select count(*) from reelscope.datasets"
        assert connection.scalar(text(select)) == 2


def is_appended() -> bool:
    """Whether the old dataset has all that was added; it must have all of it or nothing."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with reading() as connection:
                assert dataset(connection).name == "old"
                fives = "count(*) filter (where half_stars = 10)"
                for table in ("ratings", "user_ratings"):
                    found = connection.execute(text(f"select count(*), {fives} from {table}"))
                    counts = tuple(found.one())
                    assert counts in {(20_000, 0), (20_100, CHANGED * 50 + 100)}, table
                found = connection.execute(
                    text("select sum(ratings), sum(half_stars) from movie_totals")
                )
                assert tuple(found.one()) == (counts[0], counts[0] * 2 + counts[1] * 8)
                assert dataset(connection).ratings == counts[0]
                return counts[1] > 0
        except DatabaseUnavailable:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def appending(appender) -> float:
    """Seconds that an append to OLD takes that nobody kills; OLD is there again."""
    load_patiently(OLD)
    seconds = duration(appender, is_appended)
    assert is_appended()
    load_patiently(OLD)
    return seconds


@pytest.mark.parametrize(
    "kills", [ONE_OF_EACH, pytest.param(THIRTY, marks=pytest.mark.slow)], ids=["three", "thirty"]
)
def test_an_append_killed_at_any_moment_is_not_begun_or_done(server, appender, kills):
    seconds = min(appending(appender) for _ in range(3))  # a busy moment would be too long

    def not_begun(kill, moment) -> bool:
        process, wait = appender()
        time.sleep(moment)
        with contextlib.suppress(ProcessLookupError):
            kill(process, server)
        wait()
        done = is_appended()
        if done:
            load_patiently(OLD)
        return not done

    each_in_time(kills, seconds, not_begun)
    deadline = time.monotonic() + PATIENCE
    while not is_appended():  # the server may still be about to start again after the last kill
        assert time.monotonic() < deadline
        appender()[1]()
