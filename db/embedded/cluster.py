"""One PostgreSQL cluster on disk: where it is, how it is made, started and cleared of leftovers."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from signal import SIGINT, SIGKILL, Signals
from urllib.parse import quote

import psycopg2

from db.embedded import tethered
from db.embedded.account import Account, client_name, server_account
from db.embedded.binaries import programs
from db.embedded.errors import EmbeddedError
from db.embedded.leftovers import end_leftovers
from db.embedded.settings import settings

ROLE = DATABASE = "reelscope"
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107  # bytes: sockaddr_un's 108 on Linux with the final NUL
MB = 1024 * 1024
SPACE_TO_CREATE, SPACE_TO_START = 300 * MB, 50 * MB

SETUP = f"CREATE ROLE {ROLE} LOGIN;\nCREATE DATABASE {DATABASE} OWNER {ROLE};\n"
# Peer authentication: the kernel says who connects, and only the owner of the home is let in
ACCESS = "local all all peer map=owner\n"
IDENTITIES = 'owner "{name}" {role}\nowner "{name}" postgres\n'


@dataclass(frozen=True)
class Cluster:
    """The files of one server under Reelscope's home. The version in the name is PostgreSQL's."""

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
        """Raises EmbeddedError for a path too long for a socket."""
        path = os.fsencode(self.data / SOCKET)
        if len(path) > SOCKET_PATH_LIMIT:
            raise EmbeddedError(
                f"REELSCOPE_HOME {self.home} is too long a path for PostgreSQL's socket "
                f"({len(path)} bytes, at most {SOCKET_PATH_LIMIT}); choose a shorter one"
            )

    def answers(self) -> bool:
        """Whether a connection can be made now."""
        try:
            psycopg2.connect(
                host=str(self.data), port=5432, user=ROLE, dbname=DATABASE, connect_timeout=5
            ).close()
        except psycopg2.OperationalError:
            return False
        return True

    def create(self) -> None:
        """Make the cluster in a directory of its own, then rename it: it is whole or absent."""
        for unfinished in self.home.glob("pg18.new-*"):
            shutil.rmtree(unfinished, ignore_errors=True)
        self._check_space(SPACE_TO_CREATE)
        account = server_account()
        new = Path(tempfile.mkdtemp(prefix="pg18.new-", dir=self.home))
        if account.uid:
            os.chown(new, account.uid, account.gid)
        initialise = ["initdb", "--username=postgres", "--auth=peer", "--encoding=UTF8"]
        initialise += ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._run(account, new, [*initialise, "-D", data_argument(new)])
        single = ["postgres", "--single", "-c", "exit_on_error=on", "-D", data_argument(new)]
        self._run(account, new, [*single, "postgres"], SETUP)
        self._write(account, new / "pg_hba.conf", ACCESS)
        identities = IDENTITIES.format(name=client_name(), role=ROLE)
        self._write(account, new / "pg_ident.conf", identities)
        new.rename(self.data)

    def start(self) -> subprocess.Popen[bytes]:
        """A new server process, child of this one. The caller holds the lock."""
        account = server_account()
        self._check_owner(account)
        self._check_space(SPACE_TO_START)
        end_leftovers(self.data)
        options = [f"-c{name}={value}" for name, value in settings().items()]
        command = ["postgres", "-D", data_argument(self.data), *options]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self._tethered(account, SIGINT, self.data, command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=ENVIRONMENT,
                start_new_session=True,  # the terminal's Ctrl-C is for us; we then stop the server
            )

    def complaint(self) -> str:
        """The last thing the server's log says went wrong."""
        lines = self.log.read_text(errors="replace").splitlines()
        wrong = [line for line in lines if "FATAL:" in line or "PANIC:" in line]
        return wrong[-1].partition(":  ")[2] if wrong else f"see {self.log}"

    def _run(self, account: Account, directory: Path, command: list[str], text: str = "") -> None:
        done = subprocess.run(
            self._tethered(account, SIGKILL, directory, command),
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=ENVIRONMENT,
            start_new_session=True,
        )
        if done.returncode:
            lines = done.stdout.strip().splitlines() or [f"exit code {done.returncode}"]
            raise EmbeddedError(f"PostgreSQL's {command[0]} failed: {lines[-1]}")

    @staticmethod
    def _tethered(
        account: Account, death_signal: Signals, directory: Path, command: list[str]
    ) -> list[str]:
        program, *arguments = command
        wrapper = [sys.executable, "-I", "-S", tethered.__file__, str(os.getpid())]
        wrapper += [str(int(death_signal)), str(account.uid), str(account.gid), str(directory)]
        return [*wrapper, str(programs(account) / program), *arguments]

    @staticmethod
    def _write(account: Account, path: Path, text: str) -> None:
        path.write_text(text)
        if account.uid:
            os.chown(path, account.uid, account.gid)

    def _check_owner(self, account: Account) -> None:
        owner = self.data.stat().st_uid
        if owner != (account.uid or os.geteuid()):
            raise EmbeddedError(f"the database in {self.data} belongs to another user (id {owner})")

    def _check_space(self, least: int) -> None:
        free = shutil.disk_usage(self.home).free
        if free < least:
            raise EmbeddedError(
                f"the disk of {self.home} is full: {free // MB} MB free, {least // MB} MB needed"
            )


# Nothing of the user's: PGDATA, PGPORT, PGOPTIONS, or a LANG that is not installed
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}


def data_argument(directory: Path) -> str:
    """How the server is told its directory, which `tethered` makes its working directory.

    On Linux not by its path: the unprivileged account need not be able to reach it, as under /root.
    """
    return "/proc/self/cwd" if sys.platform == "linux" else str(directory)
