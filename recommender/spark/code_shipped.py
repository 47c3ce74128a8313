"""What executors run of ours: the packages `db` and `recommender`, sent to them as one file.

Executors need the packages of requirements.txt; they need no checkout.
"""

import atexit
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from zipfile import ZipFile

from pyspark.sql import SparkSession

from db.settings import executors_python

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("db", "recommender")
KINDS = {".py", ".sql"}


def ship(spark: SparkSession) -> None:
    """Let all executors import the packages, those too that join later."""
    context = spark.sparkContext
    context.addPyFile(str(_archive()))
    if context.master.startswith("local") and not executors_python():
        context.pythonExec = sys.executable  # rather than whatever python3 is


@cache
def _archive() -> Path:
    """Made once; executors may ask for it until this process ends."""
    directory = Path(tempfile.mkdtemp(prefix="reelscope-"))
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    archive = directory / f"{directory.name}.zip"
    with ZipFile(archive, "w") as packed:
        for package in PACKAGES:
            for file in sorted((ROOT / package).rglob("*")):
                if file.suffix in KINDS:
                    packed.write(file, file.relative_to(ROOT))
    return archive
