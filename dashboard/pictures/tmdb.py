"""What TMDB says of a film, asked of its two hosts alone and kept for as long as it allows.

https://www.themoviedb.org/api-terms-of-use: nothing is kept for more than six months, and its name
stands beside what it gave; where to watch comes from JustWatch, which is named as well.
"""

import http.client
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from dashboard.pictures.kept_files import KeptFiles

API, IMAGES = "https://api.themoviedb.org", "https://image.tmdb.org"
KEPT_DAYS = 180  # six months are the most
TIMEOUT = 4.0  # seconds without a byte
PAUSE = 60.0  # seconds without asking, after TMDB was out of reach
AT_ONCE = 2  # questions of a process
MOST_JSON, MOST_PICTURE = 500_000, 1_000_000  # bytes
PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}
UNREACHABLE = (OSError, http.client.HTTPException)


class NoDetails(Exception):
    """TMDB gave nothing that can be used, now; the message says why."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        """To nowhere else."""


_OPENER = urllib.request.build_opener(_NoRedirect)


@dataclass
class Tmdb:
    """token: an API read access token. api, images: the only hosts that are asked."""

    token: str
    kept: KeptFiles
    api: str = API
    images: str = IMAGES
    _asking: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(AT_ONCE))
    _resume: float = 0.0

    def details(self, tmdb_id: int) -> dict:
        """plot, poster (its path there), trailer (address), watch ({region: {link, names}}).

        None for what it has not.
        Raises: NoDetails.
        """
        name = f"{tmdb_id:d}.json"
        if (known := self.kept.read(name)) is not None:
            with suppress(ValueError):  # damaged: it is asked again
                return json.loads(known)
        query = "append_to_response=videos,watch/providers"
        raw = self._get(f"{self.api}/3/movie/{tmdb_id:d}?{query}", "application/json", MOST_JSON)
        try:
            found = _told(json.loads(raw))
        except (ValueError, TypeError, AttributeError, KeyError):
            raise NoDetails("TMDB’s answer is not what its documentation says") from None
        self.kept.write(name, json.dumps(found).encode())
        return found

    def poster(self, tmdb_id: int) -> tuple[bytes, str]:
        """The picture and its type. Raises: NoDetails, where the film has none, too."""
        name = f"{tmdb_id:d}.picture"
        data = self.kept.read(name)
        if data is None or not data.startswith(tuple(PICTURES)):
            path = self.details(tmdb_id)["poster"]
            if path is None:
                raise NoDetails("TMDB has no poster of it")
            data = self._get(f"{self.images}/t/p/w342{path}", "image/", MOST_PICTURE)
            _kind(data)
            self.kept.write(name, data)
        return data, _kind(data)

    def _get(self, url: str, kind: str, most: int) -> bytes:
        if time.monotonic() < self._resume:
            raise NoDetails("TMDB was out of reach a moment ago")
        if not self._asking.acquire(blocking=False):
            raise NoDetails("TMDB is being asked for others")
        try:
            return self._read(url, kind, most)
        except urllib.error.HTTPError as error:
            raise NoDetails(f"TMDB answered {error.code}") from None
        except UNREACHABLE as error:
            self._resume = time.monotonic() + PAUSE
            raise NoDetails(f"TMDB is out of reach: {error}") from None
        finally:
            self._asking.release()

    def _read(self, url: str, kind: str, most: int) -> bytes:
        headers = {"Authorization": f"Bearer {self.token}"} if url.startswith(self.api) else {}
        request = urllib.request.Request(url, headers=headers)
        with _OPENER.open(request, timeout=TIMEOUT) as answer:
            if not answer.headers.get_content_type().startswith(kind):
                raise NoDetails(f"TMDB sent {answer.headers.get_content_type()}")
            data = answer.read(most + 1)
        if len(data) > most:
            raise NoDetails(f"TMDB sent more than {most:,} bytes")
        return data


def _kind(data: bytes) -> str:
    """By its first bytes, whatever the answer called it."""
    for start, kind in PICTURES.items():
        if data.startswith(start):
            return kind
    raise NoDetails("TMDB sent no JPEG and no PNG")


def _told(film: Mapping) -> dict:
    """What is shown of TMDB's answer."""
    poster = film.get("poster_path")
    return {
        "plot": str(film.get("overview") or "")[:2000],
        "poster": poster if isinstance(poster, str) and _is_name(poster) else None,
        "trailer": _trailer(film.get("videos", {}).get("results", [])),
        "watch": {
            region: {
                "link": offers.get("link"),
                "names": [each["provider_name"] for each in offers.get("flatrate", [])][:8],
            }
            for region, offers in film.get("watch/providers", {}).get("results", {}).items()
            if str(offers.get("link", "")).startswith("https://www.themoviedb.org/")
        },
    }


def _is_name(path: str) -> bool:
    """Whether it is a file's name below the host, as `/abc.jpg`."""
    stem, _, ending = path[1:].rpartition(".")
    return path[:1] == "/" and stem.isascii() and stem.isalnum() and ending in ("jpg", "png")


def _trailer(videos: list) -> str | None:
    for video in videos:
        key = str(video.get("key", ""))
        good = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
        if video.get("site") == "YouTube" and video.get("type") == "Trailer" and good:
            return f"https://www.youtube.com/watch?v={key}"
    return None
