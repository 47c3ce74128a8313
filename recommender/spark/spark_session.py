"""Spark's sessions, and its failures told in one line."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from subprocess import TimeoutExpired

NO_SPARK = (
    "Spark is missing. Run this with spark-submit, or install Spark with: "
    "python -m pip install -r requirements-extras.txt"
)
NO_JAVA = "Spark needs Java 17 or later; on Debian: apt-get install openjdk-17-jre-headless"
NO_DRIVER = (
    "Spark has no driver for PostgreSQL. Give spark-submit its jar, such as Debian's "
    "(libpostgresql-jdbc-java): --jars /usr/share/java/postgresql.jar"
)
GONE = "Spark's Java process ended."
DEEP = "-Xss16m"  # every iteration of ALS nests the plan deeper; the default stack ends near 20
JAVA_SECONDS = 30.0  # to end
FAST_START = "-XX:TieredStopAtLevel=1 -XX:+UseParallelGC"
"""Java then compiles once and quickly, and collects what is dead with the least processor time: of
loading a million ratings the rest took half."""
ALWAYS = {"spark.sql.session.timeZone": "UTC"}
LOCAL = {
    "spark.master": "local[2]",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "4g",
    "spark.driver.extraJavaOptions": DEEP,
    "spark.executor.extraJavaOptions": DEEP,
    "spark.sql.shuffle.partitions": "4",
}

# What says why, somewhere in pages of Java's
CAUSES = (
    re.compile(r"(JAVA_GATEWAY_EXITED)"),
    re.compile(r"ClassNotFoundException: (org\.postgresql\.Driver)"),
    re.compile(r"PSQLException: ([^\n]+)"),
    re.compile(r"Python worker: Traceback .*\n([^\s:]+Error: [^\n]+)", re.DOTALL),
    re.compile(r"(\[[A-Z_.]+\] [^\n]+)"),
    re.compile(r"Exception: ([^\n]+)"),
)
REMEDIES = {"JAVA_GATEWAY_EXITED": NO_JAVA, "org.postgresql.Driver": NO_DRIVER}


class SparkError(Exception):
    """Spark is not there or failed; the message is one line that says what to do."""


def without_java() -> str | None:
    """What to do where there is no Java; None where there is."""
    from db.settings import java_home  # not with the module: a model needs no db

    return None if shutil.which("java") or java_home() else NO_JAVA


@contextmanager
def session(settings: dict[str, str] | None = None) -> Iterator:
    """The SparkSession that is running, else one of its own, stopped at the end.

    Raises: SparkError where there is no Spark or no Java, and where Spark fails inside.
    """
    if reason := NO_SPARK if find_spec("pyspark") is None else without_java():
        raise SparkError(reason)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    started = None
    try:
        running = SparkSession.getActiveSession()
        if running is None:
            running = started = _start(settings or {})
        yield running
    except (PySparkException, Py4JError, ConnectionError) as error:
        raise SparkError(first_cause(error)) from error
    finally:
        with suppress(
            Py4JError, OSError, TimeoutExpired
        ):  # where Java is gone, there is nothing to stop
            if started is not None:
                started.stop()
                _end_java()


def _start(settings: dict[str, str]):
    from pyspark.sql import SparkSession

    from db.settings import SPARK_MASTER

    builder = SparkSession.builder.appName("Reelscope").config(map=ALWAYS | settings)
    if master := SPARK_MASTER.value():
        builder = builder.master(master)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


def _end_java() -> None:
    """Spark keeps it for a next session: a gigabyte, until a training process has measured all.

    Not where spark-submit started it, and us.
    """
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    java = getattr(gateway, "proc", None)
    if java is not None:
        gateway.shutdown()
        java.stdin.close()  # at which it ends
        java.wait(JAVA_SECONDS)
        SparkContext._gateway = SparkContext._jvm = None


def first_cause(error: Exception) -> str:
    """The line of an error of Spark's that says why, or what to do."""
    if isinstance(error, ConnectionError):
        return GONE
    try:
        text = "\n".join(_told(error))
    except Exception:  # an error of Java's asks Java for its text, which may be gone
        return GONE
    found = next(filter(None, (cause.search(text) for cause in CAUSES)), None)
    return REMEDIES.get(found[1], found[1]).strip() if found else text.strip().splitlines()[0]


def _told(error: Exception) -> list[str]:
    """What the error and all that caused it say, the root cause first."""
    told = [str(error) or type(error).__name__]
    java = getattr(error, "_origin", None) or getattr(error, "java_exception", None)
    while java is not None:
        told.insert(0, java.toString())
        java = java.getCause()
    return told
