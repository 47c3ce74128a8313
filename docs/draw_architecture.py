"""Draws docs/architecture.svg from the imports: python docs/draw_architecture.py

A box is a room (a folder of modules) with the lines of code in it, an arrow an import of a lower
package's room by a higher one; the thicker, the more modules import.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURE = Path(__file__).with_name("architecture.svg")

FLOORS = ("app", "dashboard", "recommender", "db")
BOX, GAP, HEIGHT, FLOOR = 106, 10, 54, 150
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1d1b20}.n{fill:#5f5b66;font-size:11px}"
    "rect{fill:#f4f3fb;stroke:#8f8dd3}.floor{fill:#fff;stroke:#c9c6d1}path{fill:none;stroke:#5c59b8}"
)


def rooms() -> dict[str, list[Path]]:
    """Modules by room, such as "db.store"; those that lie in a package itself are its own room."""
    found: dict[str, list[Path]] = {"app": [ROOT / "app.py"]}
    for package in FLOORS[1:]:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).parts
            found.setdefault(".".join(parts[:2] if len(parts) > 2 else parts[:1]), []).append(path)
    return found


def imported(path: Path) -> Iterator[str]:
    """Every module that a module imports, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def arrows(houses: dict[str, list[Path]]) -> Counter[tuple[str, str]]:
    """How many modules of a room import from another."""
    names = sorted(houses, key=len, reverse=True)
    found: Counter[tuple[str, str]] = Counter()
    for room, paths in houses.items():
        for path in paths:
            targets = {
                next((name for name in names if f"{module}.".startswith(f"{name}.")), None)
                for module in imported(path)
            }
            found.update((room, target) for target in targets if target not in (None, room))
    return found


def draw(houses: dict[str, list[Path]]) -> str:
    """The picture as SVG."""
    width = max(len(_on(floor, houses)) for floor in FLOORS) * (BOX + GAP) + 2 * GAP
    places = dict(_places(houses, width))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {len(FLOORS) * FLOOR}">'
    ]
    lines.append(
        f"<title>The rooms of Reelscope and what imports what</title><style>{STYLE}</style>"
    )
    for i, floor in enumerate(FLOORS):
        lines.append(
            f'<rect class="floor" x="4" y="{i * FLOOR + 4}" width="{width - 8}" height="112"/>'
        )
        lines.append(f'<text class="n" x="14" y="{i * FLOOR + 22}">{floor}/</text>')
    for (source, target), modules in sorted(arrows(houses).items()):
        if source.partition(".")[0] != target.partition(".")[0]:
            lines.append(_arrow(source, target, places, modules))
    for room, (x, y) in places.items():
        size = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in houses[room])
        lines.append(f'<rect x="{x}" y="{y}" width="{BOX}" height="{HEIGHT}" rx="6"/>')
        lines.append(f'<text x="{x + 10}" y="{y + 23}">{room.rpartition(".")[2]}</text>')
        lines.append(f'<text class="n" x="{x + 10}" y="{y + 41}">{size:,} lines</text>')
    return "\n".join([*lines, "</svg>\n"])


def _on(floor: str, houses: dict[str, list[Path]]) -> list[str]:
    return sorted(room for room in houses if room.partition(".")[0] == floor)


def _places(houses: dict[str, list[Path]], width: int) -> Iterator[tuple[str, tuple[int, int]]]:
    for i, floor in enumerate(FLOORS):
        on_floor = _on(floor, houses)
        left = (width - len(on_floor) * (BOX + GAP) + GAP) // 2
        for j, room in enumerate(on_floor):
            yield room, (left + j * (BOX + GAP), i * FLOOR + 40)


def _arrow(source: str, target: str, places: dict[str, tuple[int, int]], modules: int) -> str:
    (x, y), (to_x, to_y) = places[source], places[target]
    start, end = (x + BOX // 2, y + HEIGHT), (to_x + BOX // 2, to_y)
    middle = (start[1] + end[1]) // 2
    return (
        f'<path d="M{start[0]} {start[1]}C{start[0]} {middle} {end[0]} {middle} {end[0]} {end[1]}"'
        f' stroke-width="{min(6, 0.6 + modules / 3):.1f}" stroke-opacity=".35"'
        f' data-import="{source} {target}"/>'
    )


if __name__ == "__main__":
    PICTURE.write_text(draw(rooms()), encoding="utf-8")
