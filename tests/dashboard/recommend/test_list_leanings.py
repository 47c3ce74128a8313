import pytest
from pydantic import TypeAdapter, ValidationError

from dashboard.recommend.list_leanings import Surprise, Variety, update_surprise


@pytest.mark.parametrize(("sent", "meant"), [(0, 0), ("0.4", 0.4), ("-0.6", -0.6), (0.2, 0.2)])
def test_a_slider_that_was_moved_sends_text(sent, meant):
    assert TypeAdapter(Surprise).validate_python(sent, strict=True) == meant


@pytest.mark.parametrize("sent", ["", "nan", "inf", "1.1", "-1.1", "much", True, [], {}])
def test_what_no_slider_sends_is_refused(sent):
    for kind in (Surprise, Variety):
        with pytest.raises(ValidationError):
            TypeAdapter(kind).validate_python(sent, strict=True)


def test_only_the_blend_can_be_told_how_surprising_to_be():
    assert [update_surprise(key) for key in ("blend", "nmf")] == [False, True]
