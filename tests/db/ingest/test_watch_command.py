"""`python -m db watch`: a folder, and a file that a server of this machine has."""

import argparse
import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import text

from db.__main__ import main
from db.ingest import watch_command
from db.ingest.watch_command import seconds
from db.store.engine import dataset, reading

HEADER = "userId,movieId,rating,timestamp\n"
FIRST = "".join(f"{user},{film},3.0,96498270{film}\n" for user in range(1, 21) for film in (1, 2))
MORE = ["30,1,4.0,964982703\n", "31,2,5.0,964982703\n"]


@pytest.fixture
def watching(scratch, tmp_path, monkeypatch):
    """Watches a source: gives the ratings loaded after each look; `between` runs before the next.

    Each wait is the next item of `between`; after the last it is interrupted, as by Ctrl-C.
    """
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()

    def watch(where, between):
        counts, waits, steps = [], [], iter(between)

        def wait(for_seconds):
            with reading() as connection:
                counts.append(dataset(connection).ratings)
            waits.append(for_seconds)
            step = next(steps, None)
            if step is None:
                raise KeyboardInterrupt
            step()

        monkeypatch.setattr(watch_command, "sleep", wait)
        with pytest.raises(KeyboardInterrupt):
            watch_command.run_watch(arguments(where))
        assert set(waits) == {1800}
        return counts

    return watch


def arguments(where):
    parser = argparse.ArgumentParser()
    watch_command.add_watch(parser)
    return parser.parse_args([str(where), "--every", "30m"])


class Handler(SimpleHTTPRequestHandler):
    answers: list[int]

    def log_message(self, *_):
        pass

    def send_response(self, code, message=None):
        self.answers.append(int(code))
        super().send_response(code, message)


class Tagging(Handler):
    """Says no time, but an entity tag."""

    def do_GET(self):
        content = (Path(self.directory) / self.path.strip("/")).read_bytes()
        tag = f'"{hash(content)}"'
        same = self.headers.get("If-None-Match") == tag
        self.send_response(304 if same else 200)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(0 if same else len(content)))
        self.end_headers()
        self.wfile.write(b"" if same else content)


@pytest.fixture
def answers():
    """The codes of what the server has answered."""
    return []


@pytest.fixture(params=[Handler])
def served(tmp_path, request, answers):
    """A folder, and the address that it has."""
    folder = tmp_path / "served"
    folder.mkdir()
    kind = type("Counting", (request.param,), {"answers": answers})
    handler = partial(kind, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_folder(watching, tmp_path, capsys):
    folder = tmp_path / "ratings"
    folder.mkdir()
    file = folder / "ratings.csv"
    file.write_text(HEADER + FIRST)
    assert main(["load", str(file)]) == 0
    grows = [
        lambda: file.write_text(HEADER + FIRST + MORE[0]),
        lambda: file.unlink(),  # what goes wrong is said, and tried again
        lambda: file.write_text(HEADER + FIRST + "".join(MORE)),
    ]
    assert watching(folder, grows) == [40, 41, 41, 42]
    said = capsys.readouterr()
    assert said.out.count("1 new rating, ") == 2
    assert "is no dataset" in said.err and said.err.count("\n") == 1


def test_a_file_at_a_url(watching, served, capsys):
    folder, host = served
    file = folder / "mine.csv"
    file.write_text(HEADER + FIRST)
    assert main(["load", f"http://{host}/mine.csv"]) == 0
    grows = [
        lambda: file.write_text(HEADER + FIRST + MORE[0]),
        lambda: file.rename(folder / "gone.csv"),
        lambda: file.write_text(HEADER + "".join(MORE)),
    ]
    address = f"http://{host}/mine.csv?key=hidden"
    assert watching(address, grows) == [40, 41, 41, 42]
    err = capsys.readouterr().err
    assert err == f"http://{host}/mine.csv can't be downloaded: File not found.\n"
    with reading() as connection:
        history = connection.scalar(text("select history from reelscope.datasets"))
        origins = [each["source"] for each in history]
    assert set(origins) == {f"http://{host}/mine.csv"}


@pytest.mark.parametrize("served", [Handler, Tagging], indirect=True)
def test_what_has_not_changed_is_neither_downloaded_nor_read_again(
    watching, served, answers, capsys
):
    folder, host = served
    file = folder / "mine.csv"
    earlier = iter(range(100_000_000, 200_000_000, 60))

    def write(rows):
        file.write_text(HEADER + FIRST + rows)
        os.utime(file, (next(earlier),) * 2)

    write("")
    url = f"http://{host}/mine.csv"
    assert main(["load", url]) == 0
    steps = [lambda: None, lambda: write(MORE[0]), lambda: None]
    assert watching(url, steps) == [40, 40, 41, 41]
    assert answers == [200, 304, 304, 200, 304]
    assert capsys.readouterr().out.count(f"{url}: nothing has changed.") == 2


def test_an_unchanged_source_is_added_to_another_dataset(watching, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text(HEADER + FIRST)
    assert main(["load", str(file)]) == 0
    (tmp_path / "other.csv").write_text(HEADER + MORE[0])
    other = partial(main, ["load", str(tmp_path / "other.csv")])
    assert watching(file, [lambda: None, other, lambda: None]) == [40, 40, 41, 41]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1/", "names no file: give the address"),
        ("http://ann:secret@127.0.0.1/r.csv", "http://127.0.0.1/r.csv: a name and password are"),
        ("http://[/r.csv", "can't be"),
    ],
)
def test_a_url_that_cannot_be_asked(url, said, capsys):
    assert main(["load", url, "--dry-run"]) == 1
    err = capsys.readouterr().err
    assert said in err and "secret" not in err


@pytest.mark.parametrize(
    ("text", "found"), [("30s", 30), ("10m", 600), ("1h", 3600), ("2d", 172800)]
)
def test_times(text, found):
    assert seconds(text) == found


@pytest.mark.parametrize("text", ["", "0m", "1", "h", "-1h", "1.5h", "1w"])
def test_no_times(text):
    with pytest.raises(argparse.ArgumentTypeError, match="is no time such as 30m"):
        seconds(text)
