from types import SimpleNamespace

import pytest

from db.server import server_settings
from db.server.server_settings import MB, dynamic_shared_memory


@pytest.mark.parametrize(
    ("mode", "megabytes", "kind"),
    [(0o1777, 512, "posix"), (0o1777, 64, "mmap"), (0o755, 4096, "mmap")],
)
def test_memory_is_shared_where_there_is_enough_for_everybody(
    tmp_path, monkeypatch, mode, megabytes, kind
):
    """Of another's directory the server ended at once: "could not open shared memory segment"."""
    shared = tmp_path / "shm"
    shared.mkdir()
    shared.chmod(mode)
    monkeypatch.setattr(server_settings, "SHARED_MEMORY", shared)
    size = SimpleNamespace(f_blocks=megabytes, f_frsize=MB)
    monkeypatch.setattr(server_settings.os, "statvfs", lambda _: size)
    assert dynamic_shared_memory() == kind


def test_a_system_without_such_a_directory_shares_memory_its_own_way(tmp_path, monkeypatch):
    monkeypatch.setattr(server_settings, "SHARED_MEMORY", tmp_path / "none")
    assert dynamic_shared_memory() == "posix"
