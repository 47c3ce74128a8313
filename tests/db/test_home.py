from pathlib import Path

import pytest

from db.home import HomeError, home


def test_the_setting_wins_and_the_directory_is_made_for_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path / "a b" / "home"))

    assert home() == tmp_path / "a b" / "home"
    assert home().stat().st_mode & 0o777 == 0o700


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
