"""What a page shows: the visitor's filters and the page's own choices, as the URL has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from urllib.parse import parse_qs, quote

from dash.exceptions import PreventUpdate
from sqlalchemy import Connection

from dashboard.figures.smoothing import SMOOTH
from dashboard.paths import movie_of
from dashboard.state.own_values import (
    EVERYTHING,
    identifier,
    place,
    second_set,
    user_id,
    user_ids,
    within,
    within_text,
)
from dashboard.state.payloads import StoredAddress, StoredView
from db.filters.filter import printable
from db.filters.rating_filters import FILTERS, RatingFilters
from db.queries.by_genre import SHARES
from db.queries.disagreement import ORDERS, Within
from db.store.datasets import Dataset
from recommender.serving.taste_map import MAPPED

LONGEST_SEARCH = 100
LONGEST_NAME = 200  # of a dataset
SORTS = (
    "title",
    "release_year",
    "ratings",
    "average_rating",
    "standard_deviation",
    "weighted_score",
)
DEFAULT_ORDER = "agreement"
DEFAULT_SORT = "-ratings"
COLOURS = ("genre", "rating")
SMOOTHED = tuple(SMOOTH)
OWN_KEYS = (
    "vs",
    *("dataset", "movie", "user", "users", "exact", "search", "sort", "page"),
    *("model", "colour", "at", "share", "order", "smooth", "within"),
)
LEFT_BEHIND = ("movie", "user", "users", "exact", "at", "share", "order", "smooth", "within")
"""Of one page: links to others do not keep them."""
KEYS = (*(each.key for each in FILTERS), *OWN_KEYS)
MOVING = "moving"  # who chose a view, as in assets/address.js: no step back is added for it
NEAR = 0.75  # of difflib's ratio: genre for genres, but not utm for anything
NO_FILTERS = RatingFilters()


@dataclass(frozen=True)
class View:
    """The parsed query string.

    vs: the second set of filters, "this against that": `vs=` has its query string, or "all" for no
    filter; None where nothing is compared.
    dataset: the name of the one that the address is of; "" where there is but one.
    movie: the film that `movie=318` names. user: whose taste `user=15` asks for. users: those that
    `users=1,2,3` names, at most 100.
    exact: whether `exact=1` asks for exact figures where samples would do.
    search, sort, page: of the table of films; sort is a column, with a leading "-" for descending.
    model, colour: whose map of films, and what its colours mean. at: the middle (x, y, each from 0
    to 1) of the part that is shown, and how often it fits the whole; None for where the search is.
    share: of what genres are shares: of all ratings, or of those of the chosen genres.
    smooth: what the points of a line of averages are means of.
    order: by what the most polarising films are listed. within: of these, which lie in a part of
    their chart.
    problems: one sentence for each value that could not be used.
    """

    filters: RatingFilters = NO_FILTERS
    vs: RatingFilters | None = None
    dataset: str = ""
    movie: int | None = None
    user: int | None = None
    users: tuple[int, ...] = ()
    exact: bool = False
    search: str = ""
    sort: str = DEFAULT_SORT
    page: int = 1
    model: str = MAPPED[0]
    colour: str = COLOURS[0]
    at: tuple[float, float, float] | None = None
    share: str = SHARES[0]
    smooth: str = SMOOTHED[0]
    order: str = DEFAULT_ORDER
    within: Within | None = None
    problems: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, query: str) -> "View":
        """Parse a query string; what can't be used is dropped and named in `problems`."""
        filters, problems = RatingFilters.from_query(query)
        values = _last_values(query)
        vs, vs_problems = second_set(values.get("vs", ""))
        exact, exact_problem = _exact(values.get("exact", ""))
        movie, movie_problem = identifier(values.get("movie", ""))
        user, user_problem = user_id(values.get("user", ""))
        users, users_problem = user_ids(values.get("users", ""))
        sort, sort_problem = _sort(values.get("sort", ""))
        page, page_problem = _page(values.get("page", ""))
        model, model_problem = _choice(values, "model", MAPPED)
        colour, colour_problem = _choice(values, "colour", COLOURS)
        smooth, smooth_problem = _choice(values, "smooth", SMOOTHED)
        share, share_problem = _choice(values, "share", SHARES)
        order, order_problem = _choice(values, "order", tuple(ORDERS))
        at, at_problem = place(values.get("at", ""))
        part, part_problem = within(values.get("within", ""))
        found = (
            *(movie_problem, user_problem, users_problem, sort_problem, page_problem),
            *(model_problem, colour_problem, at_problem, exact_problem),
            *(share_problem, order_problem, smooth_problem, part_problem),
            *map(_nearly, values),
            *vs_problems,
        )
        return cls(
            filters=filters,
            vs=vs,
            dataset=values.get("dataset", "")[:LONGEST_NAME],
            movie=movie,
            user=user,
            users=users,
            exact=exact,
            search=values.get("search", "").strip()[:LONGEST_SEARCH],
            sort=sort,
            page=page,
            model=model,
            colour=colour,
            at=at,
            share=share,
            smooth=smooth,
            order=order,
            within=part,
            problems=(*problems, *(problem for problem in found if problem)),
        )

    @classmethod
    def from_store(cls, stored: StoredView | None) -> "View":
        """The view that the page's store mirrors. Raises PreventUpdate while the store is empty."""
        if stored is None:
            raise PreventUpdate
        return cls.from_query(stored.query)

    @classmethod
    def from_address(cls, address: StoredAddress | None) -> "View":
        """The view of an address; a film's page names its film in the path.

        Raises PreventUpdate while the store is empty.
        """
        if address is None:
            raise PreventUpdate
        view = cls.from_query(address.search)
        return replace(view, movie=movie_of(address.path) or view.movie)

    @property
    def genres(self) -> tuple[str, ...]:
        """The genres that were chosen, of which charts by genre make marks stand out."""
        return self.filters.genres

    @property
    def both(self) -> tuple[RatingFilters, ...]:
        """The sets of filters: the first, and what it is compared with."""
        return (self.filters,) if self.vs is None else (self.filters, self.vs)

    @property
    def said(self) -> tuple[str, ...]:
        """Both in words, as they stand within a sentence."""
        return tuple(each.description() if each.chosen else "all ratings" for each in self.both)

    def known_to(self, connection: Connection, shown: Dataset) -> tuple["View", tuple[str, ...]]:
        """The view with what the dataset knows of its filters; the rest is named, once each."""
        filters, unknown = self.filters.known_to(connection, shown)
        if self.vs is None:
            return replace(self, filters=filters), unknown
        vs, more = self.vs.known_to(connection, shown)
        return replace(self, filters=filters, vs=vs), tuple(dict.fromkeys((*unknown, *more)))

    def on(self, shown: Dataset) -> "View":
        """The view of the dataset that is shown; it is named where others are kept beside it.

        A view of another dataset has one more in `problems`.
        """
        name = shown.name if shown.others or self.dataset == shown.name else ""
        if self.dataset in ("", shown.name):
            return replace(self, dataset=name)
        problem = (
            f"This address is of the dataset {printable(self.dataset)}; shown is {shown.name}."
            " The page Data lists those that are kept."
        )
        return replace(self, dataset=name, problems=(*self.problems, problem))

    def to_query(self) -> str:
        """The canonical query string, without a question mark."""
        parts = [self.filters.to_query()]
        if self.vs is not None:
            parts.append("vs=" + (quote(self.vs.to_query(), safe=",") or EVERYTHING))
        if self.dataset:
            parts.append("dataset=" + quote(self.dataset, errors="replace"))
        if self.movie is not None:
            parts.append(f"movie={self.movie}")
        if self.user is not None:
            parts.append(f"user={self.user}")
        if self.users:
            parts.append("users=" + ",".join(map(str, self.users)))
        if self.exact:
            parts.append("exact=1")
        if self.search:
            parts.append("search=" + quote(self.search, errors="replace"))
        if self.sort != DEFAULT_SORT:
            parts.append(f"sort={self.sort}")
        if self.page != 1:
            parts.append(f"page={self.page}")
        if self.model != MAPPED[0]:
            parts.append(f"model={self.model}")
        if self.colour != COLOURS[0]:
            parts.append(f"colour={self.colour}")
        if self.at is not None:
            parts.append("at=" + ",".join(f"{number:g}" for number in self.at))
        if self.share != SHARES[0]:
            parts.append(f"share={self.share}")
        if self.smooth != SMOOTHED[0]:
            parts.append(f"smooth={self.smooth}")
        if self.order != DEFAULT_ORDER:
            parts.append(f"order={self.order}")
        if self.within is not None:
            parts.append(f"within={within_text(self.within)}")
        return "&".join(part for part in parts if part)


