"""Run a program that ends when its parent ends, as an unprivileged account where asked.

    python -I -S tethered.py PARENT_PID SIGNAL UID GID DIRECTORY PROGRAM [ARGUMENT ...]

A program of its own and not Popen's preexec_fn, which is unsafe in a parent with threads.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h
LIBC = ctypes.CDLL(None)


def tethered(
    command: list[str],
    at_parents_end: signal.Signals,
    directory: str | os.PathLike[str] = ".",
    account: tuple[int, int] = (0, 0),
) -> list[str]:
    """The command that runs `command` tethered to this process.

    It gets the signal when the *thread* that starts it ends (Linux; elsewhere it gets none).
    account: its user and group id; (0, 0) keeps ours. The directory becomes its working directory
    before root is given up, so the account need not be able to reach it by its path.
    """
    settings = [os.getpid(), int(at_parents_end), *account, os.fspath(directory)]
    return [sys.executable, "-I", "-S", __file__, *map(str, settings), *command]


def main(parent: int, death_signal: int, uid: int, gid: int, directory: str, *command: str) -> None:
    os.chdir(directory)
    if uid:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
        os.umask(0o077)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and exec would keep that
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, death_signal)  # after setuid, which clears it
    if os.getppid() != parent:  # it ended before the signal was asked for
        sys.exit("the parent process has ended")
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]), *sys.argv[5:])  # type: ignore[arg-type]  # four numbers, then the program
