"""Every page's HTML, as it is sent, by the validator of W3C (npm vnu-jar, on Java)."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from app import server
from dashboard.page_registry import declared_pages

pytestmark = pytest.mark.extra

JAR = Path(__file__).parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="module")
def pages(database, tmp_path_factory) -> Path:
    """A folder with the HTML of each."""
    folder = tmp_path_factory.mktemp("pages")
    client = server.test_client()
    for number, page in enumerate(declared_pages()):
        answer = client.get(page.example)
        assert answer.status_code == 200
        (folder / f"{number}.html").write_bytes(answer.data)
    return folder


def complaints(*paths: Path) -> list[str]:
    """What is wrong, as "file:line message"."""
    if not JAR.exists() or not shutil.which("java"):
        pytest.skip("vnu-jar or Java is not installed")
    command = ["java", "-jar", str(JAR), "--format", "json", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True)
    return [
        f"{Path(said['url']).name}:{said['lastLine']} {said['message']}"
        for said in json.loads(done.stderr)["messages"]
        if said["type"] != "info"  # such as that Dash says of scripts that they are JavaScript
    ]


def test_every_page_is_valid(pages):
    assert complaints(*pages.glob("*.html")) == []


def test_the_validator_finds_what_is_wrong(pages, tmp_path):
    page = (pages / "0.html").read_text()
    empty = '<meta name="description" content="a"><meta name="description" content="b"></head>'
    (tmp_path / "twice.html").write_text(page.replace("</head>", empty))
    assert any("description" in said for said in complaints(tmp_path / "twice.html"))
