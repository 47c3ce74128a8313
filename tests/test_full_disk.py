"""A disk that is full: reads stay right, one line says what is full, and all works again after."""

import signal
import subprocess
import sys
import time
import urllib.error
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.siege.kills import EXPORTS
from dashboard.pictures.kept_files import KeptFiles
from tests.running_app import DIRECT, ROOT, Reelscope, environment, status, wait_for
from tests.small_disk import MB, SmallDisk, small_disk

pytestmark = pytest.mark.slow

SIZE = 1200 * MB
ENOUGH = 500 * MB  # for an import of the sample to begin
QUICK = "popularity", "weighted-score", "bias"
SAID = ("out of disk or memory.", "GB free.", "MB needed", "can't be reached.")
# The last where PostgreSQL could not write its log and starts again
PATIENCE = 180  # seconds for what the app does by itself


@pytest.fixture(scope="module")
def disk() -> Iterator[SmallDisk]:
    with small_disk(SIZE) as disk:
        yield disk


@pytest.fixture(scope="module")
def started(disk: SmallDisk) -> Iterator[Reelscope]:
    """Its own output goes to the small disk as well."""
    (disk.path / "home").mkdir(mode=0o700)
    reelscope = Reelscope(disk.path / "home")
    reelscope.wait_until_ready()
    yield reelscope
    disk.empty()
    reelscope.end(signal.SIGTERM)


@pytest.fixture(scope="module")
def before(started: Reelscope) -> dict[str, bytes]:
    return {name: export(started, name) for name in EXPORTS}


@pytest.fixture(autouse=True)
def room(disk: SmallDisk) -> Iterator[None]:
    disk.empty()
    yield
    disk.empty()


def export(reelscope: Reelscope, name: str, question: str = "") -> bytes:
    with DIRECT.open(f"{reelscope.url}export/{name}.csv{question}", timeout=60) as answer:
        return answer.read()


def command(reelscope: Reelscope, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`python -m …` on the same home; it says nothing to the small disk."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=environment(**reelscope.settings),
        capture_output=True,
        text=True,
        timeout=300,
    )


def all_the_same(reelscope: Reelscope, before: dict[str, bytes]) -> bool:
    return all(export(reelscope, name) == content for name, content in before.items())


def test_reads_go_on_and_what_they_are_asked_for_the_first_time_too(disk, started, before):
    disk.fill()
    assert all_the_same(started, before)
    assert status(f"{started.url}readyz") == 200
    for page in ("", "genres", "users", "films", "recommend", "data"):
        assert status(f"{started.url}{page}?min=77") == 200
    assert export(started, "top-movies", "?genres=Drama&min=51").startswith(b"movie_id,title")


def test_an_import_is_refused_before_it_begins(disk, started, before):
    disk.fill(but=50 * MB)
    found = command(started, "db", "load", "sample")
    assert found.returncode == 1
    assert "GB of disk" in found.stderr and len(found.stderr.splitlines()) == 1
    assert all_the_same(started, before)


def test_an_import_that_meets_a_full_disk_changes_nothing(disk, started, before):
    """At ten moments of it."""
    for moment in range(10):
        disk.fill(but=ENOUGH)
        with ThreadPoolExecutor(1) as pool:
            importing = pool.submit(command, started, "db", "load", "sample")
            time.sleep(0.5 * (moment + 1))
            disk.fill()
            found = importing.result()
        assert "Traceback" not in found.stderr
        if found.returncode:
            assert found.stderr.splitlines()[-1].endswith(SAID), found.stderr
        assert wait_for(lambda: status(f"{started.url}readyz") == 200 or disk.empty(), PATIENCE)
        assert all_the_same(started, before)
        disk.empty()
    again = command(started, "db", "load", "sample")
    assert again.returncode == 0, again.stderr
    assert all_the_same(started, before)


def test_a_model_is_trained_whole_or_not_at_all(disk, started):
    models = started.home / "models"
    assert command(started, "recommender", "train", "--model", *QUICK).returncode == 0
    (kept,) = models.glob("*/bias")
    for path in kept.iterdir():
        path.unlink()
    kept.rmdir()
    disk.fill()
    found = command(started, "recommender", "train", "--model", "bias")
    assert found.returncode == 1
    assert "No space left on device" in found.stderr or "is full" in found.stderr
    assert "Traceback" not in found.stderr
    assert not kept.exists() and not [*kept.parent.glob(".new-*")]
    assert status(f"{started.url}recommend") == 200
    disk.empty()
    assert command(started, "recommender", "train", "--model", "bias").returncode == 0
    assert kept.exists()


def test_a_picture_is_kept_whole_or_not_at_all(disk):
    kept = KeptFiles(disk.path / "pictures", days=1)
    kept.write("before", b"1" * MB)
    disk.fill(but=MB // 2)
    kept.write("after", b"2" * MB)
    assert kept.read("before") == b"1" * MB
    assert kept.read("after") is None
    assert [path.name for path in kept.directory.iterdir()] == ["before"]
    disk.empty()
    kept.write("after", b"2" * MB)
    assert kept.read("after") == b"2" * MB


def test_logs_that_find_no_room_stop_nothing(disk, started, before):
    disk.fill()
    for number in range(200):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            DIRECT.open(f"{started.url}export/none-{number}.csv", timeout=60)
    assert all_the_same(started, before)
    disk.empty()
    with pytest.raises(urllib.error.HTTPError):
        DIRECT.open(f"{started.url}export/after.csv", timeout=60)
    assert wait_for(lambda: "after.csv" in started.output(), 30)
