"""Files that are ours alone, whatever the umask, and locks that nobody else can hold."""

import contextlib
import fcntl
import os
from pathlib import Path
from typing import IO

import psutil

LOCKS = Path("/proc/locks")  # of Linux; see proc_locks(5)
FILE, FOLDER = 0o600, 0o700


class NotOurs(Exception):
    """A file in our home is another user's; the message is one line for the user."""


def opener(path: str, flags: int) -> int:
    """For open(): a file that is made is its owner's only."""
    return os.open(path, flags, FILE)


def _no_link(path: str, flags: int) -> int:
    return opener(path, flags | os.O_NOFOLLOW)


def make_folder(path: Path) -> None:
    """It and what is missing above it, for our account only."""
    for above in reversed([each for each in (path, *path.parents) if not each.exists()]):
        above.mkdir(mode=FOLDER, exist_ok=True)
    path.mkdir(exist_ok=True)  # raises where it is a file


def tighten(path: Path) -> None:
    """Shut others out of a file or folder that is ours."""
    found = path.lstat()
    shut = FOLDER if path.is_dir() else FILE
    if found.st_uid == os.geteuid() and found.st_mode & 0o077 and not path.is_symlink():
        path.chmod(shut)


def lock_file(path: Path) -> IO[bytes]:
    """Open a lock that others can't: who can open a file can hold its lock. Raises NotOurs."""
    try:
        file = open(path, "a+b", opener=_no_link)  # noqa: SIM115  # the caller closes it
    except OSError as error:
        raise NotOurs(f"{path} can't be opened: {error.strerror}") from error
    owner = os.fstat(file.fileno()).st_uid
    if owner != os.geteuid():
        file.close()
        raise NotOurs(
            f"{path} belongs to another user (id {owner}); remove it, or choose another"
            " REELSCOPE_HOME"
        )
    os.fchmod(file.fileno(), FILE)
    return file


def taken(file: IO[bytes]) -> bool:
    """Whether the file's lock is ours now."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def holder(file: IO[bytes]) -> str:
    """Who holds a lock, in words: "process 812 (python)"."""
    inode = str(os.fstat(file.fileno()).st_ino)
    with contextlib.suppress(OSError, psutil.Error, ValueError):
        for line in LOCKS.read_text().splitlines():
            fields = line.split()  # 1: FLOCK ADVISORY WRITE 812 fe:00:1234 0 EOF
            if fields[1] == "FLOCK" and fields[5].rpartition(":")[2] == inode:
                return f"process {fields[4]} ({psutil.Process(int(fields[4])).name()})"
    return "another process"
