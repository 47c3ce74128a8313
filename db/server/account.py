"""The OS accounts around the server: the one it runs as and the one that may connect."""

import os
import pwd
from typing import NamedTuple

from db.errors import EmbeddedError

UNPRIVILEGED = "nobody"


class Account(NamedTuple):
    uid: int
    gid: int


OURS = Account(0, 0)  # whoever runs this process; PostgreSQL is never run as root itself


def server_account() -> Account:
    """Who runs the server: ourselves, except for root, as which PostgreSQL refuses to run."""
    if os.geteuid() != 0:
        return OURS
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise EmbeddedError(
            f"PostgreSQL does not run as root and there is no account '{UNPRIVILEGED}' to run it "
            "as; start Reelscope as another user, or set DATABASE_URL"
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def client_name() -> str:
    """The OS user whose connections the server accepts (peer authentication)."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise EmbeddedError(
            f"PostgreSQL needs a user name and user id {os.geteuid()} has none (no line in "
            "/etc/passwd); start Reelscope as another user, or set DATABASE_URL"
        ) from None
