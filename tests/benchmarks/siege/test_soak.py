"""What a soak says of memory."""

import pytest

from benchmarks.siege import siege_report
from benchmarks.siege.memory import Memory
from benchmarks.siege.soak import Soaked
from benchmarks.siege.visitors import Answered, Answers

ANSWERS = Answers(60.0, [Answered("charts", 200, 5.0, True)])


def soaked(minutes: float, **worker_at: float) -> Soaked:
    """With a largest worker's MB after so many minutes; all processes have ten times as much."""
    marks = {float(mark.removeprefix("m")): mb for mark, mb in worker_at.items()}
    memory = {mark: Memory(mb, 10 * mb, {}) for mark, mb in marks.items()}
    return Soaked(minutes, ANSWERS, memory)


def test_growth_is_told_by_ten_minutes_once_the_first_are_over():
    found = soaked(30.0, m0=40, m1=70, m5=100, m10=102, m15=104, m20=106, m25=108, m30=110)
    assert found.growth(lambda taken: taken.worker) == pytest.approx(4.0)
    said = siege_report.soak(found)
    assert said.endswith("In 10 minutes the largest worker grows by 4.0 MB, all by 40.0.")
    assert "| 25 minutes | 108 |" in said


def test_a_short_soak_grows_from_its_first_look():
    found = Soaked(0.5, ANSWERS, {0.0: Memory(40.0), 0.5: Memory(41.0)})
    assert found.growth(lambda taken: taken.worker) == pytest.approx(20.0)
