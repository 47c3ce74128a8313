"""A page that declares itself is linked, has its filter bar, and is in the tests of all pages.

In processes of their own: Dash keeps pages in a global.
"""

import json
import os
import subprocess
import sys

import pytest

import app
from dashboard.page_registry import linked_pages, register_page
from tests.dashboard.extra_pages import EXAMPLE, FILTERED, PLAIN, ROOT, VARIED, write_pages

ASK = """
import json
from app import app
from dashboard import ids
from dashboard.page_registry import declared_pages
parts = {json.dumps(part.id): part for part in app.layout._traverse() if getattr(part, "id", None)}
client, root = app.server.test_client(), app.get_relative_path("/")
links = [part for part in app.layout._traverse() if getattr(part, "className", "") == "view-link"]
print(json.dumps({
    "links": {link.href.replace(root, "/", 1): link.href for link in links},
    "rules": parts[json.dumps(ids.RULES)].data,
    "statuses": {
        page.example: client.get(app.get_relative_path(page.example)).status_code
        for page in declared_pages()
    },
}))
"""


@pytest.fixture(scope="module")
def extended(tmp_path_factory) -> dict[str, str]:
    """The environment of a process whose dashboard/pages has three pages more."""
    return os.environ | {"PYTHONPATH": write_pages(tmp_path_factory.mktemp("extended"))}


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_new_pages_are_served_linked_and_told_to_the_browser(extended):
    known = json.loads(run(extended | {"REELSCOPE_PREFIX": "/a/"}, "-c", ASK))
    assert list(known["links"])[-2:] == [FILTERED, PLAIN]
    assert VARIED not in known["links"]
    assert known["links"][FILTERED] == f"/a{FILTERED}"
    pages = {page["path"]: page["filters"] for page in known["rules"]["pages"]}
    assert pages[f"/a{FILTERED}"] and pages[f"/a{VARIED}"] and not pages[f"/a{PLAIN}"]
    assert [known["statuses"][path] for path in (FILTERED, PLAIN, EXAMPLE)] == [200] * 3


# The tests that a page must pass, and which of the three are in them.
OF_EVERY_PAGE = {
    "test_walk.py::test_a_page_opened_by_its_address_is_whole[{}]": (FILTERED, PLAIN, EXAMPLE),
    "test_axe.py::test_pages_with_their_filters_and_a_table_open[{}]": (FILTERED, PLAIN, EXAMPLE),
    "test_phone.py::test_pages_fit_and_targets_are_large_enough[{}]": (FILTERED, PLAIN, EXAMPLE),
    "test_keyboard.py::test_focus_is_always_to_be_seen[360-{}]": (FILTERED, PLAIN, EXAMPLE),
    "test_filters.py::test_every_control_changes_the_page[{}]": (FILTERED, EXAMPLE),
}


@pytest.mark.slow
def test_new_pages_are_in_the_tests_of_all_pages(extended):
    collect = ("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "--collect-only")
    collected = run(extended, *collect, "tests/browser").split()
    for test, addresses in OF_EVERY_PAGE.items():
        wanted = [f"tests/browser/{test.format(address)}" for address in addresses]
        assert [each for each in wanted if each not in collected] == []


def test_the_readme_says_what_each_page_answers():
    assert app.app, "its import declares the pages"
    text = (ROOT / "README.md").read_text("utf-8")
    assert [
        page.name for page in linked_pages() if f"| {page.name} `{page.path}`" not in text
    ] == []


def test_a_page_with_variables_needs_an_example():
    with pytest.raises(ValueError, match="give an address of it as `example`"):
        register_page("tag", "/tags/<tag>", "Tag", filters=True)
