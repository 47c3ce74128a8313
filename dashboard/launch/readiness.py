"""What a web server's process does before the app is built, however it was started."""

import sys

from db import logs, settings
from db.errors import DatabaseError
from db.store.engine import configured_url, database_url

NO_APP = 4  # the exit code on which gunicorn gives up, where it would start another worker


def prepare() -> None:
    """Check the settings and begin to log; a bad setting ends the process with one line."""
    try:
        settings.check()
        if configured_url():
            database_url()
        logs.configure()
    except (settings.SettingError, DatabaseError) as error:
        print(f"Reelscope can't run: {error}", file=sys.stderr)
        sys.exit(NO_APP)
