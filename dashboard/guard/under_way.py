"""What is being answered just now: who asks the same meanwhile waits for that answer.

A hundred visitors who open a page right after an import would else have it made a hundred times.
"""

from collections.abc import Hashable
from threading import Event, Lock

SECONDS = 10.0  # that one who asks the same waits, at most; then it is made once more

_making: dict[Hashable, Event] = {}
_lock = Lock()


def begin(question: Hashable) -> bool:
    """Whether the caller is to make the answer, and then to `end` it; else another one has made it.

    That answer may be one that is not kept, or have failed.
    """
    with _lock:
        made = _making.get(question)
        if made is None:
            _making[question] = Event()
            return True
    made.wait(SECONDS)
    return False


def end(question: Hashable) -> None:
    """It is answered, however: let those go on who wait."""
    with _lock:
        made = _making.pop(question)
    made.set()
