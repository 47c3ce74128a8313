"""Browsers run only our scripts, keep files whose name says their version, and nothing else."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)


def script_sources(answer):
    policy = dict(
        part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; ")
    )
    return policy["script-src"].split()


def test_every_inline_script_of_a_page_is_allowed_by_its_hash(client):
    answer = client.get("/")
    sources = script_sources(answer)
    inline = [
        match["text"]
        for match in SCRIPT.finditer(answer.text)
        if "src=" not in match["attributes"] and "application/json" not in match["attributes"]
    ]
    assert len(inline) == 4  # the theme's, two clientside callbacks, the renderer
    for text in inline:
        assert f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in sources
    assert sources[0] == "'self'" and len(sources) == 5
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(sources)


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/_dash-layout", "/assets/missing.css", "/bug", "/?" + "a" * 4000]
)
def test_every_answer_has_the_security_headers(client, path):
    headers = client.get(path).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "default-src" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-cache"


def test_what_is_not_a_page_runs_nothing(client):
    policy = client.get("/_dash-layout").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")


def test_versioned_files_are_kept_for_a_year(client):
    page = client.get("/").text
    sources = re.findall(r'src="([^"]+)"', page) + re.findall(r'href="([^"]+\?m=[^"]+)"', page)
    assert len(sources) > 8
    for source in sources:
        answer = client.get(source)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_other_files_are_asked_for_again(client):
    assert client.get("/assets/style.css").headers["Cache-Control"] == "public, max-age=86400"
    path = "/_dash-component-suites/dash/dcc/async-graph.js"
    first = client.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_versions_are_not_told(client):
    page = client.get("/").text
    assert "python_version" not in page
    assert '"dash_version"' not in page


@pytest.mark.parametrize(
    ("path", "said", "framers"),
    [
        ("/embed/top-movies", "", "'none'"),
        ("/embed/top-movies", "https://a.example", "https://a.example"),
        ("/embed/top-movies", "anyone", "*"),
        ("/embedded", "anyone", "'none'"),
        ("/", "anyone", "'none'"),
    ],
)
def test_one_chart_may_be_framed_where_the_operator_says_so(
    client, monkeypatch, path, said, framers
):
    monkeypatch.setenv("REELSCOPE_EMBED", said)
    policy = client.get(path).headers["Content-Security-Policy"]
    assert f"frame-ancestors {framers}; " in policy
