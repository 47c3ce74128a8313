import io
import re

from db.ingest.steps import Steps


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_elsewhere_than_on_a_terminal_each_step_is_one_line_when_done():
    out = io.StringIO()
    steps = Steps(out)
    steps.report("First")
    steps.report("First", 0.5)
    steps.report("Second", 0.25)
    steps.end()
    steps.end()
    first, second = out.getvalue().splitlines()
    assert re.fullmatch(r"First +\[#{24}\] +\d+\.\d s", first)
    assert re.fullmatch(r"Second +\[#{24}\] +\d+\.\d s", second)


def test_on_a_terminal_the_line_is_redrawn_as_the_step_goes_on():
    out = Terminal()
    steps = Steps(out)
    steps.report("Step", 0.0)
    steps.report("Step", 0.5)
    steps.report("Step", 7)
    steps.end()
    drawn = re.findall(r"\[(#*)(-*)\][^\r\n]*([\r\n])", out.getvalue())
    assert [(len(full), len(rest), end) for full, rest, end in drawn] == [
        (0, 24, "\r"),
        (12, 12, "\r"),
        (24, 0, "\r"),
        (24, 0, "\n"),
    ]
