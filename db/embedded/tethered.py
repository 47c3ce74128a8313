"""Run a program that ends when its parent ends, as an unprivileged account where asked.

    python -I -S tethered.py PARENT_PID SIGNAL UID GID DIRECTORY PROGRAM [ARGUMENT ...]

A program of its own and not Popen's preexec_fn, which is unsafe in a parent with threads. It
imports nothing of this project: the parent starts it by path. SIGNAL is what PROGRAM gets when
the thread of PARENT_PID that started this one ends (Linux; elsewhere nothing is sent). UID 0 keeps
the account. DIRECTORY is entered before root is given up, so that the account need not be able to
reach it by its path.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h
LIBC = ctypes.CDLL(None)


def main(parent: int, death_signal: int, uid: int, gid: int, directory: str, *command: str) -> None:
    os.chdir(directory)
    if uid:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    os.umask(0o077)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and exec keeps that
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, death_signal)  # after setuid, which clears it
    if os.getppid() != parent:  # it ended before the signal was asked for
        sys.exit("the parent process has ended")
    os.execv(command[0], command)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]), *sys.argv[5:])
