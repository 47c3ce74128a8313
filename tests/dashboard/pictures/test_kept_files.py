"""What may be kept for a while, and no longer."""

import os
import time

from dashboard.pictures.kept_files import DAY, KeptFiles
from tests.file_limit import files_of_at_most


def age(kept: KeptFiles, name: str, days: float) -> None:
    then = time.time() - days * DAY
    os.utime(kept.directory / name, (then, then))


def test_a_file_is_kept_until_its_time_is_over(tmp_path):
    kept = KeptFiles(tmp_path / "new", 180)
    assert kept.read("1.json") is None
    kept.write("1.json", b"{}")
    age(kept, "1.json", 179)
    assert kept.read("1.json") == b"{}"
    age(kept, "1.json", 181)
    assert kept.read("1.json") is None
    assert list(kept.directory.iterdir()) == []


def test_sweeping_removes_what_nobody_asks_for_any_more(tmp_path):
    kept = KeptFiles(tmp_path, 180)
    for name, days in (("old", 181), ("new", 1)):
        kept.write(name, b"x")
        age(kept, name, days)
    kept.sweep()
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_a_disk_that_keeps_nothing_is_no_failure(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    kept = KeptFiles(tmp_path / "file" / "below", 180)
    kept.write("1", b"x")
    assert kept.read("1") is None


def test_what_finds_no_room_half_way_leaves_nothing(tmp_path):
    kept = KeptFiles(tmp_path, 180)
    kept.write("1", b"before")
    with files_of_at_most(1000):
        kept.write("1", b"x" * 5000)
        kept.write("2", b"x" * 5000)
    assert kept.read("1") == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["1"]
