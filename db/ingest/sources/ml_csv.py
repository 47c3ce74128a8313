"""MovieLens ml-latest, ml-latest-small, 20M, 25M and 32M: CSV with header, UTF-8."""

from collections.abc import Mapping

from db.ingest.sources.csv_tables import csv_links, csv_movies, csv_ratings, csv_tags
from db.ingest.sources.files import SourceFile
from db.ingest.sources.rejections import Rejections
from db.ingest.sources.source import Source
from db.ingest.sources.stars import Scale
from db.ingest.sources.tables import MOVIELENS_BEGAN

NEEDED = ("ratings.csv", "movies.csv")
OPTIONAL = ("links.csv", "tags.csv")


def read(files: Mapping[str, SourceFile], name: str, scale: Scale) -> Source:
    """A dataset from the files of NEEDED and any of OPTIONAL."""
    rejections = Rejections()
    movies = csv_movies(files["movies.csv"], {}, rejections)
    if "links.csv" in files:
        movies = csv_links(files["links.csv"], movies, rejections)
    ratings = csv_ratings(files["ratings.csv"], {}, scale, MOVIELENS_BEGAN)
    tags = csv_tags(files["tags.csv"]) if "tags.csv" in files else None
    return Source(name, ratings, movies, tags, rejections)
