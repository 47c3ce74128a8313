"""Each setting has a type, a default, one line for what it can't be, and a row in README."""

import ast
import re
from pathlib import Path

import pytest

from db import settings
from db.settings import (
    DATABASE_URL,
    EMBED,
    HOME,
    LOG_FORMAT,
    LOG_LEVEL,
    METRICS_TOKEN,
    PORT,
    SETTINGS,
    SPARK_MASTER,
    SWITCH,
    TMDB_TOKEN,
    TRUSTED_PROXY,
    URL_PREFIX,
    SettingError,
)

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"\| `([A-Z_]+)` \| (.+) \| (.+) \|")


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for each in SETTINGS:
        monkeypatch.delenv(each.name, raising=False)


def test_unset_and_blank_are_the_defaults(monkeypatch):
    expected = {
        PORT: 8050,
        DATABASE_URL: "",
        HOME: None,
        URL_PREFIX: "/",
        LOG_LEVEL: "INFO",
        LOG_FORMAT: "text",
        SWITCH: "local",
        TMDB_TOKEN: "",
        TRUSTED_PROXY: "",
        METRICS_TOKEN: "",
        EMBED: "'none'",
        SPARK_MASTER: "",
    }
    assert {each: each.value() for each in SETTINGS} == expected
    for each in SETTINGS:
        monkeypatch.setenv(each.name, "  ")
    assert {each: each.value() for each in SETTINGS} == expected
    settings.check()


def test_requests_do_not_fill_a_terminal(monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert LOG_LEVEL.value() == "WARNING"


@pytest.mark.parametrize(
    ("setting", "text", "value"),
    [
        (EMBED, "anyone", "*"),
        (
            EMBED,
            "https://a.example  http://b.example:8080",
            "https://a.example http://b.example:8080",
        ),
        (PORT, "80", 80),
        (PORT, " 65535 ", 65535),
        (HOME, "/a/../b", Path("/b")),
        (HOME, "~/films", Path.home() / "films"),
        (URL_PREFIX, "films", "/films/"),
        (URL_PREFIX, "/films", "/films/"),
        (URL_PREFIX, "films/", "/films/"),
        (URL_PREFIX, " /a/b-1.0_x~/ ", "/a/b-1.0_x~/"),
        (URL_PREFIX, "/", "/"),
        (LOG_LEVEL, "debug", "DEBUG"),
        (LOG_FORMAT, "JSON", "json"),
        (TRUSTED_PROXY, "::0001", "::1"),
        (METRICS_TOKEN, "a-Token.of+16/signs=", "a-Token.of+16/signs="),
        (SPARK_MASTER, "local[4]", "local[4]"),
        (DATABASE_URL, "postgres://me@host/films\n", "postgres://me@host/films"),
    ],
)
def test_values(monkeypatch, setting, text, value):
    monkeypatch.setenv(setting.name, text)
    assert setting.value() == value


@pytest.mark.parametrize(
    ("setting", "text", "line"),
    [
        (EMBED, "example.org", "REELSCOPE_EMBED: 'example.org' is no origin like https://"),
        (EMBED, "https://a.example; x", "'https://a.example;' is no origin like"),
        (PORT, "0", "PORT: '0' is not a port (1 to 65535)"),
        (PORT, "65536", "PORT: '65536' is not a port (1 to 65535)"),
        (PORT, "9" * 5000, "is not a port (1 to 65535)"),
        (PORT, "٨٠", "is not a port"),
        (HOME, "~nobody.of.that.name/x", "REELSCOPE_HOME: '~nobody.of.that.name/x' is no folder: "),
        (URL_PREFIX, "a b", "REELSCOPE_PREFIX: 'a b' is not a path like /reelscope/"),
        (URL_PREFIX, "a//b", "is not a path like"),
        (URL_PREFIX, "/../x/", "is not a path like"),
        (URL_PREFIX, '"><script>', "is not a path like"),
        (URL_PREFIX, "https://host/x", "is not a path like"),
        (LOG_LEVEL, "loud", "REELSCOPE_LOG_LEVEL: 'loud' is none of DEBUG, INFO, WARNING, ERROR, "),
        (TRUSTED_PROXY, "*", "REELSCOPE_TRUSTED_PROXY: '*' is no IP address like 127.0.0.1"),
        (METRICS_TOKEN, "short", "REELSCOPE_METRICS_TOKEN: it has to be 16 or more"),
        (METRICS_TOKEN, "ü" * 16, "it has to be 16 or more letters"),
        (LOG_FORMAT, "xml", "REELSCOPE_LOG_FORMAT: 'xml' is none of text, json"),
    ],
)
def test_what_can_not_be_used_is_one_line(monkeypatch, setting, text, line):
    monkeypatch.setenv(setting.name, text)
    with pytest.raises(SettingError) as refused:
        settings.check()
    assert line in str(refused.value)
    assert str(refused.value).startswith(f"{setting.name}: ")
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 200


def test_a_child_gets_what_is_changed_for_it(monkeypatch):
    monkeypatch.setenv("SOMETHING", "else")
    child = settings.environment({HOME: Path("/a"), URL_PREFIX: "/b/"})
    assert (child["REELSCOPE_HOME"], child["REELSCOPE_PREFIX"]) == ("/a", "/b/")
    assert child["SOMETHING"] == "else"


def test_the_readme_explains_each():
    rows = map(ROW.fullmatch, (ROOT / "README.md").read_text().splitlines())
    told = [tuple(cell.replace("`", "") for cell in row.groups()) for row in rows if row]
    assert told == [(each.name, each.meaning, each.default) for each in SETTINGS]


def written(tree: ast.AST) -> set[ast.AST]:
    """Where os.environ is only written: an item of it is set, or a default for a library."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            found.add(node.value)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            called = node.value.func
            if isinstance(called, ast.Attribute) and called.attr in ("setdefault", "pop"):
                found.add(called.value)
    return found


def read(path: Path) -> list[str]:
    """Where a module reads the environment, by "line: source"."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {"environ", "environb", "getenv", "getenvb"}
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.alias) and node.name in names)
        if node not in written(tree)
    ]


def test_nothing_else_reads_the_environment():
    packages = ("db", "recommender", "dashboard", "benchmarks")
    paths = [ROOT / "app.py", *(path for each in packages for path in (ROOT / each).rglob("*.py"))]
    own = ROOT / "db" / "settings.py"
    assert read(own)
    assert [line for path in paths if path != own for line in read(path)] == []


@pytest.mark.parametrize(
    ("source", "reads"),
    [
        ("import os; x = os.environ.get('A')", True),
        ("import os; x = os.environ['A']", True),
        ("import os; f(env=os.environ)", True),
        ("import os; x = os.environ.setdefault('A', 'b')", True),
        ("import os; x = os.getenv('A')", True),
        ("from os import environ", True),
        ("import os; os.environ['A'] = 'b'", False),
        ("import os; os.environ.setdefault('A', 'b')", False),
    ],
)
def test_reading_is_told_from_writing(monkeypatch, tmp_path, source, reads):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    path = tmp_path / "module.py"
    path.write_text(source)
    assert bool(read(path)) == reads
