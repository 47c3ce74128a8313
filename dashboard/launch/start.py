"""`python app.py`: everything between the command and a served page, and back again."""

import argparse
import os
import select
import signal
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from dashboard.launch import first_sample
from dashboard.launch.address import Address
from dashboard.launch.launch_error import EXPECTED
from dashboard.launch.run_lock import AlreadyRunning, run_lock
from dashboard.launch.web_server import KeptServer
from db import logs, settings
from db.errors import DatabaseUnavailable, NoDataset
from db.home import home
from db.ingest.steps import Steps
from db.server.children import child
from db.store.engine import available, reading
from db.version import VERSION
from recommender.serving.trainer import Training

STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
POLL = 2.0  # seconds between looks at the web server and at which dataset is current

WIDTH = 96  # of the help's lines


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0 after Ctrl-C or SIGTERM, or where Reelscope is running there already."""
    chosen = parse(arguments)
    address = Address(chosen.host, chosen.port)
    try:
        settings.check()
        logs.configure()
        with interruptible():
            serve(address, chosen.wait)
    except KeyboardInterrupt:
        print("\nReelscope has stopped.")
    except AlreadyRunning as running:
        print(running)
        if running.bind == address.bind:
            return 0
        print(
            f"It listens on {running.bind}, not on {address.bind}: end it first.", file=sys.stderr
        )
        return 1
    except EXPECTED as error:
        print(f"Reelscope can't run: {error}", file=sys.stderr)
        return 1
    return 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python app.py",
        description="Start Reelscope: database, sample, web server, models. Ctrl-C stops all.",
        epilog=explained(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Reelscope {VERSION}")
    default = settings.PORT.text() or settings.PORT.default
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument(
        "--port", type=port, default=default, help="port to listen on (%(default)s)"
    )
    parser.add_argument(
        "--wait",
        type=float,
        default=60.0,
        metavar="SECONDS",
        help="how long to wait for a database that does not answer yet (%(default)s)",
    )
    return parser.parse_args(arguments)


def explained() -> str:
    """The settings as the help shows them."""
    lines = ["settings from the environment:"]
    for each in settings.SETTINGS:
        text = f"{each.meaning} (default: {each.default})"
        lines += [
            f"  {each.name}",
            *textwrap.wrap(text, WIDTH, initial_indent="      ", subsequent_indent="      "),
        ]
    return "\n".join(lines)


def port(text: str) -> int:
    try:
        return settings.port(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def serve(address: Address, wait: float) -> None:
    """Serve until interrupted. Raises one of EXPECTED, or AlreadyRunning.

    wait: seconds for a database that does not answer yet.
    """
    steps = Steps()
    with ExitStack() as stack:
        stack.enter_context(run_lock(home(), address.url, address.bind))
        address.check_free()
        steps.report("Starting the database")
        stack.enter_context(_database(steps, wait))
        load_sample_if_empty(steps)
        steps.report("Starting the web server")
        server = stack.enter_context(KeptServer(address))
        steps.end()
        print(f"Reelscope is at {address.url} (Ctrl-C stops it)", flush=True)
        training = stack.enter_context(Training())
        look_after(training.look, server.look)


def look_after(*looks: Callable[[], None]) -> None:
    """Look again and again, until one of STOP, and then whole: what a look starts is its caller's.

    Raises KeyboardInterrupt only between looks: within one it could leave a child that nobody ends.
    """
    told, tell = os.pipe()
    for number in STOP:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: os.write(tell, b"."))
    while True:
        for look in looks:
            look()
        if select.select([told], [], [], POLL)[0]:
            raise KeyboardInterrupt


@contextmanager
def _database(steps: Steps, wait: float) -> Iterator[None]:
    """A database that answers; one that is away for a moment is waited for, `wait` seconds."""
    deadline = time.monotonic() + wait
    with ExitStack() as stack:
        while True:
            try:
                stack.enter_context(available())
                break
            except DatabaseUnavailable:
                if time.monotonic() >= deadline:
                    raise
                steps.report("Waiting for the database")
                time.sleep(min(POLL, wait))
        yield


def load_sample_if_empty(steps: Steps) -> None:
    """The sample of another version is brought over; of other data its owner decides when.

    Where another start is loading it, that is waited for. Raises SystemExit where it can't be had:
    why has been said.
    """
    while _is_missing():
        steps.end()
        with child("-m", first_sample.__name__) as process:
            code = process.wait()
        if code == first_sample.IMPORT_RUNNING:
            steps.report("Waiting for the import of another start")
            time.sleep(POLL)
        elif code:
            raise SystemExit(1)


def _is_missing() -> bool:
    try:
        with reading():
            return False
    except NoDataset:
        return True


@contextmanager
def interruptible() -> Iterator[None]:
    """The first of STOP ends the block as Ctrl-C does; cleaning up is then left in peace."""

    def interrupt(*_: object) -> None:
        for number in STOP:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in STOP:
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup ignores SIGHUP for us
            signal.signal(number, interrupt)
    yield
