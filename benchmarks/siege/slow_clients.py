"""Clients that send nothing, or a byte now and then, to hold what the server has."""

import contextlib
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

SILENT = b""
HEADER = b"GET / HTTP/1.1\r\nHost: here\r\nX-Slow: "
BODY = (
    b"POST /_dash-update-component HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
    b"Content-Length: 100000\r\n\r\n"
)
ATTACKS = {
    "500 silent connections": (SILENT, 500),
    "140 slow headers": (HEADER, 140),
    "140 slow bodies": (BODY, 140),
}
PACE = 1.0  # seconds between bytes


@contextmanager
def attack(port: int, sent: bytes, number: int) -> Iterator[None]:
    """So many connections that begin with `sent` and go on with a byte a second, if it is any."""
    ended = Event()
    with contextlib.ExitStack() as stack:
        clients = [socket.create_connection(("127.0.0.1", port), 30) for _ in range(number)]
        for client in clients:
            stack.enter_context(client)
            client.sendall(sent)
        dripping = Thread(target=_drip, args=(clients, ended), daemon=True)
        if sent:
            dripping.start()
        time.sleep(PACE)  # until they are all in
        yield
        ended.set()
        if sent:
            dripping.join()


def _drip(clients: list[socket.socket], ended: Event) -> None:
    while not ended.wait(PACE):
        for client in clients:
            with contextlib.suppress(OSError):  # the server has closed it
                client.sendall(b" ")
