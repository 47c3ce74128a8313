"""What browsers send to callbacks, checked at the door.

`@checked` below a callback reads the types of its parameters: what is not of its type never comes
in, and is answered 400 with a line that says so. Whatever goes wrong behind the door is our bug.
"""

from collections.abc import Callable, Collection
from functools import wraps
from inspect import signature
from typing import Annotated, ParamSpec, TypeVar, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from dashboard.state.written import written

P = ParamSpec("P")
T = TypeVar("T")

LONGEST_SHOWN = 40  # characters of a value or a place that are quoted back
LONGEST_REASON = 600  # and of what was expected, in which Python's own words may quote the value

Clicks = int | None
"""How often a button was pressed, or an interval has passed."""
MovieId = Annotated[int, Field(ge=0, lt=2**31)]
MovieIds = Annotated[list[MovieId], Field(fail_fast=True)]
Texts = Annotated[list[str], Field(fail_fast=True)]
Year = Annotated[int, Field(ge=0, le=9999)]
FROM_LIST = BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value)
"""For `Annotated[tuple[...], FROM_LIST]`: JSON has no tuples."""


class UnusableInput(Exception):
    """An input that no page sends. Its text quotes the visitor, so only `name` may be logged."""

    def __init__(self, name: str, value: object, expected: str, place: str = "") -> None:
        where = f"{name}{place[:LONGEST_SHOWN]}"
        reason = _cut(expected, LONGEST_REASON)
        super().__init__(f"{where} = {_short(value)} can't be used: {reason}.")
        self.name = name


class StoredView(BaseModel):
    """What the page's store mirrors of the query string."""

    query: str


class StoredAddress(BaseModel):
    """What the address bar holds; search with its question mark."""

    path: str
    search: str


def one_of(known: Collection[str] | Collection[float]) -> AfterValidator:
    """For `Annotated[str, one_of(known)]`: a text, or a number, that is one of the known."""

    def check(value: T) -> T:
        if value not in known:
            raise PydanticCustomError(
                "choice", "Input should be one of {known}", {"known": ", ".join(map(str, known))}
            )
        return value

    return AfterValidator(check)


def checked(callback: Callable[P, T]) -> Callable[P, T]:
    """`callback` behind a door that lets in only what its parameters' types say.

    Types are strict: 1 is no text and true no number. What it returns goes out as `written` has it.
    Raises TypeError where a parameter has none.
    """
    parameters = signature(callback)
    hints = get_type_hints(callback, include_extras=True)
    if missing := parameters.parameters.keys() - hints.keys():
        raise TypeError(f"{callback.__qualname__} must say the types of {', '.join(missing)}")
    adapters = {name: TypeAdapter(hints[name]) for name in parameters.parameters}

    @wraps(callback)
    def door(*args: P.args, **kwargs: P.kwargs) -> T:
        given = parameters.bind(*args, **kwargs)
        for name, value in given.arguments.items():
            given.arguments[name] = usable(name, adapters[name], value)
        return written(callback(*given.args, **given.kwargs))

    return door


def usable(name: str, kind: TypeAdapter[T], value: object) -> T:
    """`value` as `kind`. Raises UnusableInput, which names the first thing wrong."""
    try:
        return kind.validate_python(value, strict=True)
    except ValidationError as error:
        raise _unusable(name, error) from None


def _unusable(name: str, error: ValidationError) -> UnusableInput:
    """One line of pydantic's errors; each choice of a union has one, about the same value."""
    errors = error.errors(include_url=False, include_context=False)
    value = errors[0]["input"]
    reasons = dict.fromkeys(each["msg"] for each in errors[:5] if each["input"] is value)
    expected = " or ".join(reason[0].lower() + reason[1:] for reason in reasons)
    return UnusableInput(name, value, expected, "".join(f".{part}" for part in errors[0]["loc"]))


def _short(value: object) -> str:
    return _cut(repr(value), LONGEST_SHOWN)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
