"""MovieLens 1M and 10M: fields between double colons, no header, Latin-1 (1M) or UTF-8 (10M).

Titles and tags may hold colons, even double ones: a line is taken apart from both its ends.
"""

from collections.abc import Mapping

from db.ingest.sources.event_lines import EventLines
from db.ingest.sources.files import SourceFile
from db.ingest.sources.movie_lines import Film, read_movies
from db.ingest.sources.read_as import AS_IT_LOOKS, ReadAs
from db.ingest.sources.rejections import FIELDS, Rejections, Unusable
from db.ingest.sources.release_year import release_year
from db.ingest.sources.source import Source
from db.ingest.sources.stars import Scale
from db.ingest.sources.tables import MOVIELENS_BEGAN, EventFile, RatingEvents, TagEvents

NEEDED = ("ratings.dat", "movies.dat")
OPTIONAL = ("tags.dat",)

SEPARATOR = b"::"
ENCODINGS = ("utf-8", "latin-1")  # hardly any Latin-1 text with accents is valid UTF-8


def read(
    files: Mapping[str, SourceFile], name: str, scale: Scale, _: ReadAs = AS_IT_LOOKS
) -> Source:
    """A dataset from the files of NEEDED and any of OPTIONAL."""
    rejections = Rejections()
    scale = scale.fitted(())
    lines = EventLines(separator=SEPARATOR, encodings=ENCODINGS)
    free = EventLines(separator=SEPARATOR, encodings=ENCODINGS, free_text=True)
    return Source(
        name,
        RatingEvents(EventFile(files["ratings.dat"], lines, since=MOVIELENS_BEGAN), scale),
        read_movies(files["movies.dat"], split, ENCODINGS, rejections),
        TagEvents(EventFile(files["tags.dat"], free)) if "tags.dat" in files else None,
        rejections,
        scale=scale,
        texts={file.name: file for file in files.values()},
    )


def split(line: str) -> Film:
    """ "1::Toy Story (1995)::Animation|Comedy". Raises: Unusable."""
    number, *rest = line.split("::", 1)
    title, *genres = rest[0].rsplit("::", 1) if rest else ("",)
    if not genres:
        raise Unusable(FIELDS)
    return Film(number, title, release_year(title), genres[0])
