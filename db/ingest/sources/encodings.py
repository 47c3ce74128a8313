"""The encoding of a text file, from its bytes, and its text as UTF-8 with line feeds."""

import codecs
import io
from dataclasses import replace
from typing import IO, NamedTuple

from db.errors import LoadError
from db.ingest.sources.files import SourceFile

UTF_8 = "utf-8"
SINGLE_BYTES = ("cp1252", "latin-1")  # of the West; others need to be named
FEW = 3  # lines that are no UTF-8 may be damage; so many are an encoding
PROBE_BYTES = 1 << 20

# UTF-32 begins with the bytes of UTF-16's mark
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Writing(NamedTuple):
    """How text became bytes."""

    encoding: str = UTF_8
    carriage_returns: bool = False
    """Whether lines end in nothing but a carriage return, as on a Macintosh before 2001."""


def writing(file: SourceFile, encoding: str | None) -> Writing:
    """How a file was written. Raises: LoadError where nobody knows the encoding."""
    head = beginning(file)
    found = known(encoding, file.name) if encoding else _encoding(head)
    text = head.decode(found, "replace")
    return Writing(found, "\r" in text and "\n" not in text)


def beginning(file: SourceFile, size: int = PROBE_BYTES) -> bytes:
    """The first bytes, to see from them what the file is."""
    with file.open() as stream:
        return stream.read(size)


def known(encoding: str, name: str) -> str:
    """The name that Python gives to an encoding. Raises: LoadError."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise LoadError(
            f"{name}: there is no encoding called {encoding!r}: say one such as"
            " utf-8, utf-16, cp1252 or latin-1."
        ) from None


def _encoding(head: bytes) -> str:
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    even, odd = head[:2048:2], head[1:2048:2]
    if max(even.count(b"\0"), odd.count(b"\0")) > 0.8 * len(odd) and b"\0\0" not in head[:2048]:
        return "utf-16-le" if odd.count(b"\0") > even.count(b"\0") else "utf-16-be"
    lines = [line for line in head.splitlines() if not line.isascii()]
    foreign = [line for line in lines if not _decodes(line, UTF_8)]
    if len(foreign) < FEW or 10 * (len(lines) - len(foreign)) > len(lines):
        return UTF_8
    text = b"\n".join(foreign)
    return next(encoding for encoding in SINGLE_BYTES if _decodes(text, encoding))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def as_lines(file: SourceFile, written: Writing) -> tuple[SourceFile, str]:
    """The file with a line feed after each line, and the encoding its lines are in.

    Wide characters become UTF-8; one-byte encodings stay, so that a bad byte spoils but its line.
    """
    wide = len("\n".encode(written.encoding)) != 1
    if not (wide or written.carriage_returns):
        return file, written.encoding
    decoded = written.encoding if wide else None
    opened = replace(file, opener=lambda: io.BufferedReader(_Lines(file.opener(), decoded)))
    return opened, UTF_8 if wide else written.encoding


class _Lines(io.RawIOBase):
    """A stream whose wide characters are made UTF-8 and whose lone carriage returns end lines."""

    def __init__(self, stream: IO[bytes], wide: str | None) -> None:
        self.stream = stream
        self.decode = codecs.getincrementaldecoder(wide)().decode if wide else None
        self.waiting = b""
        self.after_return = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while not self.waiting and (chunk := self.stream.read(1 << 20)):
            self.waiting = self._made_lines(chunk)
        if not self.waiting and self.decode:
            self.decode(b"", True)  # raises where a character lacks its second half
        part, self.waiting = self.waiting[: len(buffer)], self.waiting[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def _made_lines(self, chunk: bytes) -> bytes:
        data = self.decode(chunk).encode(UTF_8) if self.decode else chunk
        if self.after_return:
            data = data.removeprefix(b"\n")
        self.after_return = data.endswith(b"\r")
        return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    def close(self) -> None:
        self.stream.close()
        super().close()
