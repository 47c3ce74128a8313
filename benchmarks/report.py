"""RESULTS.md: one section for each benchmark, replaced whole when it is run again."""

import platform
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")


def write_section(name: str, command: str, body: str) -> None:
    """Put `body` under the section's heading, with the command, machine, commit and date."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Measured\n"
    section = f"<!-- {name} -->\n{_heading(command)}\n\n{body.strip()}\n<!-- /{name} -->\n"
    pattern = re.compile(rf"<!-- {name} -->.*?<!-- /{name} -->\n", re.DOTALL)
    new = pattern.sub(lambda _: section, text) if pattern.search(text) else f"{text}\n{section}"
    RESULTS.write_text(new, encoding="utf-8")


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
