"""Run as a program: imports a folder for every line on stdin that names one.

Each in a process forked from this one, which has imported everything already, so that it starts
at once. Prints the process's id and, when it has ended, its exit status.
"""

import os
import sys

from db.ingest.sources import open_source
from db.ingest.swap import load

for line in sys.stdin:
    child = os.fork()
    if not child:
        try:
            load(open_source(line.strip()))
        finally:
            os._exit(0)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
