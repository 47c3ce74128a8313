"""One PostgreSQL cluster: where its files are, how its server is started and reached."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGINT
from typing import BinaryIO
from urllib.parse import quote

import psycopg2

from db.errors import EmbeddedError
from db.own_files import opener, tighten
from db.server.account import may_run, server_account, take_over
from db.server.binaries import programs
from db.server.leftovers import end_leftovers
from db.server.server_settings import settings
from db.server.tethered import tethered

ROLE = DATABASE = "reelscope"
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107 if sys.platform == "linux" else 103  # bytes in sockaddr_un, less the NUL
MB = 1024 * 1024
SPACE_TO_START = 50 * MB
LOG_BYTES = 10 * MB  # of the server's log; the one before is kept beside it
STATUS, READY = 7, "ready   "  # the last line of postmaster.pid
BEGIN = "Reelscope starts PostgreSQL"

# Nothing of the user's: PGDATA, PGPORT, PGOPTIONS, or a LANG that is not installed
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}


@dataclass(frozen=True)
class Cluster:
    """The files of one server under Reelscope's home; the number in their names is PostgreSQL's."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "pg18"

    @property
    def lock(self) -> Path:
        return self.home / "pg18.lock"

    @property
    def log(self) -> Path:
        return self.home / "pg18.log"

    @property
    def url(self) -> str:
        directory = quote(str(self.data), safe="/")
        return f"postgresql+psycopg2://{ROLE}@/{DATABASE}?host={directory}&port=5432"

    def check_path(self) -> None:
        """Raises EmbeddedError when a socket can't be reached by so long a path."""
        length = len(os.fsencode(self.data / SOCKET))
        if length > SOCKET_PATH_LIMIT:
            raise EmbeddedError(
                f"REELSCOPE_HOME {self.home} is too long a path for PostgreSQL's socket, by "
                f"{length - SOCKET_PATH_LIMIT} bytes; choose a shorter one"
            )

    def check_space(self, least: int) -> None:
        """Raises EmbeddedError below `least` free bytes: a disk that fills up ends a server."""
        free = shutil.disk_usage(self.home).free
        if free < least:
            raise EmbeddedError(
                f"the disk of {self.home} is full: {free // MB} MB free, {least // MB} MB needed"
            )

    def answers(self) -> bool:
        """Whether a connection can be made now.

        Not tried while the server is coming up: its log would have a line for each refusal.
        """
        if not self._says_ready():
            return False
        try:
            psycopg2.connect(
                host=str(self.data), port=5432, user=ROLE, dbname=DATABASE, connect_timeout=5
            ).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _says_ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text(errors="replace").splitlines()
        except OSError:
            return False
        return lines[STATUS:] == [READY]

    def start(self) -> subprocess.Popen[bytes]:
        """A new server, a child of this process and ending with this thread; the lock is ours."""
        account = server_account()
        owner = self.data.stat().st_uid
        if not may_run(account, owner):
            raise EmbeddedError(f"the database in {self.data} belongs to another user (id {owner})")
        self.check_space(SPACE_TO_START)
        end_leftovers(self.data)
        take_over(self.data, account)
        postgres = [str(programs(account) / "postgres"), "-D", data_argument(self.data)]
        options = [f"-c{name}={value}" for name, value in settings().items()]
        with self._open_log() as log:
            return subprocess.Popen(
                tethered([*postgres, *options], SIGINT, self.data, account),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=ENVIRONMENT,
                start_new_session=True,  # Ctrl-C in the terminal is for us, who then stop it
            )

    def _open_log(self) -> BinaryIO:
        """The log, with a line that says where this start begins."""
        log = open(self.log, "ab", opener=opener)  # noqa: SIM115  # the caller closes it
        log.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC {BEGIN}\n".encode())
        log.flush()
        return log

    def bound_log(self) -> None:
        """Move the log aside where it is long; the server goes on writing to the same file."""
        with suppress(FileNotFoundError):
            if self.log.stat().st_size > LOG_BYTES:
                shutil.copyfile(self.log, old := self.log.with_suffix(".log.old"))
                tighten(old)
                os.truncate(self.log, 0)

    def complaint(self) -> str:
        """The last thing that the server's log says went wrong at this start."""
        lines = self.log.read_text(errors="replace").rpartition(BEGIN)[2].splitlines()
        fatal = [line for line in lines if "FATAL:" in line or "PANIC:" in line]
        ours = [line for line in fatal if "the database system is" not in line]  # our own knocking
        return ours[-1].partition(":  ")[2] if ours else f"see {self.log}"


def data_argument(directory: Path) -> str:
    """How a server program is told its directory, which `tethered` makes its working directory.

    On Linux not by its path: the unprivileged account need not be able to reach it, as under /root.
    """
    return "/proc/self/cwd" if sys.platform == "linux" else str(directory)
