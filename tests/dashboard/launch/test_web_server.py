"""The web server's process is replaced where it ends, however often."""

import pytest

from dashboard.launch import web_server
from dashboard.launch.address import Address
from dashboard.launch.launch_error import LaunchError
from dashboard.launch.web_server import KeptServer
from db.server.children import child
from tests.running_app import free_port

ANSWERS = """
import http.server, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@pytest.fixture
def program(monkeypatch):
    """What the server's process runs, to be changed."""
    now = {"code": ANSWERS}
    started = lambda _, __, ___, port: child("-c", now["code"], port)  # noqa: E731
    monkeypatch.setattr(web_server, "child", started)
    return now


def test_one_that_never_answers_is_a_launch_error(program):
    program["code"] = "raise SystemExit(3)"
    with pytest.raises(LaunchError, match="exit code 3"), KeptServer(Address("127.0.0.1", 1)):
        pass


def test_one_that_cannot_be_started_again_is_tried_at_the_next_look(program, caplog):
    address = Address("127.0.0.1", free_port())
    with KeptServer(address) as kept:
        program["code"] = "raise SystemExit(3)"
        kept.process.kill()
        kept.process.wait()
        kept.look()
        assert kept.process.wait() == 3
        program["code"] = ANSWERS
        kept.look()
        kept._wait_until_it_answers()
    assert [record.getMessage().partition(";")[0] for record in caplog.records] == [
        "The web server ended (killed by SIGKILL)",
        "The web server ended (exit code 3)",
    ]
