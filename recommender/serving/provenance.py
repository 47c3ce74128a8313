"""What kept results were made by, so that none is taken for what today's code would make.

A result remembers its roots: the modules that define what was learned, such as a model's and its
bases'. Counted with them are the modules of recommender/ that they import, directly or by way of
others, and the libraries that any of these name. A result is made again when the code of one of
these modules or the version of one of these libraries is another.

Code is compared as text, which takes a millisecond or two; where a text has changed, as parsed and
without docstrings: new comments, lines and formatting make nothing again.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import blake2b
from importlib.machinery import ModuleSpec
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from sys import stdlib_module_names

import numpy as np

from recommender.data import arrays
from recommender.data.arrays import ArtifactError

OURS = ("recommender", "db")
FOLLOWED = "recommender."
REGISTRY = "recommender.models"  # lists the models and defines none
OUTSIDE = ("recommender.serving.", "recommender.evaluate.")  # they ask what has been learned
HARMLESS = {"sqlalchemy"}  # hands over whole numbers and text
PACKAGES = {"sklearn": "scikit-learn"}
"""The package that a library is installed by, where it has another name."""

RATINGS = ("recommender.serving.ratings", "db.store.training_data")
"""The roots of the rating matrix, from which all else is learned."""


def keep(
    directory: Path,
    learned: Mapping[str, np.ndarray],
    about: Mapping,
    roots: tuple[str, ...],
    libraries: tuple[str, ...] = (),
) -> None:
    """Write arrays with a description and their provenance, atomically.

    libraries: that nothing of it names in an import, as they are chosen by a setting.
    """
    arrays.save(directory, learned, {**about, "made_by": provenance(roots, libraries)})


def open_kept(
    directory: Path, about: Mapping, roots: tuple[str, ...], any_versions: bool = False
) -> dict[str, np.ndarray]:
    """The arrays that were kept with this description, memory-mapped.

    any_versions: whatever the versions of the libraries were.
    Raises ArtifactError where there are none, they are damaged, or today's would be others.
    """
    described = arrays.described(directory)  # first, as damage is looked for in every byte
    kept = {name: value for name, value in described.items() if name != "made_by"}
    if kept != about or not still_true(described.get("made_by"), roots, any_versions):
        raise ArtifactError(f"{directory} is of other ratings, or by another version")
    learned, loaded = arrays.load(directory)
    if loaded != described:
        raise ArtifactError(f"{directory} was replaced meanwhile")
    return learned


@cache
def provenance(roots: tuple[str, ...], libraries: tuple[str, ...] = ()) -> dict:
    """What results with these roots are made by, as JSON. Raises ImportError without source."""
    modules = _reached(roots)
    used = sorted({*libraries, *(library for name in modules for library in _libraries(name))})
    return {
        "roots": sorted(roots),
        "texts": {name: _hash(_text(name)) for name in modules},
        "code": _hash("".join(f"{name}:{_code(name)}\n" for name in modules)),
        "libraries": {name: found for name in used if (found := _version(name))},
    }


def still_true(made_by: object, roots: tuple[str, ...], any_versions: bool = False) -> bool:
    """Whether today's code and libraries would make what was made by these, from these roots.

    A library that is not installed here, as training's needs not be, makes nothing here.
    """
    try:
        match made_by:
            case {
                "roots": list(kept),
                "texts": dict(texts),
                "code": str(code),
                "libraries": dict(libraries),
            } if set(roots) <= set(kept):
                same = all(_hash(_text(name)) == text for name, text in texts.items())
                return (same or provenance(tuple(kept))["code"] == code) and (
                    any_versions
                    or all(_version(name) in (None, found) for name, found in libraries.items())
                )
    except (ImportError, TypeError):  # a module that is gone; a name that is none
        pass
    return False


def roots_of(kind: type) -> tuple[str, ...]:
    """The roots of what a class learns: its own module and its bases', and the ratings'."""
    defined = dict.fromkeys(each.__module__ for each in kind.__mro__)
    return (*(name for name in defined if name.startswith(FOLLOWED)), *RATINGS)


def _reached(roots: tuple[str, ...]) -> list[str]:
    """The roots and every module that they import and that can change what is learned."""
    reached, waiting = set[str](), list(roots)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += filter(_counts, _imports(name))
    return sorted(reached)


def _counts(name: str) -> bool:
    inside = name.startswith(FOLLOWED) and name != REGISTRY
    return inside and not name.startswith(OUTSIDE) and _spec(name) is not None


def _libraries(name: str) -> set[str]:
    tops = {imported.partition(".")[0] for imported in _imports(name)}
    return tops - set(OURS) - HARMLESS - stdlib_module_names


def _imports(name: str) -> Iterator[str]:
    """Every module that one imports anywhere; `from a import b` counts as a and as a.b."""
    for node in ast.walk(_tree(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:  # ours are absolute
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def _tree(name: str) -> ast.Module:
    """A module as parsed, its docstrings left out."""
    tree = ast.parse(_text(name))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            node.body = [part for part in node.body if not _is_text(part)]
    return tree


def _is_text(node: ast.stmt) -> bool:
    """Whether a statement does nothing, as a docstring: one of a class, a function, a constant."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


@cache
def _code(name: str) -> str:
    return _hash(ast.dump(_tree(name)))


@cache
def _text(name: str) -> str:
    """The source of a module of ours. Raises ImportError where there is none."""
    spec = _spec(name)
    text = source(spec) if spec else None
    if text is None:
        raise ImportError(
            f"The source of {name} is not there, so nobody can tell what it makes:"
            " install Reelscope with its .py files."
        )
    return text


def source(spec: ModuleSpec) -> str | None:
    """Read it, whatever it lies in: a folder or a zip."""
    read = getattr(spec.loader, "get_source", None)
    return read(spec.name) if read else None


@cache
def _spec(name: str) -> ModuleSpec | None:
    """Where a module is, which is not imported; None for what is none, or is not ours."""
    parent, _, _ = name.rpartition(".")
    if not parent:
        return find_spec(name) if name in OURS else None
    package = _spec(parent)
    return find_spec(name) if package and package.submodule_search_locations else None


@cache
def _version(library: str) -> str | None:
    """Of a library that is installed."""
    try:
        return version(PACKAGES.get(library, library))
    except PackageNotFoundError:
        return None


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
