"""The production web server, as a child process."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.launch.address import Address
from dashboard.launch.children import child
from dashboard.launch.launch_error import LaunchError

POLL = 0.05  # seconds
SETTINGS = "python:dashboard.launch.gunicorn_settings"


@contextmanager
def web_server(address: Address) -> Iterator[subprocess.Popen[bytes]]:
    """Gunicorn serves the app inside the block. Raises LaunchError when it can't start."""
    with child("-m", "gunicorn", "app:server", "-c", SETTINGS, "--bind", address.bind) as process:
        while not address.answers():
            check(process)
            time.sleep(POLL)
        yield process


def check(process: subprocess.Popen[bytes]) -> None:
    """Raises LaunchError when the server has ended."""
    if process.poll() is not None:
        raise LaunchError(f"the web server ended (exit code {process.returncode})")
