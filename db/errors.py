"""What can go wrong with the database; the text of each is one line, fit to be shown."""


class DatabaseError(Exception):
    """The database can't be used as configured."""


class EmbeddedError(DatabaseError):
    """The embedded server can't run; the message is one line for the user."""


class DatabaseUnavailable(DatabaseError):
    """The database doesn't answer now; the same request may succeed later."""

    def __init__(self, message: str = "The database can't be reached.") -> None:
        super().__init__(message)


class DatabaseBusy(DatabaseUnavailable):
    """The database is there, and has too much to do to answer this in time."""

    def __init__(self) -> None:
        super().__init__("The database is too busy to answer.")


class MissingRight(DatabaseError):
    """The database's user lacks a right; the message names it and what grants it."""


class NoDataset(DatabaseError):
    """The database answers, but no ratings are loaded."""

    def __init__(
        self,
        message: str = "No ratings are loaded yet. Load some with: python -m db load sample",
    ) -> None:
        super().__init__(message)


class OutdatedDataset(NoDataset):
    """Ratings are loaded, in tables that this version does not read."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"The dataset {name} was loaded by another version of Reelscope; its ratings are all"
            " there. Bring it over with: python -m db upgrade"
        )


class LoadError(Exception):
    """An import was refused or failed; the dataset that was loaded before is untouched."""


class ImportRunning(LoadError):
    """Another import holds the lock."""

    def __init__(self) -> None:
        super().__init__("Another import is running. Try again when it has ended.")
