"""The image's recipe names what is there, and leaves out nothing that it copies."""

import re
from fnmatch import fnmatch
from importlib import import_module
from pathlib import PurePosixPath

import pytest

from tests.running_app import ROOT

LINES = (ROOT / "Containerfile").read_text().replace("\\\n", " ").splitlines()
RULES = (ROOT / ".containerignore").read_text().split()
LAST = LINES[max(n for n, line in enumerate(LINES) if line.startswith("FROM ")) :]


def instructions(name: str, lines: list[str]) -> list[str]:
    return [line.removeprefix(f"{name} ") for line in lines if line.startswith(f"{name} ")]


def copied() -> list[str]:
    """All that COPY takes from the checkout."""
    copies = [line.split() for line in instructions("COPY", LINES) if "--from" not in line]
    return [source for line in copies for source in line[:-1]]


def ignored(path: str) -> bool:
    """Whether the last rule that a path, or a folder above it, matches leaves it out."""
    out = False
    whole = PurePosixPath(path)
    for rule in RULES:
        pattern = rule.removeprefix("!").removeprefix("**/")
        above = [whole, *whole.parents]
        names = [part for each in above for part in (str(each), each.name)]
        if any(fnmatch(name, pattern) for name in names):
            out = not rule.startswith("!")
    return out


def test_the_rules_are_read_as_builders_read_them():
    assert ignored("README.md") and ignored("tests/conftest.py") and ignored(".git/HEAD")
    assert ignored("db/store/__pycache__/engine.pyc")
    assert not ignored("db/store/rollups.sql") and not ignored("deploy/slim_packages.sh")


@pytest.mark.parametrize("source", copied())
def test_what_is_copied_is_there_and_not_left_out(source):
    found = ROOT / source
    assert found.exists() and not ignored(source)
    assert not found.is_dir() or any(
        not ignored(f"{source}/{each.name}") for each in found.iterdir()
    )


def test_it_has_what_the_app_imports():
    taken = {PurePosixPath(source).parts[0] for source in copied()}
    assert {"app.py", "assets", "dashboard", "db", "recommender", "requirements.lock"} <= taken


def test_it_runs_as_a_user_without_rights():
    (user,) = instructions("USER", LAST)
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    made = re.search(r"echo (\w+):x:(\d+):(\d+):", "".join(instructions("RUN", LAST)))
    assert user == f"{made[2]}:{made[3]}"


def test_it_is_healthy_when_it_is_ready():
    (check,) = instructions("HEALTHCHECK", LAST)
    module = re.search(r'CMD \["python", "-m", "([\w.]+)"\]', check)[1]
    source = (ROOT / f"{module.replace('.', '/')}.py").read_text()
    assert "readyz" in source and import_module(module).main
