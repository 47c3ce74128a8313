"""A file whose lines are written otherwise while it is read, for a reader of tables."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO, Any

from db.ingest.sources.files import SourceFile

Rewrite = Callable[[IO[bytes]], Iterator[bytes]]
"""Reads a file from its beginning and gives parts of another."""


class Rewritten(io.RawIOBase):
    """The parts that a generator gives, as a stream; closing it closes what they are made of."""

    def __init__(self, original: IO[bytes], rewrite: Rewrite) -> None:
        self.original, self.parts = original, rewrite(original)
        self.rest = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer, as far as one part goes."""
        room = memoryview(buffer)
        while not self.rest:
            part = next(self.parts, None)
            if part is None:
                return 0
            self.rest = part
        taken, self.rest = self.rest[: len(room)], self.rest[len(room) :]
        room[: len(taken)] = taken
        return len(taken)

    def close(self) -> None:
        """Both."""
        self.original.close()
        super().close()


def rewritten(file: SourceFile, rewrite: Rewrite, grows: float = 1) -> SourceFile:
    """The file as `rewrite` gives it, about `grows` times its size."""
    return replace(
        file,
        size=int(file.size * grows),
        opener=lambda: io.BufferedReader(Rewritten(file.opener(), rewrite), 1 << 20),
    )
