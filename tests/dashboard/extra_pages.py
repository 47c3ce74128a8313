"""Pages that a checkout may have tomorrow, for processes that are started with them."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
FILTERED, PLAIN, VARIED = "/weekdays", "/about", "/tags/<tag>"
EXAMPLE = "/tags/noir"

# What `make` would find in dashboard/pages; Python runs it at the start of every process.
SITE = """
import sys
sys.path.append({root!r})
import dashboard.pages
dashboard.pages.__path__.append({pages!r})
"""
PAGE = """
from dashboard.components import page
from dashboard.page_registry import register_page

register_page(__name__, {declared})


def layout(**_):
    return page({title!r}, "New here.")
"""
PAGES = {
    "weekdays": f'"{FILTERED}", "Weekdays", filters=True, order=8',
    "about": f'"{PLAIN}", "About", filters=False, order=9',
    "tag": f'"{VARIED}", "Tag", filters=True, example="{EXAMPLE}"',
}


def write_pages(directory: Path) -> str:
    """Write the pages; the PYTHONPATH with which a process has them."""
    pages = directory / "pages"
    pages.mkdir()
    for name, declared in PAGES.items():
        (pages / f"{name}.py").write_text(PAGE.format(declared=declared, title=name.title()))
    site = SITE.format(root=str(ROOT), pages=str(pages))
    (directory / "sitecustomize.py").write_text(site)
    return str(directory)
