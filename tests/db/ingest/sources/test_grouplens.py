"""Downloads, from a server on this machine that can be told to fail."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from db.errors import LoadError
from db.home import home
from db.ingest.sources import grouplens

CONTENT = bytes(range(256)) * 20_000  # 5 MB
MD5 = hashlib.md5(CONTENT).hexdigest()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, self.headers.get("Range")))
        if self.path.endswith(".md5"):
            self.answer(200, self.server.md5.encode())
        elif self.path == "/ml-1m.zip":
            self.send_content()
        else:
            self.answer(404, b"")

    def send_content(self):
        server, wanted = self.server, self.headers.get("Range") or "bytes=0-"
        start = int(wanted[6:-1]) if server.ranges else 0
        if start >= len(server.content):
            self.answer(416, b"")
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(server.content) - start))
        self.end_headers()
        self.wfile.write(server.content[start : server.ends_after])

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path / "home"))
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked, server.ranges, server.ends_after = [], True, None
        server.content, server.md5 = CONTENT, f"MD5 (ml-1m.zip) = {MD5}\n"
        server.base = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def downloads():
    return sorted(path.name for path in (home() / "downloads").iterdir())


def test_a_download_is_verified_kept_and_not_repeated(server):
    heard = []
    path = grouplens.download("ml-1m", lambda *said: heard.append(said), server.base)
    assert path.read_bytes() == CONTENT and downloads() == ["ml-1m.zip"]
    assert heard[-1] == ("Downloading ml-1m", 1.0) and len(heard) == 5
    assert grouplens.download("ml-1m", base=server.base) == path
    assert [asked for asked, _ in server.asked].count("/ml-1m.zip") == 1


@pytest.mark.parametrize("ranges", [True, False])
def test_a_download_that_was_cut_off_goes_on(server, ranges):
    server.ends_after = 3_000_000
    with pytest.raises(LoadError, match="goes on where it stopped"):
        grouplens.download("ml-1m", base=server.base)
    assert downloads() == ["ml-1m.zip.part"]
    server.ends_after, server.ranges = None, ranges
    assert grouplens.download("ml-1m", base=server.base).read_bytes() == CONTENT
    assert server.asked[-1] == ("/ml-1m.zip", "bytes=3000000-")


def test_a_complete_part_needs_no_more_bytes(server):
    (home() / "downloads").mkdir()
    (home() / "downloads" / "ml-1m.zip.part").write_bytes(CONTENT)
    assert grouplens.download("ml-1m", base=server.base).read_bytes() == CONTENT


def test_other_content_than_published_is_thrown_away(server):
    server.content = CONTENT[:-1] + b"x"
    with pytest.raises(LoadError, match="did not arrive as published"):
        grouplens.download("ml-1m", base=server.base)
    assert downloads() == []


def test_a_new_edition_replaces_the_old(server):
    grouplens.download("ml-1m", base=server.base)
    server.content = CONTENT[::-1]
    server.md5 = hashlib.md5(server.content).hexdigest() + "  ml-1m.zip"
    assert grouplens.download("ml-1m", base=server.base).read_bytes() == server.content


def test_what_can_go_wrong_is_one_line(server):
    with pytest.raises(LoadError, match="404 Not Found"):
        grouplens.download("ml-25m", base=server.base)
    server.md5 = "soon"
    with pytest.raises(LoadError, match="holds no MD5"):
        grouplens.download("ml-1m", base=server.base)
    server.shutdown()
    server.server_close()
    with pytest.raises(LoadError, match="Connection refused"):
        grouplens.download("ml-1m", base=server.base)
