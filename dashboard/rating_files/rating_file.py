"""What a visitor handed over as it is understood, before any film is looked for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dashboard.rating_files.file_entries import FileEntry, LeftOut, RatingFileError, UnusableRow
from dashboard.rating_files.part_rows import PartRows, part_rows
from dashboard.rating_files.rating_scales import FIVE, SCALES, RatingScale, scale_of
from dashboard.rating_files.text_rows import MOST_ROWS
from dashboard.rating_files.uploads import parts


@dataclass(frozen=True)
class ReadRatings:
    """service: whose it is. scale: of its ratings; guessed: whether another may be meant.

    entries: what counts, each with its stars where it is rated. people: whose ratings are in it,
    where it says; person: whose these are. rows: how many were read.
    """

    service: str
    scale: RatingScale
    guessed: bool
    entries: tuple[tuple[FileEntry, float | None], ...]
    left_out: tuple[LeftOut, ...]
    people: tuple[str, ...]
    person: str
    rows: int


def read_rating_file(name: str, data: bytes, scale: str = "", person: str = "") -> ReadRatings:
    """Read a file. scale: a key of SCALES, and person, where the visitor chose them.

    Raises: RatingFileError.
    """
    found = [rows for part in parts(name, data) if (rows := part_rows(part)) is not None]
    if not found:
        raise RatingFileError(
            f"{name} is no export that is known here: a table needs a row that names its columns,"
            " among them title and rating."
        )
    total = sum(len(part.entries) + len(part.left_out) for part in found)
    if total > MOST_ROWS:
        raise RatingFileError(f"{name} has {total:,} rows; {MOST_ROWS:,} are the most.")
    entries = [entry for part in _without_repeats(found) for entry in part.entries]
    left_out = [row for part in found for row in part.left_out]
    entries, others, people, person = _of_person(entries, person)
    main = max(found, key=lambda part: len(part.entries))
    meant = main.scale or SCALES.get(scale) or _scale(entries)
    read, unread = _with_stars(entries, meant)
    left_out = sorted([*left_out, *others, *unread], key=lambda row: (row.file, row.row))
    if not read:
        first = f" Row {left_out[0].row}: {left_out[0].reason}." if left_out else ""
        raise RatingFileError(f"{name} holds no film that can be used.{first}")
    return ReadRatings(
        *(main.service, meant, main.scale is None, tuple(read), tuple(left_out)),
        *(people, person, total),
    )


def _scale(entries: list[FileEntry]) -> RatingScale:
    return scale_of(entries) if any(entry.kind == "rated" for entry in entries) else FIVE


def _without_repeats(found: list[PartRows]) -> list[PartRows]:
    """The parts; what repeats ratings that another has says no more than that films were seen."""
    if not any(not part.repeats and _rates(part) for part in found):
        return found
    return [replace(part, entries=_seen(part.entries)) if part.repeats else part for part in found]


def _rates(part: PartRows) -> bool:
    return any(entry.kind == "rated" for entry in part.entries)


def _seen(entries: Iterable[FileEntry]) -> tuple[FileEntry, ...]:
    return tuple(replace(entry, kind="seen", rating="") for entry in entries)


def _of_person(
    entries: list[FileEntry], wanted: str
) -> tuple[list[FileEntry], list[LeftOut], tuple[str, ...], str]:
    """The entries of one person, those of others, whose there are, and whose these are.

    Where the visitor chose nobody, of whom there is most.
    """
    people = Counter(entry.person for entry in entries if entry.person)
    if not people:
        return entries, [], (), ""
    person = wanted if wanted in people else people.most_common(1)[0][0]
    others = [
        LeftOut(entry.file, entry.row, entry.said, f"it is {entry.person}’s")
        for entry in entries
        if entry.person not in ("", person)
    ]
    own = [entry for entry in entries if entry.person in ("", person)]
    return own, others, tuple(people), person


def _with_stars(
    entries: list[FileEntry], scale: RatingScale
) -> tuple[list[tuple[FileEntry, float | None]], list[LeftOut]]:
    read, unread = list[tuple[FileEntry, float | None]](), list[LeftOut]()
    for entry in entries:
        try:
            read.append((entry, scale.stars(entry.rating) if entry.kind == "rated" else None))
        except UnusableRow as error:
            unread.append(LeftOut(entry.file, entry.row, entry.said, str(error)))
    return read, unread
