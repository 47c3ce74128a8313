"""Run as a program: imports or appends a folder for every "load FOLDER", "append FOLDER" on stdin.

Each in a process forked from this one, which has imported everything already, so that it starts
at once. Prints the process's id and, when it has ended, its exit status.
"""

import os
import sys

from db.ingest.append import append
from db.ingest.sources import open_source
from db.ingest.swap import load

for line in sys.stdin:
    what, _, folder = line.strip().partition(" ")
    child = os.fork()
    if not child:
        try:
            source = open_source(folder)
            if what == "append":
                append(lambda before, source=source: source)
            else:
                load(source)
        finally:
            os._exit(0)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
