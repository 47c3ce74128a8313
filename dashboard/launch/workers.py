"""The web server's process: `python -m dashboard.launch.workers HOST PORT`.

It opens the socket, imports the app once, and forks the processes that answer: what the import
takes, 0.1 GB and a second, they share. One that ends is replaced.
"""

import gc
import logging
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable
from threading import Thread
from types import FrameType
from typing import TYPE_CHECKING

from dashboard.launch.freed_memory import give_back
from db.server.children import why

if TYPE_CHECKING:  # before the app is built nothing of it is imported
    from dashboard.guard.back_room import BackRoom

logger = logging.getLogger("dashboard.launch.workers")  # whose __name__ is another, as a program

WORKERS = min(2, os.cpu_count() or 1) if sys.platform == "linux" else 1
"""macOS forbids to go on after a fork with what its libraries started."""
ENDING = (signal.SIGTERM, signal.SIGINT)
GRACE = 2.0  # seconds for requests under way when the server is told to end
SWITCHING = 0.0005  # seconds that a thread which computes keeps others waiting; Python's are 0.005
SPACING = 1.0  # seconds between the starts of workers that end at once


def main(host: str, port: int) -> None:
    """Serve until SIGTERM; ends with the parent's exit where the app can't be built."""
    # Requests are many and their matrices small: threads within one cost ten times what they bring
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    give_back()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    listener = _bound(host, port)
    import app  # noqa: F401  once, before the fork; it checks the settings and begins to log

    # Not before: a proxy takes who can be connected to for one who answers
    listener.listen(1024)

    _many_files()
    gc.collect()
    gc.freeze()  # spares the collector what is there for good: memory stays shared
    if WORKERS == 1:
        _work(listener, os.getppid(), 0)
    else:
        _keep_with_back_room(listener)


def _keep_with_back_room(listener: socket.socket) -> None:
    """Workers, and after the last of them the process that does for them what is costly."""
    from dashboard.guard.back_room import BackRoom

    room = BackRoom()

    def start(number: int) -> int:
        if number == WORKERS:
            return _fork(lambda parent: _work_aside(room, parent))
        return _fork(lambda parent: _work(listener, parent, number, room))

    _keep(WORKERS + 1, start)


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(where)
    return listener


def _many_files() -> None:
    """As many connections as the system lets us have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _keep(number: int, start: Callable[[int], int]) -> None:
    """Have processes 0, 1, … until SIGTERM or SIGINT, which ends them.

    start: forks the one of a number and returns its process id.
    """
    ending: list[int] = []

    def end(*_: object) -> None:
        ending.append(1)
        for pid in pids:
            os.kill(pid, signal.SIGTERM)

    pids: dict[int, int] = {}  # and each one's number
    for each in ENDING:
        signal.signal(each, end)
    while not ending:
        while len(pids) < number:
            worker = min(set(range(number)) - set(pids.values()))
            pids[start(worker)] = worker
        begun = time.monotonic()
        pid, status = os.wait()
        pids.pop(pid, None)
        if not ending:
            how = why(os.waitstatus_to_exitcode(status))
            logger.error("A web worker ended (%s); another one takes its place.", how)
            time.sleep(max(0.0, SPACING - (time.monotonic() - begun)))
    for pid in pids:  # one of them may have been started while we were told to end
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)


def _fork(work: Callable[[int], None]) -> int:
    """The id of a process that does `work`, which is given its parent's id, and then ends."""
    parent = os.getpid()
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)  # until the worker has handlers of its own
    pid = os.fork()
    if pid:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        return pid
    code = 1
    try:
        work(parent)
        code = 0
    except BaseException:
        logger.exception("A web worker can't go on.")
    finally:
        sys.stderr.flush()
        os._exit(code)


def _work(
    listener: socket.socket, parent: int, worker: int, room: "BackRoom | None" = None
) -> None:
    """Answer until SIGTERM, or until the parent has gone, whatever ended it."""
    from app import app, server
    from dashboard import guard
    from dashboard.charting import chart
    from dashboard.guard import costly
    from dashboard.launch.request_limits import serve
    from dashboard.metrics.counting import observe_on

    going_on = _until_the_end(parent)
    sys.setswitchinterval(SWITCHING)
    observe_on(worker)
    if room is not None:
        costly.use(room)
    # Dash sets itself up in its first request: first ones that come together fail on it
    guard.warm(app)
    Thread(target=chart.warm, daemon=True).start()
    serve(server, listener, going_on, GRACE)


def _work_aside(room: "BackRoom", parent: int) -> None:
    """Do what is costly for as long. The workers log and count what they handed over."""
    from app import app, server
    from dashboard import guard
    from dashboard.guard import request_log
    from dashboard.metrics.counting import LEDGER

    going_on = _until_the_end(parent)
    request_log.logger.setLevel(logging.WARNING)
    LEDGER.take_none(WORKERS)
    guard.warm(app)
    room.serve(server, going_on)


def _until_the_end(parent: int) -> Callable[[], bool]:
    """Whether neither SIGTERM has come nor the parent has gone."""
    ending: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        ending.append(number)

    for each in ENDING:
        signal.signal(each, end)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    return lambda: not ending and os.getppid() == parent


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
