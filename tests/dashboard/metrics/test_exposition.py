"""Read back by Prometheus' own client."""

from prometheus_client.parser import text_string_to_metric_families

from dashboard.metrics.exposition import Family, Sample, exposition

ODD = 'a "film"\\with\nlines, {braces} and ü'


def test_prometheus_reads_what_is_written():
    seconds = tuple(
        Sample(value, labels, suffix)
        for value, labels, suffix in (
            (0.25, {"route": ODD, "quantile": 0.5}, ""),
            (1e-9, {"route": ODD}, "_sum"),
            (12345678901, {"route": ODD}, "_count"),
        )
    )
    written = exposition(
        (
            Family("seconds", "summary", "How long.", seconds),
            Family.single("up", "gauge", "Whether it is.", True),
            Family("none", "gauge", "Nothing is known.", ()),
        )
    )
    read = {family.name: family for family in text_string_to_metric_families(written)}
    assert list(read) == ["seconds", "up"]
    assert (read["seconds"].type, read["seconds"].documentation) == ("summary", "How long.")
    assert [(s.name, s.labels.get("quantile"), s.value) for s in read["seconds"].samples] == [
        ("seconds", "0.5", 0.25),
        ("seconds_sum", None, 1e-9),
        ("seconds_count", None, 12345678901.0),
    ]
    assert {s.labels["route"] for s in read["seconds"].samples} == {ODD}
    assert read["up"].samples[0].value == 1