def _last_values(query: str) -> dict[str, str]:
    text = query.removeprefix("?").encode("utf-8", "replace").decode()
    try:
        return {key: values[-1] for key, values in parse_qs(text, max_num_fields=100).items()}
    except ValueError:
        return {}


def _exact(text: str) -> tuple[bool, str]:
    if text in ("", "0", "1"):
        return text == "1", ""
    return False, f"exact={text[:40]} was left out: expected exact=1."


def _nearly(key: str) -> str:
    """What is said of a key that is none, but so near one that it was probably meant for it."""
    if key in KEYS:
        return ""
    near = get_close_matches(key.lower(), KEYS, n=1, cutoff=NEAR)
    return f"{printable(key)}= was left out: is {near[0]}= meant?" if near else ""


def _sort(text: str) -> tuple[str, str]:
    if not text or text.removeprefix("-") in SORTS:
        return text or DEFAULT_SORT, ""
    return (
        DEFAULT_SORT,
        f"sort={text[:40]} is none of {', '.join(SORTS)} (with - before it for descending).",
    )


def _page(text: str) -> tuple[int, str]:
    if not text:
        return 1, ""
    if text.isascii() and text.isdigit() and int(text[:9]) > 0:
        return int(text[:9]), ""
    return 1, f"page={text[:40]} is not a page number."


def _choice(values: Mapping[str, str], key: str, known: Sequence[str]) -> tuple[str, str]:
    """The value of a key, if it is one of the known, else the first of these."""
    value = values.get(key, "") or known[0]
    if value in known:
        return value, ""
    return known[0], f"{key}={value[:40]} is none of {', '.join(known)}."
