"""Where the app is served: checking the port and writing the address."""

import socket
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from dashboard.launch.launch_error import LaunchError
from db.settings import URL_PREFIX

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # all interfaces, and one to reach them by

ANSWER_SECONDS = 5.0


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def bind(self) -> str:
        """Host and port as messages and records have them: `127.0.0.1:8050`, `[::1]:8050`."""
        return f"{_bracketed(self.host)}:{self.port}"

    @property
    def url(self) -> str:
        """As a browser on this machine takes it."""
        host = _bracketed(EVERYWHERE.get(self.host, self.host))
        return f"http://{host}:{self.port}{URL_PREFIX.value()}"

    def answers(self) -> bool:
        """Whether the app answers there; asked directly, whatever proxy the environment names."""
        host = EVERYWHERE.get(self.host, self.host)
        connection = HTTPConnection(host, self.port, timeout=ANSWER_SECONDS)
        try:
            connection.request("GET", f"{URL_PREFIX.value()}healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def check_free(self) -> None:
        """Raises LaunchError when a server can't listen there."""
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
            family, kind, protocol, _, where = found[0]
            with socket.socket(family, kind, protocol) as listener:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
                listener.bind(where)
        except socket.gaierror as error:
            raise LaunchError(f"--host {self.host} is not known: {error.strerror}") from None
        except OSError as error:
            raise LaunchError(
                f"port {self.port} of {self.host} can't be used: {_why(error)}"
            ) from None


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
