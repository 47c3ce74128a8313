"""How Spark reaches PostgreSQL: by JDBC, from every executor, over TCP only."""

from dataclasses import dataclass

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

DRIVER = "org.postgresql.Driver"
ROWS_AT_A_TIME = 10_000


def is_database(where: str) -> bool:
    """Whether it is a URL of a database and not a path."""
    return where.startswith(("jdbc:", "postgres:", "postgresql:", "postgresql+"))


class AddressError(ValueError):
    """A URL that Spark can't reach; the message is one line that says what to give."""


@dataclass(frozen=True)
class Database:
    """A PostgreSQL server by its URL, postgresql://… or jdbc:postgresql://…"""

    url: URL

    @classmethod
    def at(cls, address: str) -> "Database":
        """Raises: AddressError."""
        try:
            url = make_url(address.removeprefix("jdbc:"))
        except (ArgumentError, ValueError):
            raise AddressError(
                f"{address.partition('@')[0]!r} is not a URL like postgresql://user@host/name."
            ) from None
        if not url.host or not url.drivername.startswith("postgres"):
            raise AddressError(
                "Spark reaches PostgreSQL over TCP only: give a URL with a host, such as "
                "postgresql://user@host:5432/name. The embedded server has none."
            )
        query = dict(url.query)
        named = (query.pop("user", url.username), query.pop("password", url.password))
        user, password = (None if name is None else str(name) for name in named)
        where = (url.host, url.port, url.database, query)
        return cls(URL.create("postgresql", user, password, *where))

    @property
    def for_us(self) -> str:
        """The URL as DATABASE_URL has it."""
        return self.url.render_as_string(hide_password=False)

    @property
    def options(self) -> dict[str, str]:
        """Options of Spark's data source "jdbc"; the password is no part of the URL."""
        where = (self.url.host, self.url.port, self.url.database, self.url.query)
        bare = URL.create("postgresql", None, None, *where).render_as_string()
        named = {"user": self.url.username, "password": self.url.password}
        return {"url": f"jdbc:{bare}", "driver": DRIVER} | {k: v for k, v in named.items() if v}

    def read(self, spark, select: str, **options: object):
        """The DataFrame of a SELECT."""
        reader = spark.read.format("jdbc").options(**self.options, **options)
        return reader.option("fetchsize", ROWS_AT_A_TIME).option("dbtable", f"({select}) q").load()

    def read_by(self, column: str, spark, select: str, partitions: int):
        """The same in ranges of a column of whole numbers, each read through its own connection."""
        least, most = self.read(
            spark, f"select min({column}), max({column}) from ({select}) r"
        ).head()
        if least is None or partitions == 1:
            return self.read(spark, select)
        bounds = {"lowerBound": least, "upperBound": most + 1, "numPartitions": partitions}
        return self.read(spark, select, partitionColumn=column, **bounds)
