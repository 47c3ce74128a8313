"""What is loaded, and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import make_url, text

from db.counts import counted
from db.errors import NoDataset, OutdatedDataset
from db.store.datasets import Dataset
from db.store.engine import database_url, dataset, reading

EMPTY, OUTDATED = 3, 4

MORE = text("""
    select tags, rejected, (
        select sum(pg_total_relation_size(oid))::bigint from pg_class
        where relnamespace = to_regnamespace(:schema)::oid and relkind = 'r'
    ) as size_bytes
    from reelscope.datasets where id = :id
""")


@dataclass(frozen=True)
class Status:
    """A database's URL and its current dataset, None where nothing is loaded yet."""

    url: str
    dataset: Dataset | None = None
    tags: int | None = None
    rejected: Mapping[str, Any] | None = None
    """Rows left out: how many ("rows"), by reason ("reasons"), and the first hundred ("first")."""
    size_bytes: int = 0
    """Of the dataset's tables, rollups and indexes on disk."""
    missing: str = ""
    """Why there is no dataset."""
    exit_code: int = 0
    """Of the command line, for scripts: EMPTY, OUTDATED, or 0 where there is a dataset."""

    @classmethod
    def now(cls) -> "Status":
        """Raises: DatabaseUnavailable."""
        try:
            with reading() as connection:
                current = dataset(connection)
                more = connection.execute(MORE, {"schema": current.schema, "id": current.id}).one()
        except NoDataset as missing:
            code = OUTDATED if isinstance(missing, OutdatedDataset) else EMPTY
            return cls(database_url(), missing=str(missing), exit_code=code)
        return cls(database_url(), current, **more._mapping)

    def as_json(self) -> dict[str, Any]:
        """For programs: the URL with its password, times in ISO 8601; null: not there."""
        fields = ("name", "fingerprint", "ratings", "users", "movies", "genres")
        times = ("first_rating", "last_rating", "loaded_at")
        found = {field: getattr(self.dataset, field, None) for field in fields}
        moments = {field: getattr(self.dataset, field, None) for field in times}
        if self.dataset and not self.dataset.has_times:
            moments |= {"first_rating": None, "last_rating": None}
        return (
            {"url": self.url}
            | found
            | {field: moment and moment.isoformat() for field, moment in moments.items()}
            | {"tags": self.tags, "size_bytes": self.size_bytes or None, "rejected": self.rejected}
        )

    def __str__(self) -> str:
        url = make_url(self.url).render_as_string(hide_password=True)
        loaded = self.dataset
        if loaded is None or self.rejected is None:
            return f"{'Database':12}{url}\n{self.missing}"
        films, users = counted(loaded.movies, "film"), counted(loaded.users, "user")
        counts = f"{loaded.ratings:,} of {films} by {users}"
        return "\n".join(
            f"{name:12}{value}"
            for name, value in {
                "Database": url,
                "Dataset": loaded.name,
                "Fingerprint": loaded.fingerprint,
                "Ratings": counts,
                "Period": _period(loaded),
                "Size": f"{self.size_bytes / 1e6:,.0f} MB",
                "Tags": f"{self.tags:,}",
                "Rejected": _rejected(self.rejected),
                "Loaded": f"{loaded.loaded_at:%Y-%m-%d %H:%M} UTC",
            }.items()
        )


def _period(loaded: Dataset) -> str:
    if not loaded.has_times:
        return "not known: the ratings have no times"
    return f"{loaded.first_rating:%Y-%m-%d} to {loaded.last_rating:%Y-%m-%d}"


def _rejected(rejected: Mapping[str, Any]) -> str:
    reasons = ", ".join(f"{reason} {rows:,}" for reason, rows in rejected["reasons"].items())
    return counted(rejected["rows"], "row") + (f" ({reasons})" if reasons else "")
