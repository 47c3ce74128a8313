"""What a WSGI server that was started by itself lacks, said once in its log.

`python app.py` brings database, ratings and training; gunicorn or waitress by themselves do not.
"""

import logging
from threading import Lock, Thread

from flask import Flask

from dashboard.launch.run_lock import is_running
from db.errors import DatabaseError, DatabaseUnavailable
from db.home import HomeError, home
from db.own_files import NotOurs
from db.store.engine import configured_url, dataset, reading, shown_url
from recommender.serving import artifacts

logger = logging.getLogger(__name__)

TRAIN = "python -m recommender train --watch"
NO_DATABASE = "The database at %s does not answer; until it does, there are pages without figures."
NO_EMBEDDED = (
    "DATABASE_URL is not set, and the embedded database of %s does not run: `python app.py` starts"
    " it, loads the sample and trains; this server alone only answers."
)
NO_MODELS = (
    f"No models are trained on %s yet, and this server trains none: beside it runs `{TRAIN}`."
)


def install(server: Flask) -> None:
    """Look once, when the first request comes: importing the app asks no database."""
    first = Lock()

    @server.before_request
    def look() -> None:
        if first.acquire(blocking=False):
            Thread(target=say, daemon=True).start()


def say() -> None:
    """One line where something is missing that nobody will bring."""
    try:
        if is_running(home()):
            return
        with reading() as connection:
            current = dataset(connection)
    except DatabaseUnavailable:
        if configured_url():
            logger.warning(NO_DATABASE, shown_url())
        else:
            logger.warning(NO_EMBEDDED, home())
        return
    except (DatabaseError, HomeError, NotOurs) as error:
        logger.warning("%s", error)
        return
    if not artifacts.available(current.fingerprint):
        logger.warning(NO_MODELS, current.name)
