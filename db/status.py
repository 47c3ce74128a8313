"""What is loaded, and where."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import make_url, text

from db.datasets import Dataset
from db.engine import database_url, dataset, reading
from db.errors import NoDataset

SIZE = text("""
    select sum(pg_total_relation_size(oid))::bigint from pg_class
    where relnamespace = to_regnamespace(:schema)::oid and relkind = 'r'
""")


@dataclass(frozen=True)
class Status:
    """A database's URL and its current dataset, None where nothing is loaded yet."""

    url: str
    dataset: Dataset | None = None
    size_bytes: int | None = None
    """Of the dataset's tables, rollups and indexes on disk."""

    @classmethod
    def now(cls) -> "Status":
        """Raises: DatabaseUnavailable."""
        try:
            with reading() as connection:
                current = dataset(connection)
                size = connection.scalar(SIZE, {"schema": current.schema})
        except NoDataset:
            return cls(database_url())
        return cls(database_url(), current, size)

    def as_json(self) -> dict[str, Any]:
        """For programs: the URL with its password, times in ISO 8601; null: not there."""
        fields = ("name", "fingerprint", "ratings", "users", "movies", "genres")
        times = ("first_rating", "last_rating", "loaded_at")
        found = {field: getattr(self.dataset, field, None) for field in fields}
        moments = {field: getattr(self.dataset, field, None) for field in times}
        return (
            {"url": self.url}
            | found
            | {field: moment and moment.isoformat() for field, moment in moments.items()}
            | {"size_bytes": self.size_bytes}
        )

    def __str__(self) -> str:
        url = make_url(self.url).render_as_string(hide_password=True)
        loaded = self.dataset
        if loaded is None:
            return f"{'Database':12}{url}\n{NoDataset()}"
        counts = f"{loaded.ratings:,} of {loaded.movies:,} films by {loaded.users:,} users"
        return "\n".join(
            f"{name:12}{value}"
            for name, value in {
                "Database": url,
                "Dataset": loaded.name,
                "Fingerprint": loaded.fingerprint,
                "Ratings": counts,
                "Period": f"{loaded.first_rating:%Y-%m-%d} to {loaded.last_rating:%Y-%m-%d}",
                "Size": f"{self.size_bytes / 1e6:,.0f} MB",
                "Loaded": f"{loaded.loaded_at:%Y-%m-%d %H:%M} UTC",
            }.items()
        )
