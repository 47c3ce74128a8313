"""What RESULTS.md says of EASE by a cluster."""

from benchmarks.spark.ease_command import Trained, report
from benchmarks.spark.process_costs import Spent


def test_a_row_has_seconds_and_memory_of_both():
    trained = Trained(1_000_000, Spent(61.2, 800_000_000), 2_100_000_000, Spent(30, 900_000_000), 0)
    row = "| 1,000,000 | 61 s | 30 s | 0.8 + 2.1 GB | 0.9 GB | 0 |"
    assert report([trained]).splitlines()[-1] == row
