"""Small handmade datasets as files, and what the importer would take of them."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db.ingest.sources import Options, open_source
from db.ingest.sources.accepted import accepted_ratings, accepted_tags
from db.ingest.sources.ordering import GivenAgain
from db.ingest.sources.source import Source


class Read:
    """Everything that the importer would take of a source, as plain Python."""

    def __init__(self, source: Source, directory: Path) -> None:
        self.source = source
        known = source.rejections.copy()
        try:
            self.ratings = self._ratings(source, directory)
            """User, film, stars, seconds."""
        except GivenAgain:
            source.rejections.restore(known)
            self.ratings = self._ratings(replace(source, scattered=True), directory)
        self.tags = [
            (int(user), int(film), text, int(when))
            for rows in accepted_tags(source)
            for user, film, when, text in zip(*rows[:4], strict=True)
        ]
        self.reasons = dict(source.rejections.reasons)
        self.rejected = [tuple(row) for row in source.rejections.first]

    @staticmethod
    def _ratings(source: Source, directory: Path) -> list[tuple]:
        return [
            (int(user), int(film), int(half) / 2, int(when))
            for rows in accepted_ratings(source, directory)
            for user, film, half, when in zip(*rows[:4], strict=True)
        ]

    @property
    def films(self) -> list[tuple]:
        """Number, title, release year or None, genres."""
        movies = self.source.movies.astype(object)
        films = movies.where(movies.notna(), None)
        return list(films.iloc[:, :4].itertuples(index=False, name=None))


@pytest.fixture
def folder(tmp_path) -> Callable[..., Path]:
    """Writes files (bytes, or text as UTF-8) into a new folder and returns it."""

    def write(files: dict[str, bytes | str], name: str = "set") -> Path:
        directory = tmp_path / name
        directory.mkdir()
        for file, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (directory / file).parent.mkdir(exist_ok=True)
            (directory / file).write_bytes(data)
        return directory

    return write


@pytest.fixture
def zipped(tmp_path) -> Callable[..., Path]:
    """Writes files into a zip, under the names given, and returns it."""

    def write(files: dict[str, bytes | str], name: str = "set.zip") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file, content in files.items():
                archive.writestr(file, content)
        return path

    return write


@pytest.fixture
def read(tmp_path) -> Callable[..., Read]:
    """Opens a source and reads all of it."""

    def read(where: Path | str, **options: object) -> Read:
        return Read(open_source(str(where), Options(**options)), tmp_path)

    return read
