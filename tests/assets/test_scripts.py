"""The scripts of the pages: their pure parts in Node, and nothing in them that Python declares."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import app  # noqa: F401  declares the pages
from dashboard import ids
from dashboard.page_registry import declared_pages
from dashboard.state.view import COLOURS
from dashboard.theme import THEMES
from recommender.models import MODELS

ROOT = Path(__file__).parents[2]
VENDORED = "plotly-charts-"
SCRIPTS = sorted(
    each for each in (ROOT / "assets").rglob("*.js") if not each.name.startswith(VENDORED)
)
QUOTED = re.compile(r"""(["'`])#?([^"'`\n]*)\1""")


def code(script: Path) -> str:
    return re.sub(r"//.*", "", script.read_text("utf-8"))


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is missing; `make lint` installs it")
def test_pure_parts():
    tests = sorted(Path(__file__).parent.glob("*.test.js"))
    assert len(tests) > 3
    done = subprocess.run(
        ["node", "--test", *tests], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_what_python_declares_is_not_written_again():
    declared = {
        *(value for name, value in vars(ids).items() if name.isupper()),
        *(page.name for page in declared_pages()),
        *THEMES,
        *COLOURS,
        *MODELS,
    }
    for script in SCRIPTS:
        written = {text for _, text in QUOTED.findall(code(script))}
        assert written & declared == set(), script.name


def test_no_path_of_a_page_is_written():
    paths = [page.path.partition("<")[0].rstrip("/") for page in declared_pages()]
    for script in SCRIPTS:
        found = [path for path in paths if path and re.search(rf"{path}\b", code(script))]
        assert found == [], script.name
