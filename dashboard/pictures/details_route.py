"""What the browser asks after a film's page is there: details and poster, from TMDB by way of us.

No list and no page waits for it; without a token the routes do not exist.
"""

import json
from functools import cache

from flask import Flask, Response, request

from dashboard.pictures.kept_files import KeptFiles
from dashboard.pictures.tmdb import KEPT_DAYS, NoDetails, Tmdb
from dashboard.state.session import session
from db import queries, settings
from db.home import home

DETAILS, POSTER = "film-details", "film-poster"
ATTRIBUTION = "This product uses the TMDB API but is not endorsed or certified by TMDB."
DAY = "private, max-age=86400"


def install(server: Flask, prefix: str, tmdb: Tmdb | None = None) -> None:
    """Add the routes to `server` below the URL `prefix`, where there is a token."""
    if not tmdb and not settings.TMDB_TOKEN.value():
        return

    def details(movie: int) -> Response:
        return _details(tmdb or _of_settings(), movie)

    def poster(movie: int) -> Response:
        return _poster(tmdb or _of_settings(), movie)

    server.add_url_rule(f"{prefix}{DETAILS}/<int:movie>", "film_details", details)
    server.add_url_rule(f"{prefix}{POSTER}/<int:movie>", "film_poster", poster)


@cache
def _of_settings() -> Tmdb:
    """Of this process, made when it is first asked: what was kept for too long goes then."""
    kept = KeptFiles(home() / "tmdb", KEPT_DAYS)
    kept.sweep()
    return Tmdb(settings.TMDB_TOKEN.value(), kept)


def _details(tmdb: Tmdb, movie: int) -> Response:
    """JSON: plot, trailer, poster (whether there is one), watch ({link, names} or null), from."""
    region = request.args.get("region", "")[:2].upper()
    try:
        found = tmdb.details(_tmdb_id(movie))
    except NoDetails as error:
        return _answer({"error": str(error)}, 404, "no-store")
    watch = found["watch"].get(region)
    told = {"plot": found["plot"], "trailer": found["trailer"], "watch": watch}
    told |= {"poster": found["poster"] is not None, "from": ATTRIBUTION}
    return _answer(told, 200, DAY)


def _poster(tmdb: Tmdb, movie: int) -> Response:
    try:
        data, kind = tmdb.poster(_tmdb_id(movie))
    except NoDetails as error:
        return _answer({"error": str(error)}, 404, "no-store")
    return Response(data, 200, {"Cache-Control": DAY}, mimetype=kind)


def _tmdb_id(movie: int) -> int:
    with session() as current:
        film = queries.movie(current.connection, movie)
    if film is None or film.tmdb_id is None:
        raise NoDetails("No film here has that number and an id on TMDB")
    return film.tmdb_id


def _answer(told: dict, status: int, kept: str) -> Response:
    headers = {"Cache-Control": kept}
    return Response(json.dumps(told), status, headers, mimetype="application/json")
