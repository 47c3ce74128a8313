"""MovieLens ml-latest, ml-latest-small, 20M, 25M and 32M: CSV with header, UTF-8.

Others call their files the same: they are read whatever their dialect and ids.
"""

from collections.abc import Mapping

from db.ingest.sources.assembled import assembled
from db.ingest.sources.csv_tables import CsvRatings
from db.ingest.sources.event_layout import event_layout
from db.ingest.sources.files import SourceFile
from db.ingest.sources.film_tables import film_table
from db.ingest.sources.read_as import AS_IT_LOOKS, ReadAs
from db.ingest.sources.source import Source
from db.ingest.sources.stars import Scale
from db.ingest.sources.tables import MOVIELENS_BEGAN

NEEDED = ("ratings.csv", "movies.csv")
OPTIONAL = ("links.csv", "tags.csv")


def read(
    files: Mapping[str, SourceFile], name: str, scale: Scale, read_as: ReadAs = AS_IT_LOOKS
) -> Source:
    """A dataset from the files of NEEDED and any of OPTIONAL."""
    ratings = CsvRatings(event_layout(files["ratings.csv"], {}, read_as), MOVIELENS_BEGAN)
    films = film_table(files["movies.csv"], {}, read_as)
    beside = {file.removesuffix(".csv"): files[file] for file in OPTIONAL if file in files}
    return assembled(name, ratings, films, scale, beside, read_as)
