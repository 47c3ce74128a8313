"""The web server's process, as a child that is replaced where it ends."""

import logging
import subprocess
import time
from contextlib import ExitStack
from typing import Self

from dashboard.launch.address import Address
from dashboard.launch.launch_error import LaunchError
from db.server.children import child, why

logger = logging.getLogger(__name__)

POLL = 0.05  # seconds
PROGRAM = "dashboard.launch.workers"


class KeptServer:
    """The app is served inside the block. Raises LaunchError when it can't be."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.stack = ExitStack()

    def __enter__(self) -> Self:
        self._start()
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.stack.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def look(self) -> None:
        """Start another one where the server has ended; where that ends too, the next look does."""
        if self.process.poll() is not None:
            how = why(self.process.returncode)
            logger.error("The web server ended (%s); another one takes its place.", how)
            self.stack.close()
            self._start()

    def _start(self) -> None:
        where = (self.address.host, str(self.address.port))
        self.process: subprocess.Popen[bytes] = self.stack.enter_context(
            child("-m", PROGRAM, *where)
        )

    def _wait_until_it_answers(self) -> None:
        while not self.address.answers():
            if self.process.poll() is not None:
                raise LaunchError(f"the web server ended ({why(self.process.returncode)})")
            time.sleep(POLL)
