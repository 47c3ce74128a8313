"""Which column of a file is which, by its header or as the user says."""

from collections.abc import Mapping, Sequence

from db.errors import LoadError

# What people call them, without case, spaces, underscores and hyphens
NAMES = {
    "user": (
        *("userid", "user", "uid", "username", "reviewerid", "customerid", "profilename"),
        *("reviewer", "customer", "userhash"),
    ),
    "movie": (
        *(
            "movieid",
            "movie",
            "filmid",
            "film",
            "itemid",
            "item",
            "isbn",
            "asin",
            "tconst",
            "const",
        ),
        *("bookid", "animeid", "mediaid", "showid", "productid", "imdbid"),
        *("parentasin", "tmdbid"),
    ),
    "rating": ("rating", "stars", "score", "bookrating", "userrating", "overall", "value"),
    "tag": ("tag",),
    "timestamp": (
        *("timestamp", "time", "ratedat", "date", "datetime", "unixreviewtime", "reviewtime"),
        *("createdat", "ratingtimestamp", "ratingtime", "daterated"),
    ),
    "title": ("title", "name", "movietitle", "booktitle", "filmtitle", "originaltitle"),
    "year": (
        *("year", "releaseyear", "released", "releasedate", "yearofpublication", "startyear"),
        *("originalpublicationyear",),
    ),
    "genres": ("genres", "genre", "class"),
    "imdb": ("imdbid",),
    "tmdb": ("tmdbid",),
}
FILMS_ONLY, RATINGS_ONLY = ("title", "year", "genres"), ("user", "rating", "timestamp")
OF_FILMS = "movies."  # before the key of a column of the list of films alone
FILM_NAMES = {**NAMES, "movie": (*NAMES["movie"], "id")}
"""In a list of films, an id is a film's."""


def known_names(columns: Sequence[str], chosen: Mapping[str, str]) -> set[str]:
    """Those of a header that have a meaning."""
    meant = {name for names in FILM_NAMES.values() for name in names}
    return {name for name in columns if plain_name(name) in meant or name in chosen.values()}


def positions(
    file: str,
    columns: Sequence[str],
    needed: Sequence[str],
    chosen: Mapping[str, str],
    optional: Sequence[str] = (),
    names: Mapping[str, Sequence[str]] = NAMES,
) -> dict[str, int]:
    """Where the columns are, by their keys in NAMES. `chosen` names some as the file does.

    Raises: LoadError where a needed or chosen one is missing.
    """
    plain = [plain_name(column) for column in columns]
    found: dict[str, int] = {}
    for key in (*needed, *optional):
        called = (chosen[key],) if key in chosen else names[key]
        places = columns if key in chosen else plain
        free = [name for name in called if name in places]
        place = next(
            (p for p in map(places.index, free) if key in chosen or p not in found.values()), None
        )
        if place is not None:
            found[key] = place
        elif key in chosen or key in needed:
            raise LoadError(_missing(file, columns, key, chosen))
    return found


def plain_name(column: str) -> str:
    """Without case and what stands between words; RecBole writes "user_id:token"."""
    name = column.strip().casefold().partition(":")[0]
    return name.replace("_", "").replace(" ", "").replace("-", "").replace(".", "")


def _lists_films(names: set[str]) -> bool:
    """Whether a header names films, and neither users nor ratings of any kind."""
    rated = any("rating" in name for name in names) or names & {*NAMES["rating"]}
    return bool(names & {*NAMES["title"]}) and not names & {*NAMES["user"]} and not rated


def _missing(file: str, columns: Sequence[str], key: str, chosen: Mapping[str, str]) -> str:
    shown = ", ".join(repr(column[:40]) for column in columns[:12])
    there = {plain_name(column) for column in columns}
    if key in ("user", "rating") and not chosen and _lists_films(there):
        return (
            f"{file} lists films and has no ratings: it has {shown}. Give it beside a file of"
            f" ratings: python -m db load RATINGS --movies {file}"
        )
    wanted = f"called {chosen[key]!r}" if key in chosen else f"for the {key}"
    return f"{file} has no column {wanted}: it has {shown} (say which with --column {key}=NAME)."
