"""What the filter bar's controls hold, as filters, and what they show of filters."""

from collections.abc import Container
from typing import Any

from dash import no_update

from dashboard.filter_controls import BARS, CONTROLS, TYPED, parts
from dashboard.state.payloads import UnusableInput
from db.filters.filter import Choices, Filter, Range
from db.filters.rating_filters import FILTERS, RatingFilters


def read_controls(values: list, bar: str, before: RatingFilters) -> tuple[RatingFilters, set[str]]:
    """The filters of a row's controls, and the keys of those that hold what is no value.

    Of these the former values stand.
    """
    found, wrong = {}, set()
    for key, text in _query(values, bar).items():
        filters, problems = RatingFilters.from_query({key: text})
        name = next(each.name for each in FILTERS if each.key == key)
        found[name] = getattr(before if problems else filters, name)
        wrong |= {key} if problems else set()
    return RatingFilters(**found), wrong


def keeping_typed(values: list, wrong: set[str]) -> list:
    """What controls show, but what was typed where that is no value: it waits to be mended."""
    theirs = [each.key in wrong for each in FILTERS for _ in parts(each)]
    return [no_update if kept else value for value, kept in zip(values, theirs, strict=True)]


def changed(shown: list, held: list) -> list:
    """What controls are told to show: nothing new where they hold it already."""
    return [no_update if new == old else new for new, old in zip(shown, held, strict=True)]


def told_at_fields(wrong: set[str], wrong_there: set[str], touched: Container[str] | None) -> list:
    """At each field of both rows: what it wants, where it holds something else.

    touched: the ids of the controls that changed; None for all. The others say what they said.
    """
    return [
        (control.wanted if each.key in keys else None)
        if _is_of(parts(each, bar), touched)
        else no_update
        for bar, keys in zip(BARS, (wrong, wrong_there), strict=True)
        for each, control in TYPED
    ]


def _is_of(controls: list[str], touched: Container[str] | None) -> bool:
    return touched is None or any(control in touched for control in controls)


def _query(values: list, bar: str) -> dict[str, Any]:
    """The values of a row's controls as the query string would have them."""
    by_id = dict(zip(CONTROLS[bar], values, strict=True))
    return {each.key: _texts(each, [by_id[part] for part in parts(each, bar)]) for each in FILTERS}


def _texts(each: Filter, given: list) -> str | list[str]:
    if isinstance(each.control, Choices):
        names = given[0] or []
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise UnusableInput(each.key, names, "input should be a list of names")
        return each.write(tuple(names)) if names else ""
    text = ["" if value is None else str(value).strip() for value in given]
    between = each.control.separator if isinstance(each.control, Range) else ""
    return between.join(text) if any(text) else ""


def shown_values(filters: RatingFilters) -> list:
    """What each control shows under `filters`, in the order of CONTROLS."""
    shown: list = []
    for each in FILTERS:
        value = getattr(filters, each.name)
        if isinstance(each.control, Range):
            first, last = value or (None, None)
            shown += [_end(first), _end(last)]
        else:
            shown.append(list(value) if isinstance(each.control, Choices) else value)
    return shown


def _end(value: object) -> object:
    """A month as text, a year as the number that it is."""
    return value if value is None or isinstance(value, int) else str(value)
