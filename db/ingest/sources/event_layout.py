"""What the columns of a text file of ratings or tags hold, and how they are written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from db.errors import LoadError
from db.ingest.sources import times
from db.ingest.sources.columns import NAMES, positions
from db.ingest.sources.files import SourceFile
from db.ingest.sources.original_ids import kind_of
from db.ingest.sources.read_as import NO_TIMES, NUMBERS, TEXTS, ReadAs
from db.ingest.sources.scales import in_signs
from db.ingest.sources.tables import MOVIELENS_BEGAN
from db.ingest.sources.text_tables import WITHOUT_HEADER, TextTable, text_table

# Amazon's ratings of 2018 have no header and the product first; those of 2014 the reviewer
AMAZON_2018 = ("movie", "user", "rating", "timestamp")
AMAZON_ROWS = 100  # from which they are told apart
ASIN = re.compile(r"B[0-9A-Z]{9}|[0-9]{9}[0-9X]")
REVIEWER = re.compile(r"A[0-9A-Z]{8,20}")
COMMA_DECIMALS = re.compile(r"[0-9]+,[0-9]+")


@dataclass(frozen=True)
class EventLayout:
    """A text file of ratings, understood."""

    table: TextTable
    places: Mapping[str, int]
    """Columns by their keys in columns.NAMES."""
    users: str
    """How ids are written: a kind of original_ids.kind_of."""
    movies: str
    times: str
    """A form of times.FORMS, or NO_TIMES."""
    decimal: str = "."
    signs: bool = False
    """Whether ratings are such as "4/5" or stars, see scales.as_number."""
    plain: bool = False
    """Whether the quick reader (event_lines) can read it."""
    since: int = 0
    """No rating is older, by the first of them; seconds since 1970."""

    @property
    def columns(self) -> tuple[str, ...]:
        """As EventLines calls them."""
        names = {"rating": "text", "tag": "text", "timestamp": "time"}
        called = {place: names.get(key, key) for key, place in self.places.items()}
        return tuple(called.get(i, f"column {i}") for i in range(len(self.table.names)))

    def in_words(self) -> str:
        """What had to be recognised, such as "semicolon, comma decimals, cp1252"."""
        named = [
            f"{key} in column {self.table.names[place]!r}" for key, place in self.places.items()
        ]
        words = [
            self.table.written,
            "comma decimals" if self.decimal == "," else "",
            "" if self.table.header else ", ".join(named),
            "ratings as signs or words" if self.signs else "",
            "users' ids as texts" if self.users == TEXTS else "",
            "films' ids as texts" if self.movies == TEXTS else "",
            "no times" if self.times == NO_TIMES else "",
            f"times: {self.times}" if self.times not in (NO_TIMES, times.PLAIN) else "",
        ]
        return ", ".join(word for word in words if word)


def event_layout(
    file: SourceFile, chosen: Mapping[str, str], read_as: ReadAs, text: str = "rating"
) -> EventLayout:
    """Look at the beginning of a file, of ratings or of tags, as `text` says.

    `chosen` as in `positions`. Raises: LoadError.
    """
    table = text_table(file, read_as, chosen)
    places = _places(table, chosen, read_as, text)
    users, movies = (read_as.ids or kind_of(table.column(places[key])) for key in ("user", "movie"))
    moments = table.column(places["timestamp"]) if "timestamp" in places else []
    if not any(moments) and table.seen:
        places.pop("timestamp", None)
    form = _form(moments, file.name, read_as) if "timestamp" in places else NO_TIMES
    decimal = read_as.decimal or _decimal(table, places[text])
    signs = text == "rating" and in_signs(table.column(places[text]))
    strict = form == times.PLAIN and times.strictly_plain(moments)
    return EventLayout(
        table,
        places,
        users,
        movies,
        form,
        decimal,
        signs,
        table.plain and strict and decimal == "." and not signs and {users, movies} == {NUMBERS},
        _since(moments, form),
    )


def _places(
    table: TextTable, chosen: Mapping[str, str], read_as: ReadAs, text: str
) -> dict[str, int]:
    name = table.file.name
    names = NAMES
    if not table.header:
        order = AMAZON_2018 if _is_amazon_2018(table) else WITHOUT_HEADER
        names = {**NAMES, **{key: (str(i),) for i, key in enumerate(order, 1)}}
    wanted = () if read_as.times == NO_TIMES else ("timestamp",)
    needed = ("user", "movie", text)
    places = positions(name, table.names, needed, chosen, wanted, names)
    if text == "rating" and wanted and "timestamp" not in places:
        _check_no_times(table, places)
    return places


def _is_amazon_2018(table: TextTable) -> bool:
    """Whether the film comes before the user, as their numbers show."""
    rows = table.seen[:AMAZON_ROWS]
    return bool(rows) and all(
        len(row) >= 2 and ASIN.fullmatch(row[0]) and REVIEWER.fullmatch(row[1]) for row in rows
    )


def _check_no_times(table: TextTable, places: Mapping[str, int]) -> None:
    """Refuse to lose times that stand under a name that nobody knows."""
    for place, name in enumerate(table.names):
        if place in places.values():
            continue
        texts = [text for text in table.column(place) if text]
        when = [seconds for text in texts if (seconds := times.seconds(text)) >= MOVIELENS_BEGAN]
        if texts and len(when) == len(texts) and max(when) < 2**31:
            raise LoadError(
                f"{table.file.name} has no column for the timestamp, but {name!r} looks like one:"
                f" say --column timestamp={name}, or --times {NO_TIMES} to do without."
            )


def _form(moments: list[str], file: str, read_as: ReadAs) -> str:
    return read_as.times or times.form_of(moments, file)


def _decimal(table: TextTable, place: int) -> str:
    """A comma where some ratings have one and none has a point."""
    texts = table.column(place)
    commas = any(COMMA_DECIMALS.fullmatch(text) for text in texts)
    return "," if commas and not any("." in text for text in texts) else "."


def _since(moments: list[str], form: str) -> int:
    """When MovieLens began, if no time is older."""
    if form == NO_TIMES:
        return 0
    seen = [seconds for text in moments if 0 <= (seconds := times.FORMS[form](text)) < 2**31]
    # The last may be the one that was cut short
    return MOVIELENS_BEGAN if len(seen) > 1 and min(seen[:-1]) >= MOVIELENS_BEGAN else 0
