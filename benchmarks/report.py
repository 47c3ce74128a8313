"""RESULTS.md: one section for each benchmark, replaced whole when it is run again.

README.md gives the headline of some, between the same marks.
"""

import platform
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
README = Path(__file__).parents[1] / "README.md"


def write_section(name: str, command: str, body: str) -> None:
    """Put `body` under the section's heading, with the command, machine, commit and date."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Measured\n"
    section = _marked(name, f"{_heading(command)}\n\n{body.strip()}")
    new = _replaced(text, name, section)
    RESULTS.write_text(new if section in new else f"{text}\n{section}", encoding="utf-8")


def write_headline(name: str, text: str) -> None:
    """Put `text` where the README gives the section's figures, if it does."""
    readme = README.read_text(encoding="utf-8")
    README.write_text(_replaced(readme, name, _marked(name, text)), encoding="utf-8")


def _marked(name: str, text: str) -> str:
    return f"<!-- {name} -->\n{text}\n<!-- /{name} -->\n"


def _replaced(text: str, name: str, section: str) -> str:
    pattern = re.compile(rf"<!-- {re.escape(name)} -->.*?<!-- /{re.escape(name)} -->\n", re.DOTALL)
    return pattern.sub(lambda _: section, text)


def table(header: tuple[str, ...], rows: list[tuple]) -> str:
    """A Markdown table; columns after the first are right-aligned."""
    marks = ["---", *["---:"] * (len(header) - 1)]
    lines = [header, marks, *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _heading(command: str) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    return (
        f"`{command}`, {datetime.now(UTC):%Y-%m-%d}, commit {commit or 'unknown'},"
        f" Python {platform.python_version()},"
        f" {_cores()} cores ({platform.system()} {platform.machine()})."
    )


def _cores() -> int:
    import os

    return os.cpu_count() or 1
