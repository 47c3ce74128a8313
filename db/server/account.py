"""The OS accounts around the server: the one it runs as and the one that may connect.

Whoever runs as the server's account is the database's master: a process of it enters the server's
directory through /proc/<pid>/cwd, whatever the folders above allow. So it is nobody else's.
"""

import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from db.errors import EmbeddedError

NAME = "reelscope-db"
FORMER = "nobody"
"""As whom root's servers ran before: what is theirs is taken over."""
PROGRAMS = {  # of Debian, Red Hat and others; of Alpine
    "useradd": ("--system", "--user-group", "--no-create-home", "--home-dir=/nonexistent"),
    "adduser": ("-S", "-D", "-H", "-h/nonexistent"),
}
ATTEMPTS = 20  # to find /etc/passwd not locked by somebody who makes an account too
PAUSE = 0.25  # seconds between them


class Account(NamedTuple):
    uid: int
    gid: int


OURS = Account(0, 0)  # whoever runs this process; PostgreSQL is never run as root itself


def server_account() -> Account:
    """Who runs the server: ourselves, except for root, as which PostgreSQL refuses to run.

    Root's server gets an account that has no other use; it is made here. Raises EmbeddedError
    where it can't be.
    """
    if os.geteuid() != 0:
        return OURS
    return _known(NAME) or _made()


def _known(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid)


def _made() -> Account:
    reason = "neither useradd nor adduser is there"
    for program in filter(shutil.which, PROGRAMS):
        for _ in range(ATTEMPTS):
            command = [program, *PROGRAMS[program], NAME]
            done = subprocess.run(command, capture_output=True, text=True, errors="replace")
            if account := _known(NAME):  # perhaps made by another start
                return account
            reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
            if "lock" not in reason:
                break
            time.sleep(PAUSE)
    raise EmbeddedError(
        f"PostgreSQL does not run as root, and the account '{NAME}' to run it as can't be made:"
        f" {reason}. Make it (useradd --system {NAME}), start Reelscope as another user, or set"
        " DATABASE_URL"
    )


def may_run(account: Account, owner: int) -> bool:
    """Whether the account may run a server of this owner's files."""
    return owner == (account.uid or os.geteuid()) or _is_former(account, owner)


def take_over(directory: Path, account: Account) -> None:
    """Give the account what an earlier version's server, which has ended, had as FORMER."""
    if _is_former(account, directory.stat().st_uid):
        for folder, folders, files in os.walk(directory):
            for name in (*folders, *files):
                os.chown(Path(folder, name), *account, follow_symlinks=False)
        os.chown(directory, *account)  # last: where this is interrupted, it is done again


def _is_former(account: Account, owner: int) -> bool:
    former = _known(FORMER)
    return bool(account.uid and former and owner == former.uid)


def client_name() -> str:
    """The OS user whose connections the server accepts (peer authentication)."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise EmbeddedError(
            f"PostgreSQL needs a user name and user id {os.geteuid()} has none (no line in "
            "/etc/passwd); start Reelscope as another user, or set DATABASE_URL"
        ) from None
