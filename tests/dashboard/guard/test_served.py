"""What only shows behind a real server: bytes that no client library would send."""

import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]

SERVED = """
import importlib.util, pathlib, sys
sys.path.insert(0, {root!r})
spec = importlib.util.spec_from_file_location("guarded", {conftest!r})
guarded = importlib.util.module_from_spec(spec)
spec.loader.exec_module(guarded)
app = guarded.build("/", pathlib.Path({assets!r}))
server = app.server
"""
SERVING = """
import socket
import served
from dashboard import guard
from dashboard.launch import request_limits

guard.warm(served.app)
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
request_limits.serve(served.server, listener, lambda: True, grace=0)
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory, assets):
    """The port at which our web server serves the small app."""
    folder = tmp_path_factory.mktemp("served")
    conftest = str(HERE / "conftest.py")
    served = SERVED.format(root=str(ROOT), conftest=conftest, assets=str(assets))
    (folder / "served.py").write_text(served)
    (folder / "serving.py").write_text(SERVING)
    command = [sys.executable, "serving.py"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE)
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(10)


def send(port, request):
    """The status of the answer to the bytes `request`."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request)
        line = connection.makefile("rb").readline()
    return int(line.split()[1])


HOST = b"Host: here\r\n"
POST = b"POST /_dash-update-component HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: xn--\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: xn--" + b"a" * 70 + b"\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: " + b"a" * 4000 + b"\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n", 200),
        (b"GET / HTTP/1.1\r\n\r\n", 200),
        (b"GET /\0 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
        (b"GET /\xff HTTP/1.1\r\n" + HOST + b"\r\n", 400),
        (b"GET /%00 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
        (b"GET /assets/style.css%00 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
        (b"GET /../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n", 404),
        (b"GET /assets/../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n", 404),
        (b"GET /assets/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n", 404),
        (b"GET /assets//etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n", 404),
        (b"GET /_dash-component-suites/os/path.py HTTP/1.1\r\n" + HOST + b"\r\n", 404),
        (b"GET /?" + b"a" * 5_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
        (b"GET /?" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 431),
        (b"BREW / HTTP/1.1\r\n" + HOST + b"\r\n", 405),
        (b"GET / HTTP/1.1\r\n" + HOST + b"Cookie: \xff=\xfe; ;;=\r\n\r\n", 200),
        (b"GET / HTTP/1.1\r\n" + HOST + b"Accept-Encoding: br;q=x, ;;, \xff\r\n\r\n", 200),
        (b"GET /assets/style.css HTTP/1.1\r\n" + HOST + b"Range: bytes=9-1\r\n\r\n", 416),
        (b"GET /assets/style.css HTTP/1.1\r\n" + HOST + b'If-None-Match: "\r\n\r\n', 200),
        (POST + b"Content-Length: -1\r\n\r\n{}", 400),
        (POST + b"Content-Length: 99999999999999999999\r\n\r\n{}", 413),
        (POST + b"Content-Length: 50000000\r\n\r\n" + b"a" * 50_000, 413),
        (POST + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 400),
        (CHUNKED + b"2\r\n{}\r\n0\r\n\r\n", 400),
        (CHUNKED + b"zz\r\n{}\r\n", 400),
        (CHUNKED + b"5\r\n{}XXXXX\r\n0\r\n\r\n", 400),
    ],
)
def test_hostile_bytes(port, request_bytes, status):
    assert send(port, request_bytes) == status


def test_large_chunked_body(port):
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    assert send(port, CHUNKED + chunk * 48 + b"0\r\n\r\n") in (400, 413)
