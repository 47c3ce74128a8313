"""The JSON body of a callback's post, read more strictly than `json.loads` reads it."""

import json
import math
import re
from typing import NoReturn

from werkzeug.exceptions import BadRequest

MOST_BYTES = 2 * 2**20  # a saved profile of some ten thousand films
MOST_LEVELS = 32
MOST_DIGITS = 22  # a browser writes integers in full up to 1e21

ESCAPED_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def parse(raw: bytes) -> dict:
    """The JSON object in `raw`. Raises BadRequest with a sentence that says what is wrong.

    Refuses what RFC 8259 does not have (NaN, Infinity), what no browser sends (numbers out of
    range, halves of surrogate pairs) and more than `MOST_LEVELS` levels.
    """
    body = _loads(raw)
    if not isinstance(body, dict):
        raise BadRequest("The body is not a JSON object.")
    if _levels(body) > MOST_LEVELS:
        raise BadRequest("The JSON is nested too deeply.")
    if ESCAPED_SURROGATE.search(raw) and not _is_unicode(body):
        raise BadRequest("The JSON holds text that is not Unicode.")
    return body


def _loads(raw: bytes) -> object:
    try:
        return json.loads(
            raw.decode(), parse_constant=_refuse, parse_float=_finite, parse_int=_short_integer
        )
    except RecursionError:
        raise BadRequest("The JSON is nested too deeply.") from None
    except ValueError:
        raise BadRequest("The body is not valid JSON.") from None


def _refuse(constant: str) -> NoReturn:
    raise BadRequest(f"{constant} is not JSON.")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise BadRequest("The JSON holds a number that is out of range.")
    return number


def _short_integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise BadRequest("The JSON holds a number that is out of range.")
    return int(digits)


def _levels(value: object) -> int:
    """How deep containers nest, counted without recursion; stops one past `MOST_LEVELS`."""
    level, depth = [value], 0
    while level and depth <= MOST_LEVELS:
        containers = [item for item in level if isinstance(item, (dict, list))]
        level = [child for item in containers for child in _children(item)]
        depth += bool(containers)
    return depth


def _children(container: dict | list) -> list:
    return list(container.values()) if isinstance(container, dict) else container


def _is_unicode(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
