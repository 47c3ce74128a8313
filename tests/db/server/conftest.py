"""Homes for embedded servers."""

import tempfile
from pathlib import Path

import pytest

from db.server import running


@pytest.fixture
def home():
    """Not tmp_path, which is too long for a socket on macOS."""
    with tempfile.TemporaryDirectory(prefix="rs", dir="/tmp") as directory:
        yield Path(directory).resolve()


@pytest.fixture(scope="module")
def made():
    """A home whose cluster exists, for tests that leave it as good as they found it."""
    with tempfile.TemporaryDirectory(prefix="rs", dir="/tmp") as directory:
        with running(Path(directory).resolve()):
            pass
        yield Path(directory).resolve()
