"""What RESULTS.md says of a cluster's import."""

from benchmarks.spark.spark_command import Loaded, report


def loaded(ratings: int, spark: float, load: float) -> Loaded:
    return Loaded(
        ratings=ratings, spark_seconds=spark, spark_bytes=1_500_000_000, load_seconds=load
    )


def test_a_billion_is_told_by_the_last_slope():
    told = report([loaded(1_000_000, 60, 20), loaded(11_000_000, 110, 40)])
    assert "| 11,000,000 | 110 s | 40 s | 2.8 × | 1.5 GB |" in told
    assert "further million takes 5.0 s" in told
    assert "about 1.4 hours" in told  # 110 s + 989 million at 5 s


def test_one_size_has_no_slope():
    assert "billion" not in report([loaded(1_000_000, 60, 20)])
