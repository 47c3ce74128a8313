"""The genres of a film, however a list of films writes them, as "A|B"."""

import ast
import json
import re
from collections.abc import Iterable, Sequence

from db.ingest.sources.source import NO_GENRES

SEPARATORS = "|,;/"
NOTHING = {NO_GENRES, "n/a", "na", "nan", "none", "null", "\\n", "-"}

# Words that are genres by themselves: where all are, blanks separate
SINGLE = frozenset(
    (
        *("action", "adult", "adventure", "animation", "animated", "anime", "biography"),
        *("children", "children's", "childrens", "comedy", "crime", "documentary", "drama"),
        *("family", "fantasy", "film-noir", "noir", "history", "horror", "imax", "kids", "music"),
        *("musical", "mystery", "news", "political", "reality", "romance", "romantic", "sci-fi"),
        *("scifi", "short", "sport", "sports", "superhero", "suspense", "talk-show", "thriller"),
        *("war", "western"),
    )
)


def blanks_separate(listed: Iterable[str]) -> bool:
    """Whether lists are such as "Action Comedy", by the first of a file."""
    some = [text for text in listed if " " in text.strip()]
    words = {word.casefold() for text in some for word in text.split()}
    return bool(some) and words <= SINGLE


def listed_genres(listed: object, blanks: bool = False) -> str:
    """The genres of a text or of a list, each once, as "A|B".

    A text is JSON, a Python list, or names with a bar, comma, semicolon or slash between them
    (blanks too, if they separate). Of objects the name counts.
    """
    try:
        names = [str(name).strip() for name in _items(listed, blanks)]
    except RecursionError:
        return ""
    kept = [name for name in names if name and name.casefold() not in NOTHING]
    return "|".join(dict.fromkeys(kept))


def _items(listed: object, blanks: bool) -> list:
    if isinstance(listed, dict):
        return [listed.get("name", "")]
    if not isinstance(listed, str):
        items = listed if isinstance(listed, Iterable) else []
        return [name for item in items for name in _items(item, False)]
    text = listed.strip()
    if text.casefold() in NOTHING:
        return []
    if text[:1] in ("[", "{"):
        return _items(_literal(text), False)
    return re.split(r"[|,;/]| +" if blanks else r"[|,;/]", text)


def _literal(text: str) -> object:
    """Of JSON or of Python; names between brackets where it is neither."""
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError):
        return re.sub(r"[\[\]{}\"']", "", text)


def in_words(listed: Sequence[str]) -> str:
    """What separates genres, where it is not MovieLens' bar; "" for nothing unusual."""
    if blanks_separate(listed):
        return "genres between blanks"
    texts = [text.strip() for text in listed if text.strip().casefold() not in NOTHING]
    if any(text[:1] in ("[", "{") for text in texts):
        return "genres as lists"
    used = [mark for mark in SEPARATORS[1:] if any(mark in text for text in texts)]
    return f"genres between {' '.join(used)}" if used else ""
