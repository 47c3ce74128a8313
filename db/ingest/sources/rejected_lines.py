"""What stands in the lines that were left out, as the files have them."""

from collections.abc import Mapping, Sequence

from db.ingest.sources.files import SourceFile
from db.ingest.sources.rejections import Rejected, Rejections

LONGEST = 120  # characters of a line that is shown
FIRST_LINES = 1_000_000  # of a file that an import reads again for this, about half a second


def lines_of(
    rows: Sequence[Rejected], files: Mapping[str, SourceFile], most: int | None = None
) -> list[str]:
    """The text of each row; "" where a file is no text, or the row is not among the `most` first.

    Raises: LoadError.
    """
    found: dict[tuple[str, int], str] = {}
    for name in {row.file for row in rows} & files.keys():
        wanted = {row.line for row in rows if row.file == name}
        last = max(line for line in [0, *wanted] if most is None or line <= most)
        with files[name].open() as stream:
            for number, line in zip(range(1, last + 1), stream, strict=False):
                if number in wanted:
                    found[name, number] = line.decode("utf-8", "replace").rstrip()[:LONGEST]
    return [found.get((row.file, row.line), "") for row in rows]


def keep_lines(rejections: Rejections, files: Mapping[str, SourceFile]) -> None:
    """Note what stands in the first rows that were left out, for the catalogue."""
    texts = lines_of(rejections.first, files, FIRST_LINES)
    rejections.texts.update(zip(rejections.first, texts, strict=True))
