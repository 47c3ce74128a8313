"""The log: one line an event on standard error, as text or, for programs, as JSON.

REELSCOPE_LOG_LEVEL is for our own modules; of others' only warnings are shown.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from socket import gethostname
from typing import TextIO

from db import settings

OURS = ("benchmarks", "dashboard", "db", "recommender")
TEXT = "%(asctime)s %(levelname)s %(instance)s[%(process)d] %(name)s: %(message)s"
INSTANCE = {"instance": gethostname()}  # several write to one place


class StandardError(logging.StreamHandler):
    """Writes to what sys.stderr is at the time: tests and servers put others in its place."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        return sys.stderr


class JsonLine(logging.Formatter):
    """time (UTC), level, instance (the host's name), process, logger, message, the event's own
    `fields`, and traceback where one is."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            **INSTANCE,
            "process": record.process,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure() -> None:
    """Log as the settings say; every entry point's first step. Raises SettingError."""
    level = logging.getLevelNamesMapping()[settings.LOG_LEVEL.value()]
    handler = StandardError()
    is_json = settings.LOG_FORMAT.value() == "json"
    handler.setFormatter(JsonLine() if is_json else logging.Formatter(TEXT, defaults=INSTANCE))
    root = logging.getLogger()
    others = [each for each in root.handlers if not isinstance(each, StandardError)]
    root.handlers = [*others, handler]
    root.setLevel(max(level, logging.WARNING))
    for name in OURS:
        logging.getLogger(name).setLevel(level)
