"""Making a new cluster. Killed at any point, it leaves nothing that a later start trips over."""

import os
import subprocess
import tempfile
from pathlib import Path
from signal import SIGKILL

from db.errors import EmbeddedError
from db.server.account import Account, client_name, server_account
from db.server.binaries import programs
from db.server.cluster import DATABASE, ENVIRONMENT, MB, ROLE, Cluster, data_argument
from db.server.leftovers import remove_unfinished
from db.server.tethered import tethered

UNFINISHED = "pg18.new-"
SPACE_TO_CREATE = 300 * MB

# The "builtin" locale works alike on every system and knows upper and lower case beyond ASCII
INITDB = (
    "--username=postgres",
    "--auth=peer",
    "--encoding=UTF8",
    "--no-locale",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
SINGLE_USER = ("--single", "-cexit_on_error=on")
SETUP = (
    f"CREATE ROLE {ROLE} LOGIN;\nGRANT pg_checkpoint TO {ROLE};\n"
    f"CREATE DATABASE {DATABASE} OWNER {ROLE};\n"
)

# Peer authentication: the kernel says who connects, and only the owner of the home gets in
ACCESS = "local all all peer map=owner\n"
IDENTITIES = 'owner "{name}" {role}\nowner "{name}" postgres\n'


def create(cluster: Cluster) -> None:
    """Make the cluster in a directory of its own and rename that: the cluster is whole or absent.

    The caller holds the cluster's lock. Raises EmbeddedError.
    """
    for unfinished in cluster.home.glob(f"{UNFINISHED}*"):
        remove_unfinished(unfinished)
    cluster.check_space(SPACE_TO_CREATE)
    account, client = server_account(), client_name()
    new = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=cluster.home))
    give(new, account)
    data = ["-D", data_argument(new)]
    run(["initdb", *INITDB, *data], new, account)
    run(["postgres", *SINGLE_USER, *data, "postgres"], new, account, SETUP)
    write(new / "pg_hba.conf", ACCESS, account)
    write(new / "pg_ident.conf", IDENTITIES.format(name=client, role=ROLE), account)
    new.rename(cluster.data)


def run(command: list[str], directory: Path, account: Account, text: str = "") -> None:
    """Run a server program to its end. Raises EmbeddedError with its last line of output."""
    program = str(programs(account) / command[0])
    done = subprocess.run(
        tethered([program, *command[1:]], SIGKILL, directory, account),
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


def write(path: Path, text: str, account: Account) -> None:
    path.write_text(text)
    give(path, account)


def give(path: Path, account: Account) -> None:
    if account.uid:
        os.chown(path, account.uid, account.gid)
