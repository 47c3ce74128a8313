"""What visitors see while parts of the server are killed."""

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from threading import Event

import psutil

from benchmarks.siege.besieged import START_SECONDS, Besieged, wait_for
from benchmarks.siege.next_visits import Posts
from benchmarks.siege.page_views import HTML
from benchmarks.siege.visitors import Answers, Ask, NextVisit, besiege
from db.server.children import ROOT

READERS = 10
PAUSE = 0.05, 0.15  # seconds between a reader's requests
QUIET = 3.0  # seconds before and after each kill
LONGEST = 3600.0
EXPORTS = ("rating-distribution", "ratings-by-month", "movies-by-genre")
IMPORTING = 0.3, 3.0  # seconds until an importer is killed


@dataclass(frozen=True)
class Killed:
    """answers: of readers meanwhile. back: seconds until another was in each one's place."""

    answers: Answers
    back: list[float]


def kill_parts(besieged: Besieged, posts: Posts, kills: int) -> dict[str, Killed]:
    """Each part, and importers, killed so many times under readers."""
    parts: dict[str, Callable[[], list[psutil.Process]]] = {
        "a web worker": lambda: besieged.workers,
        "the web server": lambda: [besieged.web_server],
        "PostgreSQL": lambda: [besieged.postgres],
    }
    readers = unchanging(besieged, posts)

    def kill(part: Callable[[], list[psutil.Process]]) -> Killed:
        return beside_kills(besieged.port, readers, lambda: kill_one(besieged, part), kills)

    chance = Random(0)
    importers = beside_kills(besieged.port, readers, lambda: kill_importer(chance), kills)
    return {name: kill(part) for name, part in parts.items()} | {"an importer": importers}


def unchanging(besieged: Besieged, posts: Posts) -> NextVisit:
    """Exports that must be the same as before, a chart, a page."""
    asked = [posts.chart(""), Ask("/", HTML)]
    for name in EXPORTS:
        path = f"/export/{name}.csv"
        status, answer = besieged.get(path)
        if status != 200:
            raise RuntimeError(f"{path} is answered {status}")
        asked.append(Ask(path, "exports", answer=answer))
    return lambda chance: (chance.choice(asked),)


def beside_kills(port: int, readers: NextVisit, kill: Callable[[], float], kills: int) -> Killed:
    """Readers who go on while it is killed again and again."""
    ended = Event()
    with ThreadPoolExecutor(1) as pool:
        answers = pool.submit(besiege, port, readers, READERS, LONGEST, PAUSE, ended)
        back = []
        try:
            for _ in range(kills):
                time.sleep(QUIET)
                back.append(kill())
            time.sleep(QUIET)
        finally:
            ended.set()
        return Killed(answers.result(), back)


def kill_one(besieged: Besieged, part: Callable[[], list[psutil.Process]]) -> float:
    """Seconds until another is in its place and the app is ready."""
    before = part()
    begun = time.monotonic()
    before[0].kill()

    def replaced() -> bool:
        try:
            now = part()
        except (StopIteration, psutil.Error):  # none is there yet
            return False
        return len(now) == len(before) and before[0] not in now and besieged.is_ready()

    if not wait_for(replaced, START_SECONDS):
        raise RuntimeError("what was killed did not come back")
    return time.monotonic() - begun


def kill_importer(chance: Random) -> float:
    """An import that is killed on its way; 0, since nobody takes its place."""
    command = [sys.executable, "-m", "db", "load", "sample"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as importer:
        time.sleep(chance.uniform(*IMPORTING))
        importer.kill()
    return 0.0
