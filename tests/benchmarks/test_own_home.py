"""Where benchmarks load: nothing of it is left behind."""

import os

import pytest

from benchmarks.own_home import own_home
from db.settings import DATABASE_URL, HOME, LOG_LEVEL


def test_the_environment_is_afterwards_as_it_was(monkeypatch, tmp_path):
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere")
    monkeypatch.delenv("REELSCOPE_LOG_LEVEL", raising=False)
    before = dict(os.environ)
    with pytest.raises(KeyboardInterrupt), own_home(REELSCOPE_LOG_LEVEL="ERROR") as directory:
        assert HOME.value() == directory / "home"
        assert LOG_LEVEL.value() == "ERROR"
        assert not DATABASE_URL.value()
        raise KeyboardInterrupt
    assert dict(os.environ) == before
    assert not directory.exists()
