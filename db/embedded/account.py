"""The OS accounts around the server: the one it runs as and the one that may connect."""

import os
import pwd
from dataclasses import dataclass

from db.embedded.errors import EmbeddedError

UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Account:
    """Who runs the server; uid 0 means whoever runs this process, as the server is never root."""

    uid: int
    gid: int


def server_account() -> Account:
    """Ourselves, except for root: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return Account(0, 0)
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise EmbeddedError(
            f"PostgreSQL does not run as root and there is no account '{UNPRIVILEGED}' to run it "
            "as; start Reelscope as another user, or set DATABASE_URL"
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def client_name() -> str:
    """The name of the OS user whose connections the server accepts (peer authentication)."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise EmbeddedError(
            f"PostgreSQL needs a user name and user id {os.geteuid()} has none (no line in "
            "/etc/passwd); start Reelscope as another user, or set DATABASE_URL"
        ) from None
