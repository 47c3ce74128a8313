class EmbeddedError(Exception):
    """The embedded server can't run; the message is one line for the user."""
