"""A tile for each film, drawn from its title, year and genres: no picture is fetched."""

from typing import Any
from urllib.parse import quote
from zlib import crc32

import pandas as pd
from dash import html

from dashboard.figures.titles import plain_title

GENRE_COLOURS = {
    "Action": "#c2410c",
    "Adventure": "#b45309",
    "Animation": "#0891b2",
    "Children": "#0d9488",
    "Comedy": "#ca8a04",
    "Crime": "#57534e",
    "Documentary": "#4d7c0f",
    "Drama": "#7c3aed",
    "Fantasy": "#9333ea",
    "Film-Noir": "#334155",
    "Horror": "#991b1b",
    "IMAX": "#1d4ed8",
    "Musical": "#db2777",
    "Mystery": "#4338ca",
    "Romance": "#e11d48",
    "Sci-Fi": "#0369a1",
    "Thriller": "#3f3f46",
    "War": "#65730b",
    "Western": "#92400e",
}
NO_GENRE = "#52525b"


def poster(title: str, release_year: Any, genres: str) -> html.Div:
    """The tile. genres: "A|B". Its text stands beside it too, so screen readers pass it over."""
    return html.Div(
        [
            html.B(plain_title(title)),
            *([] if pd.isna(release_year) else [html.Span(str(int(release_year)))]),
        ],
        className="poster",
        style={"backgroundImage": f'url("data:image/svg+xml,{quote(_picture(title, genres))}")'},
        **{"aria-hidden": "true"},
    )


def _picture(title: str, genres: str) -> str:
    """Two genre colours and one of five patterns, the same for the same film always."""
    colours = [GENRE_COLOURS.get(genre, NO_GENRE) for genre in genres.split("|") if genre] or [
        NO_GENRE
    ]
    first, second = colours[0], colours[1 % len(colours)]
    seed = crc32(title.encode("utf-8", "replace"))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 300"'
        ' preserveAspectRatio="xMidYMid slice">'
        f'<defs><linearGradient id="g" gradientTransform="rotate({20 + seed % 60})">'
        f'<stop stop-color="{first}"/>'
        f'<stop offset="1" stop-color="{second}"/></linearGradient></defs>'
        '<rect width="200" height="300" fill="url(#g)"/>'
        '<g fill="#fff" stroke="#fff" fill-opacity=".13" stroke-opacity=".16">'
        f"{_PATTERNS[seed // 60 % len(_PATTERNS)](seed)}</g></svg>"
    )


def _rings(seed: int) -> str:
    x, y = 40 + seed % 120, 60 + seed // 7 % 80
    return "".join(
        f'<circle cx="{x}" cy="{y}" r="{r}" fill="none" stroke-width="9"/>'
        for r in range(18, 150, 26)
    )


def _rays(seed: int) -> str:
    x = seed % 200
    return "".join(
        f'<path stroke="none" d="M{x} 20 L{a} 300 L{a + 32} 300Z"/>' for a in range(-120, 320, 64)
    )


def _blocks(seed: int) -> str:
    heights = [(seed >> shift) % 140 + 50 for shift in range(0, 18, 3)]
    return "".join(
        f'<path stroke="none" d="M{i * 34} 300v-{h}h30v{h}z"/>' for i, h in enumerate(heights)
    )


def _moon(seed: int) -> str:
    x, y = 60 + seed % 90, 70 + seed // 5 % 50
    hills = f"M0 {190 + seed % 30} Q60 150 110 200 T200 180 V300 H0Z"
    moon = f'<circle stroke="none" cx="{x}" cy="{y}" r="46"/>'
    return f'{moon}<path stroke="none" d="{hills}"/>'


def _stripes(seed: int) -> str:
    angle = 15 + seed % 60
    bars = "".join(
        f'<path stroke="none" d="M-200 {y}h600v14h-600z"/>' for y in range(-100, 400, 38)
    )
    return f'<g transform="rotate({angle} 100 150)">{bars}</g>'


_PATTERNS = (_rings, _rays, _blocks, _moon, _stripes)
