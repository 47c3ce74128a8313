"""An id that more than one file names stands in dashboard/ids.py alone."""

import ast
from collections import defaultdict
from pathlib import Path

from dashboard import ids

ROOT = Path(__file__).parents[2]
SOURCES = [
    path
    for package in ("dashboard", "benchmarks")
    for path in sorted((ROOT / package).rglob("*.py"))
    if path.name != "ids.py"
]
NAMED = {value for name, value in vars(ids).items() if name.isupper()}
WIRES = {"Input", "Output", "State"}


def literals(path: Path) -> set[str]:
    """The ids that a module writes out: of components, and in callbacks' wires."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
        called = called.id if isinstance(called, ast.Name) else called
        places = [word.value for word in node.keywords if word.arg in ("id", "htmlFor")]
        places += node.args[:1] if called in WIRES else []
        found |= {each.value for each in places if isinstance(each, ast.Constant)}
        found |= {"{}" for each in places if isinstance(each, ast.Dict)}
    return found


def test_no_id_is_written_in_two_files():
    files = defaultdict(set)
    for path in SOURCES:
        for each in literals(path):
            files[each].add(path.name)
    assert len(files) > 20
    assert {each: where for each, where in files.items() if len(where) > 1} == {}


def test_ids_of_parts_are_made_in_one_place():
    assert [path for path in SOURCES if "{}" in literals(path)] == []


def test_what_has_a_name_is_called_by_it():
    assert [path for path in SOURCES if literals(path) & NAMED] == []


def test_no_two_names_mean_one_id():
    assert len(NAMED) == sum(name.isupper() for name in vars(ids))
