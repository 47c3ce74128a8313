from db.errors import DatabaseError


class EmbeddedError(DatabaseError):
    """The embedded server can't run; the message is one line for the user."""
