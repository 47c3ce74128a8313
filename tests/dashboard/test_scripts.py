import re

import pytest

import app
from dashboard import guard
from dashboard.scripts import FOLDER, fewer

SRC = re.compile(r'<script src="([^"]*)"')


@pytest.fixture(scope="module")
def client():
    guard.warm(app.app)
    return app.server.test_client()


def test_ours_are_one_script_in_the_place_of_the_first():
    tags = "\n".join(
        f'<script src="{src}"></script>'
        for src in ("/react.js", "/assets/a.js?m=1", "/assets/b.js?m=1", "/dcc.js")
    )
    one, ours, other = SRC.findall(fewer(tags, "/assets/"))
    assert (one, other) == ("/react.js", "/dcc.js") and ours.startswith("/assets/all.js?m=")


def test_what_nobody_needs_is_not_loaded():
    unneeded = "/_dash-component-suites/dash/deps/polyfill@7.min.js"
    tags = f'<script src="{unneeded}"></script>\n<script>1</script>'
    assert fewer(tags, "/assets/") == "<script>1</script>"


def test_a_page_loads_every_script_of_ours_and_browsers_keep_it(client):
    sources = SRC.findall(client.get("/").text)
    [ours] = [each for each in sources if "/all.js" in each]
    assert sources.index(ours) < next(n for n, each in enumerate(sources) if "renderer" in each)
    answer = client.get(ours)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    scripts = [path.read_text() for path in FOLDER.glob("*.js")]
    assert len(scripts) > 10 and all(each in answer.text for each in scripts)


def test_what_runs_later_is_fetched_meanwhile(client):
    page = client.get("/").text
    later = page.partition('<template id="dash-scripts">')[2].partition("</template>")[0]
    fetched = re.findall(r'<link rel="prefetch" href="([^"]*)"', page)
    assert fetched == SRC.findall(later) and len(fetched) > 5
