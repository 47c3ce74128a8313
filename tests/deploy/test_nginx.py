"""deploy/nginx.conf before three instances on one database: what visitors see meanwhile."""

import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

import psutil
import pytest

from db.ingest.swap import load
from db.store.engine import KNOWN_SECONDS
from tests.db.importing import source
from tests.running_app import (
    DIRECT,
    END_SECONDS,
    ROOT,
    START_SECONDS,
    Reelscope,
    free_port,
    status,
    wait_for,
)

pytestmark = [pytest.mark.extra, pytest.mark.slow]

PREFIX = "/films/"
EXPORT = "export/ratings-by-month.csv"
SHELL = """
daemon off;
pid {directory}/pid;
user {user};
worker_processes 1;
events {{}}
http {{
    access_log off;
    {temporary}
    include {directory}/site;
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def site(port: int, upstreams: list[int]) -> str:
    """deploy/nginx.conf with these ports for its own."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    servers = re.compile(r"( *server 127\.0\.0\.1:)8050(.*\n) *# server .*\n")
    lines = "".join(rf"\g<1>{upstream}\g<2>" for upstream in upstreams)
    text, n = servers.subn(lines, text)
    assert n == 1
    return text.replace("listen 80;", f"listen 127.0.0.1:{port};")


@contextmanager
def nginx(directory: Path, upstreams: list[int]) -> Iterator[str]:
    """Where it answers."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if not program:
        pytest.skip("nginx is not installed")
    port = free_port()
    (directory / "site").write_text(site(port, upstreams))
    temporary = " ".join(f"{each}_temp_path {directory}/{each};" for each in TEMPORARY)
    user = psutil.Process().username()
    configuration = directory / "nginx.conf"
    configuration.write_text(SHELL.format(directory=directory, temporary=temporary, user=user))
    log = str(directory / "error.log")
    process = subprocess.Popen([program, "-c", str(configuration), "-e", log])
    try:
        yield f"http://127.0.0.1:{port}{PREFIX}"
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(END_SECONDS)


class Visitors(Thread):
    """Ask for a page and for figures, again and again; `errors` are answers other than 200."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.ending = url, Event()
        self.asked, self.errors = 0, []

    def run(self) -> None:
        while not self.ending.wait(0.02):
            for path in ("", "genres", EXPORT):
                self.asked += 1
                if (answer := status(self.url + path)) != 200:
                    self.errors.append((self.asked, path, answer))

    def more(self) -> None:
        """Wait until some more have come after what has just been done."""
        goal = self.asked + 60
        assert wait_for(lambda: self.asked > goal, END_SECONDS)

    def __enter__(self) -> "Visitors":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        self.join()


def instance(stack: ExitStack, home: Path, database: str, **settings: str) -> Reelscope:
    """A start; it ends with the stack."""
    home.mkdir(exist_ok=True)
    started = Reelscope(home, DATABASE_URL=database, REELSCOPE_PREFIX=PREFIX, **settings)
    started.url += PREFIX.lstrip("/")
    stack.callback(lambda: started.process.poll() is None and started.end(signal.SIGTERM))
    return started


def ratings(url: str) -> int:
    """How many an instance shows."""
    with DIRECT.open(url + EXPORT, timeout=END_SECONDS) as answer:
        return sum(int(line.split(b",")[1]) for line in answer.read().splitlines()[1:])


def test_no_visitor_sees_an_error(second_server, scratch, tmp_path):
    load(source(name="first"))
    with ExitStack() as stack:
        three = [instance(stack, tmp_path / name, second_server) for name in ("a", "b", "c")]
        for each in three:
            each.wait_until_ready()
        url = stack.enter_context(nginx(tmp_path, [each.port for each in three]))
        assert wait_for(lambda: status(url) == 200, END_SECONDS)
        visitors = stack.enter_context(Visitors(url))
        visitors.more()
        load(source([(user, 10, 4.0, 0) for user in range(1, 6)], name="second"))
        time.sleep(KNOWN_SECONDS)  # for which each worker may take the former one to be current
        for _ in range(5):  # each instance has two workers
            assert [ratings(each.url) for each in three] == [5, 5, 5]
        visitors.more()
        for process in [*three[0].family(), psutil.Process(three[0].process.pid)]:
            process.kill()
        visitors.more()
        three[1].end(signal.SIGTERM)
        visitors.more()
        replacement = instance(stack, tmp_path / "b", second_server, PORT=str(three[1].port))
        assert wait_for(lambda: status(f"{three[1].url}readyz") == 200, START_SECONDS)
        three[2].end(signal.SIGTERM)
        visitors.more()
        visitors.ending.set()
        visitors.join()
        assert visitors.errors == []
        assert replacement.process.poll() is None
