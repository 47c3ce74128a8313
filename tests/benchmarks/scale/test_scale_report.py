"""The report and README's line hold where a peer doesn't answer a chart."""

from benchmarks.scale import scale_report

FIGURES = {
    "ratings": 1000,
    "import": {"seconds": 3.0, "copy_seconds": 1.5, "peak_rss_bytes": 2e9},
    "loading": {"DuckDB": 0.1},
    "differences": [],
    "charts": [
        {"chart": "a", "filters": "", "ms": 2.0, "peers": {"DuckDB": 6.0}},
        {"chart": "b", "filters": "", "ms": 4.0, "peers": {}},
    ],
}


def test_a_peer_is_judged_by_the_charts_it_answers():
    assert "the same numbers take 6 ms (DuckDB)." in scale_report.headline(FIGURES)
    [size] = scale_report.by_size([FIGURES])
    assert size["peers"] == {"DuckDB": 6.0}
