"""A standalone Spark cluster on 127.0.0.1: a master and workers, each a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from db.server.tethered import tethered
from db.settings import environment
from recommender.spark.spark_session import FAST_START

DRIVER = Path("/usr/share/java/postgresql.jar")  # Debian's libpostgresql-jdbc-java
SCRIPTS = Path(__file__).resolve().parents[2] / "recommender" / "spark"
BIN = Path(sys.executable).parent
ENVIRONMENT = {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
START_SECONDS = 60
CLASS = "org.apache.spark.deploy"


class LocalCluster:
    """Master and workers; `directory` has their files and logs."""

    def __init__(self, directory: Path, workers: int = 2, memory: str = "2g") -> None:
        self.directory = directory
        self.memory = memory
        self.port = _free_port()
        self.processes = [self._process("master", "master.Master", ["--port", str(self.port)])]
        _answers(self.port)
        for number in range(workers):
            options = ["-c", "1", "-m", memory, "-d", str(directory / f"worker{number}"), self.url]
            self.processes.append(self._process(f"worker{number}", "worker.Worker", options))
        self._registered(workers)

    @property
    def url(self) -> str:
        """What spark-submit calls it."""
        return f"spark://127.0.0.1:{self.port}"

    @property
    def ids(self) -> list[int]:
        """Of the processes: master and workers."""
        return [process.pid for process in self.processes]

    def submit(
        self, script: str, arguments: Sequence[str], changed: Mapping[str, str]
    ) -> subprocess.Popen:
        """Run a script of recommender/spark on it; what it prints comes on stdout.

        changed: of the environment.
        """
        command = [str(BIN / "spark-submit"), "--master", self.url, "--jars", str(DRIVER)]
        command += ["--conf", f"spark.executor.memory={self.memory}"]
        command += ["--conf", "spark.ui.enabled=false", "--driver-java-options", FAST_START]
        command += ["--driver-class-path", str(DRIVER), str(SCRIPTS / script), *arguments]
        return subprocess.Popen(
            tethered(command, signal.SIGTERM),
            env=environment({}) | ENVIRONMENT | dict(changed),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def kill_worker(self) -> None:
        """The last of them, and all that it runs, at once."""
        _end(self.processes.pop(), signal.SIGKILL)

    def stop(self) -> None:
        """End what is left."""
        for process in reversed(self.processes):
            _end(process, signal.SIGTERM)

    def _process(self, name: str, kind: str, options: list[str]) -> subprocess.Popen:
        command = [str(BIN / "spark-class"), f"{CLASS}.{kind}", "--host", "127.0.0.1"]
        with open(self.directory / f"{name}.log", "wb") as log:
            return subprocess.Popen(
                tethered([*command, "--webui-port", "0", *options], signal.SIGTERM),
                env=environment({}) | ENVIRONMENT | {"SPARK_DAEMON_JAVA_OPTS": FAST_START},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # its executors end with it
            )

    def _registered(self, workers: int) -> None:
        log = self.directory / "master.log"
        _until(lambda: log.read_text().count("Registering worker") >= workers, str(log))


@contextmanager
def cluster(directory: Path, workers: int = 2, memory: str = "2g") -> Iterator[LocalCluster]:
    """A cluster that ends with the block."""
    started = LocalCluster(directory, workers, memory)
    try:
        yield started
    finally:
        started.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(port: int) -> None:
    def connected() -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return True
        return False

    _until(connected, f"port {port}")


def _until(holds, what: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Spark's cluster did not start: {what}")
        time.sleep(0.1)


def _end(process: subprocess.Popen, how: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
