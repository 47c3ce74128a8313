"""Response headers: what browsers may run, frame and keep."""

import hashlib
import re
from base64 import b64encode
from functools import lru_cache

from dash import Dash
from dash.fingerprint import check_fingerprint
from flask import Response, request

from dashboard.paths import EMBED
from db import settings

YEAR = "public, max-age=31536000, immutable"
DAY = "public, max-age=86400"  # files that the style sheet names, such as fonts
REVALIDATE = "no-cache"

POLICY = (
    "default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'; font-src 'self' data:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors {framers}; "
    "form-action 'self'"
)
# For what is not a page but can be opened as one: JSON, CSV, an SVG file.
NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


def install(app: Dash) -> None:
    """Add security and cache headers to every response of `app`."""

    @app.server.after_request
    def add_headers(response: Response) -> Response:
        is_page = response.mimetype == "text/html"
        policy = content_policy(app, framers(app)) if is_page else NOTHING_RUNS
        response.headers["Content-Security-Policy"] = policy
        response.headers.update(HEADERS)
        if response.status_code in (200, 304) and is_static(app):
            response.headers["Cache-Control"] = _keeping()
        else:
            response.headers.setdefault("Cache-Control", REVALIDATE)
        return response


def framers(app: Dash) -> str:
    """Who may show the current page within theirs: nobody, but one chart as the operator says."""
    alone = app.config.routes_pathname_prefix.rstrip("/") + EMBED.partition("<")[0]
    return settings.EMBED.value() if request.path.startswith(alone) else "'none'"


def content_policy(app: Dash, framers: str) -> str:
    """The Content-Security-Policy of a page: our own files, and inline scripts by their hashes.

    Of the inline scripts only those that the app declares: one smuggled into a page has no hash.
    """
    return POLICY.format(scripts=_sources(app.index_string, *app.csp_hashes()), framers=framers)


@lru_cache(8)  # the app has one, which is said with every page
def _sources(index: str, *hashes: str) -> str:
    declared = [_source(script) for script in INLINE_SCRIPT.findall(index)]
    return " ".join([*hashes, *declared])


def _source(script: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def is_static(app: Dash) -> bool:
    """Whether the current request is for a file of the app or of a component library."""
    prefix = app.config.routes_pathname_prefix
    assets = prefix + app.config.assets_url_path.strip("/") + "/"
    return request.path.startswith((prefix + "_dash-component-suites/", assets))


def _keeping() -> str:
    if "_dash-component-suites/" in request.path:
        return YEAR if check_fingerprint(request.path)[1] else REVALIDATE
    return YEAR if "m" in request.args else DAY  # Dash adds the file's time as ?m=
