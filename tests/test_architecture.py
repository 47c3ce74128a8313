"""The picture of the house is the house."""

import re
import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(DOCS / "draw_architecture.py"))


def drawn(svg: str) -> set[str]:
    """Rooms and arrows; sizes and widths change with every commit, and may lag behind."""
    return set(re.findall(r'data-import="([^"]+)"', svg)) | set(re.findall(r">(\w+)</text>", svg))


def test_the_picture_has_the_rooms_and_imports_that_there_are(script):
    now = script["draw"](script["rooms"]())
    kept = (DOCS / "architecture.svg").read_text(encoding="utf-8")
    assert drawn(kept) == drawn(now), "run: python docs/draw_architecture.py"


def test_every_arrow_points_down(script):
    floors = {name: number for number, name in enumerate(script["FLOORS"])}
    for source, target in script["arrows"](script["rooms"]()):
        above, below = (floors[room.partition(".")[0]] for room in (source, target))
        assert above <= below or (source, target) == ("dashboard.launch", "app"), (source, target)
