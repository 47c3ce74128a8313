"""Whether a request comes from a browser on the machine that serves it, and from no other site.

Behind a proxy every request comes from the proxy; those that pass on whom they speak for are told
by that, and by the host that the visitor asked for. A page of another site can't post here: the
Origin would name it (and callbacks take JSON alone, for which browsers ask first).
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Request

FOR_OTHERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


def is_at_home(request: Request) -> bool:
    """By its address, its host, its origin and the headers that proxies add."""
    origin = request.headers.get("Origin")
    hosts = [request.host, urlsplit(origin).netloc] if origin else [request.host]
    return (
        not any(name in request.headers for name in FOR_OTHERS)
        and _is_loopback(request.remote_addr or "")
        and all(_is_loopback(urlsplit(f"//{host}").hostname or "") for host in hosts)
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
