"""The HTML that the browser gets first: what a tab, a search engine and a shared link show."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from html import escape
from typing import Any

from dash import Dash
from flask import request

from dashboard.first_answers import first_answers
from dashboard.guard.kept_answers import TOGETHER
from dashboard.guard.quick_look import dataset_at_once
from dashboard.page_registry import APP, DESCRIPTION, page_at
from dashboard.paths import EMBED
from dashboard.scripts import fetched_meanwhile, fewer
from dashboard.state.session import shared_session
from dashboard.theme import THEMES
from db.errors import DatabaseError

CARD = "card.png"
CARD_SIZE = (1200, 630)
INDEX = """<!DOCTYPE html>
<html lang="en" data-bs-theme="light">
<head>
{%metas%}
<META>
<title>{%title%}</title>
<link rel="icon" href="PREFIXassets/favicon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="PREFIXassets/touch-icon.png">
FONTS
{%css%}
<script src="PREFIXassets/early/theme.js" data-themes="THEMES"></script>
<script src="PREFIXassets/early/plotly.js" data-bundle="PREFIXassets/early/PLOTLY"></script>
<script type="application/json" id="first-answers"><FIRST></script>
<script src="PREFIXassets/early/answers.js" data-together="PREFIXTOGETHER"></script>
<script src="PREFIXassets/early/built.js"></script>
<script src="PREFIXassets/early/presses.js"></script>
</head>
<body data-filters="<FILTERS>" data-alone="<ALONE>">
{%app_entry%}
<div>{%config%}<template id="dash-scripts">{%scripts%}{%renderer%}</template></div>
<script src="PREFIXassets/early/first_page.js"></script>
<LATER>
</body>
</html>"""
# What every page's first words are set in: fetched before the style sheet asks, words don't move
FONTS = ("inter-latin.woff2", "instrument-serif-latin.woff2")
# Lines, points, bars and heat maps, a quarter of plotly.js; m: browsers keep it a year
PLOTLY = "plotly-charts-4.1.1.min.js?m=4.1.1"


class Document(Dash):
    """Dash, whose first HTML is of the page that is asked for."""

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # by name, as Dash does
        """The page's title and tags, and whether it has the filter bar, before any script runs."""
        with _one_session():
            return self._of_page(parts)

    def _of_page(self, parts: dict[str, Any]) -> str:
        path = self.strip_relative_path(request.path) or ""
        page, title = page_at(f"/{path}")
        scripts = fewer(parts["scripts"], self.get_asset_url(""))
        ours = {"title": escape(title), "scripts": scripts}
        document: str = super().interpolate_index(**parts | ours)
        filters = "on" if page is not None and page.filters else "off"
        alone = "yes" if page is not None and page.path == EMBED else "no"
        description = DESCRIPTION if page is None else page.description(f"/{path}")
        own = {
            "<META>": self._tags(title, description),
            "<FILTERS>": filters,
            "<ALONE>": alone,
            "<LATER>": fetched_meanwhile(scripts),
            "<FIRST>": first_answers(self).decode(),
        }
        for place, text in own.items():  # in no title, whose "<" is escaped
            document = document.replace(place, text, 1)
        return document

    def _tags(self, title: str, description: str) -> str:
        image = request.host_url.rstrip("/") + self.get_asset_url(CARD)
        width, height = CARD_SIZE
        properties = {
            "og:site_name": APP,
            "og:type": "website",
            "og:title": title,
            "og:description": description,
            "og:image": image,
            "og:image:width": width,
            "og:image:height": height,
            "og:image:alt": "Reelscope: film ratings, seen clearly",
        }
        names = {"description": description, "twitter:card": "summary_large_image"}
        colours = [
            f'<meta name="theme-color" content="{theme.bar}" data-theme="{theme.name}"'
            f' media="(prefers-color-scheme: {theme.name})">'
            for theme in THEMES.values()
        ]
        return "\n".join(
            [_tag("name", *each) for each in names.items()]
            + [_tag("property", *each) for each in properties.items()]
            + colours
        )


@contextmanager
def _one_session() -> Iterator[None]:
    """For all that the HTML brings, where the database answers at once; a page does without."""
    with ExitStack() as stack:
        if dataset_at_once():
            with suppress(DatabaseError):
                stack.enter_context(shared_session())
        yield


def _tag(kind: str, name: str, content: object) -> str:
    return f'<meta {kind}="{name}" content="{escape(str(content))}">'


def index(prefix: str) -> str:
    """The document's frame below a URL prefix."""
    fonts = (
        f'<link rel="preload" href="PREFIXassets/fonts/{font}" as="font" crossorigin>'
        for font in FONTS
    )
    return (
        INDEX.replace("FONTS", "\n".join(fonts))
        .replace("PREFIXTOGETHER", prefix + TOGETHER)
        .replace("PREFIX", prefix)
        .replace("THEMES", " ".join(THEMES))
        .replace("PLOTLY", PLOTLY)
    )
