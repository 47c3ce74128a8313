import pytest

from dashboard.launch.address import Address


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


def test_a_prefix_is_part_of_the_address(monkeypatch):
    monkeypatch.setenv("REELSCOPE_PREFIX", "films")
    assert Address("127.0.0.1", 80).url == "http://127.0.0.1:80/films/"
