"""Numbers, counts and times in words."""

from datetime import date, datetime

from db.filters.rating_filters import RatingFilters
from db.queries import Summary


def what_passes(filters: RatingFilters, seen: Summary) -> str:
    """The filters and what passes them; the least number of ratings says only what is listed."""
    said = filters.leaving_out("min_ratings").description()
    ratings, films = count(seen.ratings, "rating"), count(seen.movies, "film")
    users = count(seen.users, "user", seen.users_margin)
    passing = f"{said[0].upper()}{said[1:]}: {ratings} of {films} by {users}"
    if not filters.min_ratings:
        return passing
    least = count(filters.min_ratings, "rating")
    if not seen.listed:
        return f"{passing}; no film has {least} or more, so none is listed"
    return f"{passing}; listed: {count(seen.listed, 'film')} with at least {least}"


def signed(number: float, digits: int = 2) -> str:
    """`+0.12`, `−0.12`; no sign before what rounds to nothing."""
    said = f"{abs(number):.{digits}f}"
    return said if not float(said) else ("−" if number < 0 else "+") + said


def months(first: date | None, last: date | None) -> str:
    """`Mar 2004–May 2006`, `Mar 2004`; for times that nobody knows `not known`."""
    if first is None or last is None:
        return "not known"
    ends = dict.fromkeys(f"{end:%b %Y}" for end in (first, last))
    return "–".join(ends)


def day(when: date) -> str:
    """`3 Mar 2004`."""
    return f"{when.day} {when:%b %Y}"


def moment(when: datetime) -> str:
    """`3 Mar 2004, 17:05 UTC`, of a time that is UTC's."""
    return f"{day(when)}, {when:%H:%M} UTC"


def count(number: int, noun: str, margin: int = 0) -> str:
    """`1 film`, `9,412 ratings`; of an estimate `≈ 151,000 ± 2,400 users`."""
    plural = noun if number == 1 and not margin else f"{noun}s"
    return f"{estimate(number, margin)} {plural}"


def estimate(number: int, margin: int) -> str:
    """`9,412`, or `≈ 151,000 ± 2,400` where it may be off by so much."""
    return f"≈ {number:,} ± {margin:,}" if margin else f"{number:,}"


def listed(items: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def whose_ratings(dataset: str) -> str:
    """What pictures and the footer say of a dataset by its name; GroupLens wants to be named."""
    theirs = dataset.lower().startswith(("movielens", "ml-"))
    return f"Ratings: {dataset}{', by GroupLens' if theirs else ''}"
