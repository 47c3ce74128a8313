"""A stream of text, cut into blocks of whole lines that fit in memory."""

import codecs
from collections.abc import Iterator
from typing import IO, NamedTuple

from db.errors import LoadError

BLOCK_BYTES = 8 << 20
LONGEST_LINE = 1 << 20  # bytes; a line of ratings has 30


class Block(NamedTuple):
    """Whole lines; only the last of a file may lack its line feed."""

    data: bytes
    line: int
    """Number of the first, from 1."""

    @property
    def lines(self) -> int:
        """How many there are."""
        return self.data.count(b"\n") + (not self.data.endswith(b"\n"))

    @property
    def ends_properly(self) -> bool:
        """Whether the last line has its line feed."""
        return self.data.endswith(b"\n")

    def halves(self) -> tuple["Block", "Block"]:
        """Two blocks of about the same size; the second may be empty."""
        cut = self.data.find(b"\n", len(self.data) // 2) + 1 or len(self.data)
        first = Block(self.data[:cut], self.line)
        return first, Block(self.data[cut:], self.line + first.lines)


def blocks(stream: IO[bytes], name: str, skip: int = 0) -> Iterator[Block]:
    """Every line but the first `skip`, without a byte order mark.

    Raises: LoadError where a line is so long that the file can't be a text of ratings.
    """
    rest = stream.read(len(codecs.BOM_UTF8)).removeprefix(codecs.BOM_UTF8)
    line = 1
    while chunk := stream.read(BLOCK_BYTES):
        data = rest + chunk
        end = data.rfind(b"\n") + 1
        rest = data[end:]
        if len(rest) > LONGEST_LINE:
            raise LoadError(f"{name} is no text of ratings: it has a line of over a megabyte.")
        if end:
            block = Block(data[:end], line)
            line += block.lines
            yield from _without_first(block, skip)
    if rest:
        yield from _without_first(Block(rest, line), skip)


def _without_first(block: Block, skip: int) -> Iterator[Block]:
    """The block without those of its lines that are among the first `skip` of the file."""
    data, line = block
    while data and line <= skip:
        data, line = data[data.find(b"\n") + 1 or len(data) :], line + 1
    if data:
        yield Block(data, line)
