"""Which dataset is current: each has a schema of its own, and one row points at one of them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import md5
from pathlib import Path

from sqlalchemy import Connection, Row, text
from sqlalchemy.exc import ProgrammingError

from db.errors import NoDataset, OutdatedDataset
from db.filters.months import Month
from db.store.driver import driver, sqlstate
from db.store.original_scale import OriginalScale
from db.store.pointer import CURRENT
from db.store.rights import may_not_read

LOCKS = 0x7265656C  # "reel": the first half of the keys of this product's advisory locks
IMPORT_LOCK = 0  # the second half for the importer; a reader locks the id of its dataset

CATALOGUE = Path(__file__).with_name("catalogue.sql")
SIMILARITY = Path(__file__).parents[1] / "similarity"
SCHEMA = (Path(__file__).with_name("schema.sql"), SIMILARITY / "tables.sql")
ROLLUPS = (Path(__file__).with_name("rollups.sql"), SIMILARITY / "keys.sql")

SUMMED = ("ratings", "half_stars", "squares")  # whose types rollups.sql names

UNDEFINED = ("42P01", "3F000")  # SQLSTATE: no such table, no such schema


def schema_of(number: int) -> str:
    """The schema of the dataset with this id."""
    return f"reelscope_{number}"


def script(parts: tuple[Path, ...], wide: Collection[str] = ()) -> str:
    """The statements of SCHEMA or ROLLUPS; sums have 32 bits, and those of `wide` 64."""
    statements = "\n".join(part.read_text() for part in parts)
    for name in SUMMED:
        statements = statements.replace(f"{{{name}}}", "bigint" if name in wide else "integer")
    return statements


@cache
def layout() -> str:
    """A hash of the statements that make a dataset's tables: no other layout can be read.

    What lies inside packed columns is stated in them too (db/similarity/formats.py). Sums of 64
    bits are read as those of 32 are: the same layout.
    """
    statements = re.sub(r"--.*", "", script(SCHEMA) + script(ROLLUPS))
    return md5(" ".join(statements.split()).encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Dataset:
    """A loaded set of ratings, as `reelscope.datasets` describes it."""

    id: int
    name: str
    fingerprint: str
    """Hash of the content: the same ratings and films give the same one in any order."""
    ratings: int
    users: int
    movies: int
    """Films with at least one rating."""
    genres: tuple[str, ...]
    """Names in alphabetical order; a name's index is its bit in every genre_mask."""
    first_rating: datetime
    last_rating: datetime
    first_release_year: int | None
    last_release_year: int | None
    tags: int
    users_one_in: int
    """1 where `user_ratings` holds every user, k where it holds a 1-in-k sample of them."""
    loaded_at: datetime
    has_times: bool = True
    """Whether it is known when ratings were given; if not, all are of January 1970."""
    scale_low: float = 0.5
    """The worst rating of the scale that the files have; of which `scale` has more."""
    scale_high: float = 5.0
    scale_step: float = 0.5
    """What half a star is worth on that scale."""
    user_tail_p: float | None = None
    """Goodness of fit of the power law of ratings per user; None where none fits, or none knows."""
    movie_tail_p: float | None = None
    """The same of ratings per film."""
    others: int = 0
    """How many are kept beside it."""

    @property
    def scale(self) -> OriginalScale:
        """The scale that ratings have in the files."""
        return OriginalScale(self.scale_low, self.scale_high, self.scale_step)

    @property
    def schema(self) -> str:
        """The schema that holds the dataset's tables."""
        return schema_of(self.id)

    @property
    def first_month(self) -> Month:
        """Month of the first rating (UTC)."""
        return Month(self.first_rating.year, self.first_rating.month)

    @property
    def last_month(self) -> Month:
        """Month of the last rating (UTC)."""
        return Month(self.last_rating.year, self.last_rating.month)


ENTER_CURRENT = f"""
    select d.*, (
            -- read so that a catalogue of an earlier version needs no such column
            select count(*) from reelscope.datasets o
            where o.id <> d.id and (to_jsonb(o) ->> 'kept')::boolean
        ) as others,
        -- the right to a schema alone would find its tables, and read none
        case to_jsonb(d) ->> 'layout' when :layout
            then has_table_privilege(format('reelscope_%s.movies', d.id), 'select')
        end as may_read,
        set_config('search_path', 'reelscope_' || d.id, true) as search_path,
        pg_advisory_xact_lock_shared(:locks, d.id) as lock
    from reelscope.datasets d where d.id = {CURRENT}
"""


def enter_current(connection: Connection, first: str = "") -> Dataset:
    """Bind the transaction to the current dataset, in one round trip; `first`: SQL to begin with.

    Its tables are on the search path, and a shared lock keeps them from being dropped before
    the transaction ends.

    Raises: NoDataset, OutdatedDataset where its tables have another layout, or MissingRight.
    """
    values = {"locks": LOCKS, "layout": layout()}
    try:
        row = connection.execute(text(first + ENTER_CURRENT), values).one_or_none()
    except ProgrammingError as error:
        if sqlstate(error) in UNDEFINED:
            raise NoDataset from None
        raise
    if row is None:
        raise NoDataset
    if row._mapping.get("layout") != layout():
        raise OutdatedDataset(row.name)
    if not row.may_read:
        raise may_not_read(driver(connection), f"permission denied for schema {schema_of(row.id)}")
    return dataset_of(row)


def dataset_of(row: Row) -> Dataset:
    """A row of reelscope.datasets; one that no import has touched lately lacks newer columns."""
    names = Dataset.__dataclass_fields__.keys() & row._mapping.keys()
    fields = {name: getattr(row, name) for name in names}
    return Dataset(**fields | {"genres": tuple(row.genres)})
