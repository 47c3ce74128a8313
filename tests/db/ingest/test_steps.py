import gc
import io
import re

from db.ingest.steps import Steps


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def bars(out: io.StringIO) -> list[tuple[int, int]]:
    """How long the full and the empty part of each drawn bar are."""
    return [(len(a), len(b)) for a, b in re.findall(r"\[(#*)(-*)\] +\d+\.\d s", out.getvalue())]


def test_elsewhere_than_on_a_terminal_each_step_is_one_line_when_done():
    out = io.StringIO()
    steps = Steps(out)
    steps.report("First")
    steps.report("First", 0.5)
    assert out.getvalue() == ""
    steps.report("Second", 0.25)
    steps.end()
    steps.end()
    first, second = out.getvalue().splitlines()
    assert re.fullmatch(r"First {31} \[#{24}\] +\d+\.\d s", first)
    assert re.fullmatch(r"Second {30} \[#{24}\] +\d+\.\d s", second)


def test_on_a_terminal_the_line_is_redrawn_as_the_step_goes_on():
    out = Terminal()
    steps = Steps(out)
    steps.report("Step", 0.0)
    steps.report("Step", 0.5)
    steps.report("Step", 7)
    assert "\n" not in out.getvalue()
    steps.end()
    assert [bar for n, bar in enumerate(bars(out)) if bar not in bars(out)[:n]] == [
        (0, 24),
        (12, 12),
        (24, 0),
    ]
    assert out.getvalue().count("\n") == 1 and out.getvalue().endswith("\n")


def test_each_step_keeps_its_line_on_a_terminal():
    out = Terminal()
    steps = Steps(out)
    for label in ("First", "Second"):
        steps.report(label)
    steps.end()
    first, second, rest = (line.rpartition("\r")[2] for line in out.getvalue().split("\n"))
    assert (first.split()[0], second.split()[0], rest) == ("First", "Second", "")


def test_an_interrupted_step_is_not_called_done():
    for out in (Terminal(), io.StringIO()):
        steps = Steps(out)
        steps.report("Step", 0.5)
        del steps
        gc.collect()
        assert (24, 0) not in bars(out) and "\n" not in out.getvalue()
