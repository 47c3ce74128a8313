"""A person's place on the taste map: a small picture of it, the films around, and the way there."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np
from dash import dcc, get_relative_path, html

from dashboard.components import waiting
from dashboard.figures.titles import film_name, person_name
from dashboard.paths import TASTE_MAP, film_path
from dashboard.theme import DARK
from recommender.models.base import Profile, Recommender
from recommender.serving.map_place import map_place
from recommender.serving.shelves import opinions
from recommender.serving.taste_map import TasteMap

WIDTH, HEIGHT, EDGE = 600, 400, 16  # of the picture, and the room around the map in it
DOTS = 1_000  # films in the picture, the most rated
CLOSE = 4  # how often what the link shows fits the whole map


@dataclass(frozen=True)
class Place:
    """at: x and y, each from 0 to 1. near: the films around, that in the middle first; none where
    the taste is unknown. films, liked: where the map's films and those liked stand (n, 2)."""

    at: tuple[float, float]
    near: tuple[int, ...]
    films: np.ndarray
    liked: np.ndarray


def find_place(films: TasteMap, model: Recommender, profile: Profile) -> Place:
    near = map_place(films, model, profile)
    there = films.positions[films.movie_ids == near[0]][0] if near else (0.5, 0.5)
    own, _ = opinions(profile)
    liked = films.positions[np.isin(films.movie_ids, np.fromiter(own, int))]
    x, y = map(float, there)
    return Place((x, y), tuple(near), films.positions[:DOTS], liked)


def place_card(
    found: Place | None, titles: Mapping[int, Mapping], whose: str, user: int | None
) -> html.Section:
    """titles: the films' rows by number. found: None until the map is made."""
    who = person_name(user)
    stand, like = ("stand", "you") if user is None else ("stands", "they")
    if found is None:
        content: list = [waiting()]
    elif not found.near:
        content = [html.P(f"No film that {like} liked is on the map.", className="muted")]
    else:
        about = (
            f"Films that the same people like stand close together. {who} {stand} amid the ten that"
            f" are most like what {like} liked (bright here):"
        )
        named = [html.Li(_link(titles[movie])) for movie in found.near if movie in titles]
        way = dcc.Link("See it on the taste map", href=_way(found, user))
        words = html.Div([html.P(about), html.Ul(named, className="taste-list"), way])
        content = [html.Div([_picture(found, who), words], className="taste-place")]
    title = html.H2(f"{whose} place on the taste map")
    return html.Section([title, *content], className="card-panel full")


def _link(film: Mapping) -> dcc.Link:
    name = film_name(film["title"], film["release_year"])
    return dcc.Link(name, href=film_path(film["movie_id"]))


def _way(found: Place, user: int | None) -> str:
    at = f"at={found.at[0]:.3f},{found.at[1]:.3f},{CLOSE}"
    return get_relative_path(f"{TASTE_MAP}?{at}" + ("" if user is None else f"&user={user}"))


def _picture(found: Place, who: str) -> html.Img:
    alt = (
        f"{who} on the map of {len(found.films):,} films: {_side(found.at[0], 'left', 'right')},"
        f" {_side(found.at[1], 'bottom', 'top')}; {len(found.liked):,} liked films are bright."
    )
    link = f"data:image/svg+xml,{quote(place_svg(found, who))}"
    return html.Img(src=link, alt=alt, width=str(WIDTH), className="place-picture")


def _side(share: float, low: str, high: str) -> str:
    return low if share < 1 / 3 else high if share > 2 / 3 else "in the middle"


def place_svg(found: Place, who: str) -> str:
    """The map's films as dots, the liked ones bright, and the person by name; y grows upwards."""
    x, y = _pixels(np.array([found.at]))[0]
    left = x > WIDTH - 120
    anchor, beside = ("end", x - 16) if left else ("start", x + 16)
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="8" fill="{DARK.surface}"/>',
        _dots(found.films, DARK.muted, 2),
        _dots(found.liked, DARK.rating, 5),
        f'<circle cx="{x}" cy="{y}" r="9" fill="{DARK.accent}" stroke="{DARK.ink}"'
        ' stroke-width="3"/>',
        f'<text x="{beside}" y="{y + 6}" text-anchor="{anchor}" font-size="20" font-weight="700"'
        f' fill="{DARK.ink}" stroke="{DARK.surface}" stroke-width="4" paint-order="stroke"'
        f' font-family="Inter, system-ui, sans-serif">{who}</text>',
    ]
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'


def _dots(places: np.ndarray, colour: str, size: int) -> str:
    """One path of round caps, which is shorter than as many circles."""
    path = "".join(f"M{x} {y}h0" for x, y in _pixels(places))
    return f'<path d="{path}" stroke="{colour}" stroke-width="{size}" stroke-linecap="round"/>'


def _pixels(places: np.ndarray) -> np.ndarray:
    room = np.array([WIDTH, HEIGHT]) - 2 * EDGE
    shares = np.column_stack([places[:, 0], 1 - places[:, 1]])
    return np.rint(shares * room + EDGE).astype(int)
