class LaunchError(Exception):
    """Reelscope can't start or go on; the message is one line for the user."""
