"""Models are trained in a child process of low priority, for every dataset that becomes current.

Run as a program it is that child.
"""

import os
import subprocess
from contextlib import ExitStack

from db.engine import dataset, reading
from db.errors import DatabaseError
from launch.children import child
from launch.steps import Steps

LOWEST_PRIORITY = 19


class Training:
    """Starts a training process whenever there is a dataset that it has not seen."""

    def __init__(self) -> None:
        self.fingerprint: str | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.stack = ExitStack()

    def __enter__(self) -> "Training":
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def look(self) -> None:
        """Start training where the current dataset is a new one; one process at a time."""
        if self.process and self.process.poll() is None:
            return
        fingerprint = current_fingerprint()
        if fingerprint and fingerprint != self.fingerprint:
            self.stack.close()
            self.process = self.stack.enter_context(child("-m", "launch.training"))
            self.fingerprint = fingerprint


def current_fingerprint() -> str | None:
    """Of the current dataset; None while there is none or the database is away."""
    try:
        with reading() as connection:
            return dataset(connection).fingerprint
    except DatabaseError:
        return None


def main() -> None:
    os.nice(LOWEST_PRIORITY)
    from recommender.training import train  # heavy, and for this process only

    steps = Steps()
    train(report=lambda key, done, of: steps.report(f"Training the models: {key}", done / of))
    steps.end()


if __name__ == "__main__":
    main()
