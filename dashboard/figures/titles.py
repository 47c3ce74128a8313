"""How films and people are called where people read; data and exports keep the source's titles."""

import re
from typing import Any

import pandas as pd

ARTICLE = re.compile(
    r"^(?P<name>[^()]+), (?P<article>The|A|An|Les?|La|L'|Das|Der|Die|El|Los|Las|Il)(?= \(|$)"
)


OTHER_TITLES = re.compile(r"(?<=\S)(?<! Or)(\s*\([^()]*\))+$")
YEAR = re.compile(r"(?<=\S)\s*\([0-9]{4}\)\s*$")


def film_name(title: str, release_year: Any, longest: int = 200) -> str:
    """`The Apartment (1960)` for "Apartment, The" of 1960, at most `longest` characters."""
    name = plain_title(title) + ("" if pd.isna(release_year) else f" ({int(release_year)})")
    return shortened(name, longest)


def shortened(text: str, longest: int = 200) -> str:
    """At most so many characters, an ellipsis included: genres and tags may be of any length."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def plain_title(title: str) -> str:
    """The title without its year, its article in front: MovieLens has both at the end."""
    name = YEAR.sub("", title)
    return ARTICLE.sub(lambda found: _joined(found["article"], found["name"]), name)


def short_title(title: str) -> str:
    """The plain title without those of other countries behind it, for within a sentence."""
    return OTHER_TITLES.sub("", plain_title(title))


def _joined(article: str, name: str) -> str:
    return f"{article}{name}" if article.endswith("'") else f"{article} {name}"


def person_name(user: int | None) -> str:
    """`You`; `User 15` of the dataset."""
    return "You" if user is None else f"User {user}"
