"""The scripts that a page loads: Dash's without what nobody needs, and ours as one file."""

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Flask, Response

SCRIPT = re.compile(r'<script src="(?P<src>[^"]*)"></script>\n?')
UNNEEDED = re.compile(
    "/deps/polyfill@"  # for browsers older than any that draws our charts
    "|/dash_table/"  # no page has a DataTable
)
FOLDER = Path(__file__).parents[1] / "assets"
NAME = "all.js"


def install(server: Flask, assets: str) -> None:
    """Serve our scripts as one below `assets`, where files are kept by browsers."""
    server.add_url_rule(f"{assets}{NAME}", "all_scripts", served)


def served() -> Response:
    """All of them."""
    return Response(whole(), mimetype="text/javascript")


@cache
def whole() -> bytes:
    """Our scripts in the order of their names, as Dash has them: each is a function of its own."""
    return b"\n".join(path.read_bytes() for path in sorted(FOLDER.glob("*.js")))


@cache
def _mark() -> str:
    return hashlib.sha256(whole()).hexdigest()[:12]


def fewer(tags: str, assets: str) -> str:
    """Dash's script tags with one for all of ours, and without those that nobody needs."""
    ours = iter([f'<script src="{assets}{NAME}?m={_mark()}"></script>\n'])

    def kept(tag: re.Match) -> str:
        if UNNEEDED.search(tag["src"]):
            return ""
        return next(ours, "") if tag["src"].startswith(assets) else tag[0]

    return SCRIPT.sub(kept, tags)


def fetched_meanwhile(tags: str) -> str:
    """Links that fetch these scripts after all else: they run once the first chart is drawn.

    Not rel="preload": browsers warn of that where a slow machine gets to them late.
    """
    link = '<link rel="prefetch" href="{}">'
    return "\n".join(link.format(tag["src"]) for tag in SCRIPT.finditer(tags))
