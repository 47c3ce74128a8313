"""Many short texts joined to one, in which a part is found at once."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Self


@dataclass(frozen=True, eq=False)
class JoinedTexts:
    """joined: the texts, without line breaks, each behind one. offsets: where each begins."""

    joined: str
    offsets: list[int]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        offsets = accumulate((len(text) + 1 for text in texts[:-1]), initial=1)
        return cls("".join(f"\n{text}" for text in texts), list(offsets))

    def having(self, part: str) -> Iterator[tuple[int, int]]:
        """The place of each text that has a part, and where in it; again for each time more."""
        at = self.joined.find(part)
        while at >= 0:
            place = bisect(self.offsets, at) - 1
            yield place, at - self.offsets[place]
            at = self.joined.find(part, at + 1)

    def beginning(self, part: str) -> Iterator[int]:
        """The places of the texts that begin with a part."""
        at = self.joined.find(f"\n{part}")
        while at >= 0:
            yield bisect(self.offsets, at + 1) - 1
            at = self.joined.find(f"\n{part}", at + 1)
