import os
from pathlib import Path

import pytest

from db.home import HomeError, home


def test_the_setting_wins_and_the_directory_is_made_for_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path / "a b" / "home"))

    assert home() == tmp_path / "a b" / "home"
    assert home().stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o755, 0o777])
def test_one_that_is_open_to_others_is_closed(tmp_path, monkeypatch, mode):
    (tmp_path / "home" / "models").mkdir(parents=True)
    (tmp_path / "home").chmod(mode)
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path / "home"))

    assert home().stat().st_mode & 0o777 == 0o700


def test_a_directory_with_things_of_others_stays_as_it_is(tmp_path, monkeypatch):
    (tmp_path / "shared" / "others").mkdir(parents=True)
    (tmp_path / "shared").chmod(0o1777)
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path / "shared"))

    assert home().stat().st_mode & 0o7777 == 0o1777


def test_a_home_is_its_owners_whatever_the_umask(tmp_path, monkeypatch):
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path / "a" / "home"))
    before = os.umask(0)
    try:
        made = home()
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in (made, made.parent)} == {0o700}


def test_what_is_ours_in_a_place_of_others_is_closed(tmp_path, monkeypatch):
    for name in ("models", "others"):
        (tmp_path / name).mkdir()
        (tmp_path / name).chmod(0o777)
    (tmp_path / "run.lock").touch()
    (tmp_path / "run.lock").chmod(0o666)
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path))
    home()
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {"models": 0o700, "run.lock": 0o600, "others": 0o777}


def test_a_relative_setting_means_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REELSCOPE_HOME", "here")

    assert home() == tmp_path / "here"


def test_an_unusable_place_is_one_clear_line(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path / "file" / "home"))

    with pytest.raises(HomeError, match=r"^REELSCOPE_HOME .*/home can't be written to: Not a dir"):
        home()


def test_a_file_in_its_place_is_one_clear_line(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path / "file"))

    with pytest.raises(HomeError, match="can't be written to: File exists"):
        home()


@pytest.mark.skipif(not Path("/sys/kernel").exists(), reason="needs a read-only file system")
def test_a_read_only_home_is_one_clear_line(monkeypatch):
    monkeypatch.setenv("REELSCOPE_HOME", "/sys/kernel")

    with pytest.raises(HomeError, match=r"^REELSCOPE_HOME /sys/kernel can't be written to: "):
        home()
