"""Addresses get the status that they deserve, and every page the app's shell."""

import pytest


@pytest.mark.parametrize(
    "path", ["/", "/?utm=1", "/?" + "a=1&" * 500, "/films/318", "/films/318/", "/films/away"]
)
def test_pages(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "react-entry-point" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/films",
        "/films/",
        "/films/319",
        "/films/318/more",
        "/films/%F0%9F%8E%AC",
        "/films/%ff%fe",
        "/films/..%2f318",
        "/films/" + "9" * 3000,
        "/not-found-404",
        "/wp-admin/index.php",
        "/index.html",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_no_such_page_is_404_with_the_shell(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "react-entry-point" in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("path", ["/films/%00", "/%00", "/films/318%0a", "/films/%1b[31m"])
def test_control_characters(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (400, "The address holds control characters.\n")


@pytest.mark.parametrize("address", ["/" + "a" * 4000, "/?" + "a" * 4000])
def test_too_long(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.text) == (414, "Request URI Too Long.\n")


@pytest.mark.parametrize("query", ["%00", "%ff%fe", "a=%ud800", "=&=&;", "a[]=1&a[b]=2", "%"])
def test_odd_queries(client, query):
    assert client.get(f"/?{query}").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "a b", "[", "x" * 300, "a:b:c", "ü", ""])
def test_odd_hosts(client, host):
    assert client.get("/", headers={"Host": host}).status_code < 500


@pytest.mark.parametrize(
    ("method", "status"),
    [("HEAD", 200), ("OPTIONS", 200), ("POST", 405), ("PUT", 405), ("DELETE", 405), ("TRACE", 405)],
)
def test_methods(client, method, status):
    assert client.open("/", method=method).status_code == status


def test_head_has_no_body(client):
    answer = client.head("/films/319")
    assert (answer.status_code, answer.data) == (404, b"")


def test_behind_a_prefix(prefixed_app):
    client = prefixed_app.server.test_client()
    statuses = {
        path: client.get(path).status_code for path in ("/a/b/", "/a/b/films/318", "/a/b/no", "/")
    }
    assert statuses == {"/a/b/": 200, "/a/b/films/318": 200, "/a/b/no": 404, "/": 404}
