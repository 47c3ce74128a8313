"""The environment variables that Reelscope reads: their meanings, types and defaults.

Nothing else reads the environment. README's table and `python app.py --help` come from SETTINGS.
"""

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
FORMATS = ("text", "json")
FRAMERS = {"nobody": "'none'", "anyone": "*"}
WHO = ("nobody", "local")
SHORTEST_TOKEN = 16
ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")
PREFIX = re.compile(r"(/[A-Za-z0-9._~-]*[A-Za-z0-9_~-])*/")  # no dots alone: they would climb


class SettingError(Exception):
    """An environment variable can't be used; the message is one line for the user."""


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One environment variable.

    parse: its text, never blank, as a value; raises ValueError with what it is not.
    default: as README names it. unset: the value where it is unset or blank.
    """

    name: str
    meaning: str
    default: str
    parse: Callable[[str], T]
    unset: Callable[[], T]

    def text(self) -> str:
        """As it is set; "" where it is not."""
        return os.environ.get(self.name, "").strip()

    def value(self) -> T:
        """Raises SettingError."""
        text = self.text()
        if not text:
            return self.unset()
        try:
            return self.parse(text)
        except ValueError as error:
            raise SettingError(f"{self.name}: {error}") from None


def port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:6]) <= 65535:
        raise ValueError(f"{text!r:.40} is not a port (1 to 65535)")
    return int(text)


def _address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        raise ValueError(f"{text!r:.40} is no IP address like 127.0.0.1") from None


def _token(text: str) -> str:
    if len(text) < SHORTEST_TOKEN or not text.isascii() or not text.isprintable():
        raise ValueError(f"it has to be {SHORTEST_TOKEN} or more letters, digits or signs")
    return text


@cache  # asked for many times a request, and each looks every folder on the way up
def _home(text: str) -> Path:
    try:
        return Path(text).expanduser().resolve()
    except RuntimeError as error:  # the user after ~ is unknown
        raise ValueError(f"{text!r:.40} is no folder: {error}") from None


def _prefix(text: str) -> str:
    """With a slash at both ends, however it is written."""
    inner = text.strip("/ ")
    prefix = f"/{inner}/" if inner else "/"
    if not PREFIX.fullmatch(prefix):
        raise ValueError(f"{text!r:.40} is not a path like /reelscope/")
    return prefix


def _level(text: str) -> str:
    if text.upper() not in LEVELS:
        raise ValueError(f"{text!r:.40} is none of {', '.join(LEVELS)}")
    return text.upper()


def _default_level() -> str:
    """Whoever looks on sees what goes wrong; a log that is kept has every request."""
    return "WARNING" if sys.stderr and sys.stderr.isatty() else "INFO"


def _format(text: str) -> str:
    if text.lower() not in FORMATS:
        raise ValueError(f"{text!r:.40} is none of {', '.join(FORMATS)}")
    return text.lower()


def _who(text: str) -> str:
    if text.lower() not in WHO:
        raise ValueError(f"{text!r:.40} is none of {', '.join(WHO)}")
    return text.lower()


def _framers(text: str) -> str:
    """As a Content-Security-Policy lists them."""
    if text.lower() in FRAMERS:
        return FRAMERS[text.lower()]
    for origin in text.split():
        if not ORIGIN.fullmatch(origin):
            raise ValueError(f"{origin!r:.60} is no origin like https://example.org")
    return " ".join(text.split())


PORT = Setting("PORT", "the port to serve, where --port is not given", "8050", port, lambda: 8050)
DATABASE_URL = Setting(
    "DATABASE_URL",
    "a PostgreSQL (15 or later) to use in place of the embedded one, such as"
    " postgresql://me@host/films",
    "none",
    str,
    str,
)
HOME: Setting[Path | None] = Setting(
    "REELSCOPE_HOME",
    "where the embedded database and the trained models are kept",
    "the user's data directory",
    _home,
    lambda: None,
)
URL_PREFIX = Setting(
    "REELSCOPE_PREFIX",
    "the URL path below which everything is served, such as /reelscope/",
    "/",
    _prefix,
    lambda: "/",
)
LOG_LEVEL = Setting(
    "REELSCOPE_LOG_LEVEL",
    f"the least that is logged: {', '.join(LEVELS)}; requests are INFO",
    "INFO, on a terminal WARNING",
    _level,
    _default_level,
)
LOG_FORMAT = Setting(
    "REELSCOPE_LOG_FORMAT",
    "text, or json for one JSON object a line",
    "text",
    _format,
    lambda: "text",
)
SWITCH = Setting(
    "REELSCOPE_SWITCH",
    f"who may choose on the page Data which kept dataset all see: {', '.join(WHO)} (browsers on"
    " this machine, not through a proxy that names itself)",
    "local",
    _who,
    lambda: "local",
)
TMDB_TOKEN = Setting(
    "TMDB_TOKEN",
    "a read access token of themoviedb.org: films get a poster, plot, trailer and where to watch",
    "none: nothing is fetched",
    str,
    str,
)
TRUSTED_PROXY = Setting(
    "REELSCOPE_TRUSTED_PROXY",
    "the IP address of a proxy whose X-Forwarded-For and X-Forwarded-Proto say who asks, and by"
    " which scheme",
    "none: whoever connects is the client",
    _address,
    str,
)
METRICS_TOKEN = Setting(
    "REELSCOPE_METRICS_TOKEN",
    "what a collector on another machine sends as a bearer token to read /metrics",
    "none: only this machine may read it",
    _token,
    str,
)
EMBED = Setting(
    "REELSCOPE_EMBED",
    "which other sites may show a chart of /embed/<chart> within their pages: nobody, anyone, or"
    " origins such as https://example.org with spaces between",
    "nobody",
    _framers,
    lambda: FRAMERS["nobody"],
)
SPARK_MASTER = Setting(
    "REELSCOPE_SPARK_MASTER",
    "where Spark runs, such as spark://host:7077",
    "local[2], or as spark-submit says",
    str,
    str,
)
SETTINGS: tuple[Setting, ...] = (
    *(PORT, DATABASE_URL, HOME, URL_PREFIX),
    *(LOG_LEVEL, LOG_FORMAT, SWITCH, TMDB_TOKEN, TRUSTED_PROXY, METRICS_TOKEN, EMBED),
    SPARK_MASTER,
)


def check() -> None:
    """Raises SettingError where one of SETTINGS can't be used, so that a start fails early."""
    for setting in SETTINGS:
        setting.value()


def java_home() -> str:
    """Where others' programs expect Java; "" where that is not said."""
    return os.environ.get("JAVA_HOME", "")


def executors_python() -> str:
    """The Python that Spark's executors run; "" where that is not said."""
    return os.environ.get("PYSPARK_PYTHON", "")


def environment(changed: dict[Setting, object]) -> dict[str, str]:
    """For a child process: ours, and what is changed for it."""
    return {**os.environ, **{setting.name: str(value) for setting, value in changed.items()}}
