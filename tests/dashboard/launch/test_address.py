import pytest

from dashboard.launch.address import Address, prefix


@pytest.mark.parametrize(
    ("host", "bind", "url"),
    [
        ("127.0.0.1", "127.0.0.1:80", "http://127.0.0.1:80/"),
        ("0.0.0.0", "0.0.0.0:80", "http://127.0.0.1:80/"),
        ("::", "[::]:80", "http://[::1]:80/"),
        ("::1", "[::1]:80", "http://[::1]:80/"),
        ("example.org", "example.org:80", "http://example.org:80/"),
    ],
)
def test_what_the_server_binds_and_what_a_browser_here_opens(monkeypatch, host, bind, url):
    monkeypatch.delenv("REELSCOPE_PREFIX", raising=False)
    assert (Address(host, 80).bind, Address(host, 80).url) == (bind, url)


@pytest.mark.parametrize("setting", ["films", "/films", "films/", "/films/", " /films/ "])
def test_a_prefix_has_a_slash_at_both_ends(monkeypatch, setting):
    monkeypatch.setenv("REELSCOPE_PREFIX", setting)
    assert prefix() == "/films/"
    assert Address("127.0.0.1", 80).url == "http://127.0.0.1:80/films/"


@pytest.mark.parametrize("setting", ["", "/", " "])
def test_an_empty_prefix_is_one_slash(monkeypatch, setting):
    monkeypatch.setenv("REELSCOPE_PREFIX", setting)
    assert prefix() == "/"
