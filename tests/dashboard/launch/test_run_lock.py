import pytest

from dashboard.launch import run_lock as launch
from dashboard.launch.launch_error import LaunchError
from dashboard.launch.run_lock import AlreadyRunning, run_lock
from db.own_files import lock_file, taken

OTHER = "http://127.0.0.1:9000/", "127.0.0.1:9000"


def test_a_second_one_says_where_the_first_is(tmp_path):
    with run_lock(tmp_path, "http://127.0.0.1:8050/", "127.0.0.1:8050"):
        with pytest.raises(AlreadyRunning) as second, run_lock(tmp_path, *OTHER):
            pass
        assert str(second.value) == "Reelscope is already running at http://127.0.0.1:8050/"
        assert second.value.bind == "127.0.0.1:8050"
    with run_lock(tmp_path, *OTHER):
        assert (tmp_path / "run.lock").read_text() == "http://127.0.0.1:9000/\n127.0.0.1:9000\n"


def test_a_lock_of_who_says_nothing_is_waited_for_a_while(tmp_path, monkeypatch):
    monkeypatch.setattr(launch, "PATIENCE", 0.2)
    with lock_file(tmp_path / "run.lock") as lock:
        assert taken(lock)
        said = r"^process \d+ \(.*\) holds .*run.lock and serves"
        with pytest.raises(LaunchError, match=said), run_lock(tmp_path, *OTHER):
            pass
