"""MovieLens 100K: u.data between tabs, u.item between bars with a flag for each genre, Latin-1.

u.user is about the people who rated, which no page shows: it is not read.
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
from db.ingest.sources.tables import MOVIELENS_BEGAN, EventFile, RatingEvents

FILMS = "u.item"
NEEDED = ("u.data", FILMS)
OPTIONAL = ()

# The flags' order, from the set's u.genre; the first, "unknown", is no genre.
GENRES = (
    "",
    "Action",
    "Adventure",
    "Animation",
    "Children's",
    "Comedy",
    "Crime",
    "Documentary",
    "Drama",
    "Fantasy",
    "Film-Noir",
    "Horror",
    "Musical",
    "Mystery",
    "Romance",
    "Sci-Fi",
    "Thriller",
    "War",
    "Western",
)
FLAGS = {"0", "1"}
ENCODINGS = ("utf-8", "latin-1")


def read(
    files: Mapping[str, SourceFile], name: str, scale: Scale, _: ReadAs = AS_IT_LOOKS
) -> Source:
    """A dataset from the files of NEEDED."""
    rejections = Rejections()
    scale = scale.fitted(())
    lines = EventLines(separator=b"\t")
    return Source(
        name,
        RatingEvents(EventFile(files["u.data"], lines, since=MOVIELENS_BEGAN), scale),
        read_movies(files[FILMS], split, ENCODINGS, rejections),
        rejections=rejections,
        scale=scale,
        texts={file.name: file for file in files.values()},
    )


def split(line: str) -> Film:
    """Number, title, release date, video release date, URL and flags. Raises: Unusable.

    The title's year comes before the date's, which is that of a re-release for some
    ("Taxi Driver (1976)", 16-Feb-1996).
    """
    fields, flags = line.split("|")[: -len(GENRES)], line.split("|")[-len(GENRES) :]
    if len(fields) < 5 or not FLAGS.issuperset(flags):
        raise Unusable(FIELDS)
    number, title, date = fields[0], "|".join(fields[1:-3]), fields[-3]
    genres = "|".join(name for name, flag in zip(GENRES, flags, strict=True) if flag == "1")
    return Film(number, title, release_year(title) or release_year("", date[-4:]), genres)
