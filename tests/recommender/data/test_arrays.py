import sys

import numpy as np
import psutil
import pytest

from recommender.data import arrays
from tests.file_limit import files_of_at_most


@pytest.mark.skipif(sys.platform == "darwin", reason="no process may see its maps there")
def test_what_is_loaded_takes_memory_when_it_is_read(tmp_path):
    """Its checksum reads all of it, which then is the system's cache's, not this process's."""
    arrays.save(tmp_path / "kept", {"weights": np.ones((1000, 1000))}, {})
    loaded, _ = arrays.load(tmp_path / "kept")
    assert resident("weights.npy") < loaded["weights"].nbytes / 10
    assert loaded["weights"].sum() == 1_000_000
    assert resident("weights.npy") >= loaded["weights"].nbytes


def resident(name: str) -> int:
    """Bytes of a mapped file that are in this process."""
    maps = psutil.Process().memory_maps(grouped=False)
    return sum(each.rss for each in maps if each.path.endswith(name))


def test_what_finds_no_room_half_way_leaves_what_was_there(tmp_path):
    arrays.save(tmp_path / "kept", {"weights": np.ones(10)}, {})
    with files_of_at_most(1000), pytest.raises(OSError, match=r"File too large|written"):
        arrays.save(tmp_path / "kept", {"weights": np.zeros(1000)}, {})
    assert arrays.load(tmp_path / "kept")[0]["weights"].tolist() == [1.0] * 10
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
