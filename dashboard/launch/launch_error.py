from db.errors import DatabaseError, LoadError
from db.home import HomeError
from db.settings import SettingError


class LaunchError(Exception):
    """Reelscope can't start or go on; the message is one line for the user."""


EXPECTED = (LaunchError, SettingError, HomeError, DatabaseError, LoadError, OSError)
"""What a start can end with that its user can do something about."""
