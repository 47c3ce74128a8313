"""`python app.py` as a process of its own: started, asked and ended."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from functools import partial
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
# Against a test that hangs: nothing is asserted on how long things take
START_SECONDS = 120
END_SECONDS = 60
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Reelscope:
    """A running `python app.py` with a home and a port of its own."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home, self.port = home, free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.settings = {"REELSCOPE_HOME": str(home), "PORT": str(self.port), **settings}
        self.process = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env=environment(**self.settings),
            stdout=(home / "out").open("wb"),
            stderr=subprocess.STDOUT,
            # Of tests in a shell's background it would inherit that Ctrl-C is ignored
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )

    def wait_until_ready(self) -> None:
        def ready_or_ended() -> bool:
            return status(f"{self.url}readyz") == 200 or self.process.poll() is not None

        assert wait_for(ready_or_ended, START_SECONDS), self.output()
        assert self.process.poll() is None, self.output()

    def output(self) -> str:
        return (self.home / "out").read_text()

    def family(self) -> list[psutil.Process]:
        everyone = psutil.Process(self.process.pid).children(recursive=True)
        return [process for process in everyone if process.status() != psutil.STATUS_ZOMBIE]

    def end(self, number: signal.Signals) -> tuple[int, list[psutil.Process]]:
        """The exit code, and those of its processes that are there after END_SECONDS."""
        family = self.family()
        self.process.send_signal(number)
        code = self.process.wait(END_SECONDS)
        return code, psutil.wait_procs(family, timeout=END_SECONDS)[1]


def environment(**settings: str) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "PORT")}
    return {**inherited, **settings}


def free_port() -> int:
    with socket.socket() as new:
        new.bind(("127.0.0.1", 0))
        return new.getsockname()[1]


def status(url: str) -> int:
    """The answer's status; 0 where nothing answers."""
    try:
        with DIRECT.open(url, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_for(condition, seconds: float) -> bool:
    """Whether it comes to hold in time; asked until it does, and not once more."""
    deadline = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return bool(met)


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """`python app.py` where it is expected to end by itself."""
    return subprocess.run(
        [sys.executable, "app.py", *arguments],
        cwd=ROOT,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
    )
