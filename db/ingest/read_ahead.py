"""Reading ahead in a thread: parsing the next piece while the database stores this one."""

import threading
from collections.abc import Iterator
from queue import Full, Queue
from typing import TypeVar

T = TypeVar("T")

PIECES = 2  # waiting at most, so that memory stays bounded
POLL = 0.1  # seconds between looks at whether anyone still wants a piece


def ahead(pieces: Iterator[T]) -> Iterator[T]:
    """The same pieces; the iterator runs in a thread, which ends with the one that consumes it."""
    queue: Queue[tuple[str, object]] = Queue(PIECES)
    wanted = threading.Event()
    wanted.set()
    thread = threading.Thread(target=_produce, args=(pieces, queue, wanted), daemon=True)
    thread.start()
    try:
        while True:
            kind, value = queue.get()
            if kind == "end":
                return
            if kind == "error":
                raise value  # type: ignore[misc]  # an error, as its kind says
            yield value  # type: ignore[misc]  # a piece
    finally:
        wanted.clear()
        thread.join()


def _produce(pieces: Iterator[T], queue: Queue, wanted: threading.Event) -> None:
    try:
        for piece in pieces:
            if not _put(queue, ("piece", piece), wanted):
                return
    except BaseException as error:
        _put(queue, ("error", error), wanted)
    else:
        _put(queue, ("end", None), wanted)
    finally:
        pieces.close()  # type: ignore[attr-defined]  # all are generators


def _put(queue: Queue, item: tuple[str, object], wanted: threading.Event) -> bool:
    """False where nobody wants it any more."""
    while wanted.is_set():
        try:
            queue.put(item, timeout=POLL)
            return True
        except Full:
            continue
    return False
