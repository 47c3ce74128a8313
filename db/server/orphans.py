"""Files of tables that never came to be.

A server that is killed while it fills a table forgets the table, but leaves its file: gigabytes, if
it was a large import. PostgreSQL never looks for such files, so the next import does.
"""

import re
from pathlib import Path

from sqlalchemy import Connection, text

RELATION = re.compile(r"([0-9]+)(_[a-z]+)?(\.[0-9]+)?")  # 16384, 16384.1, 16384_fsm

# The database's directory, the files that belong to something, and since when the server runs
OWNED = text("""
    select 'base/' || oid as directory,
        extract(epoch from pg_postmaster_start_time())::float8 as started,
        array(select pg_relation_filenode(oid)::text from pg_class) as filenodes
    from pg_database where datname = current_database()
""")


def remove_orphans(connection: Connection, data: Path) -> int:
    """Remove them from a server's data directory on this machine. Returns how many bytes.

    Only files from before the server started: a younger one may belong to a transaction that
    nobody else sees yet.
    """
    owned = connection.execute(OWNED).one()
    names = set(owned.filenodes)
    removed = 0
    for file in (data / owned.directory).iterdir():
        match = RELATION.fullmatch(file.name)
        status = file.stat()
        if match and match[1] not in names and status.st_mtime < owned.started:
            file.unlink()
            removed += status.st_size
    return removed
