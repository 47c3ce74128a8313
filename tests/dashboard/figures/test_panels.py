import pytest

from dashboard.figures.panels import panels
from dashboard.theme import LIGHT
from tests.dashboard.figures.validated import validated


def test_panels_share_the_room_and_leave_some_between():
    new = validated(panels(LIGHT, 2, 2, across=0.2, down=0.1, widths=[3, 1]))
    assert new.layout.xaxis.domain == pytest.approx((0, 0.6))
    assert new.layout.xaxis4.domain == pytest.approx((0.8, 1))
    assert new.layout.yaxis.domain == pytest.approx((0.55, 1)), "the first row is on top"
    assert new.layout.yaxis3.domain == pytest.approx((0, 0.45))


def test_traces_and_axes_are_of_the_panel_that_is_named():
    new = panels(LIGHT, 1, 2, shared_y=True).add_scatter(x=[1], y=[2], row=1, col=2)
    new.update_xaxes(title="below the second", row=1, col=2)
    new.update_yaxes(nticks=5)
    drawn = validated(new)
    assert (drawn.data[0].xaxis, drawn.data[0].yaxis) == ("x2", "y2")
    assert drawn.layout.xaxis.title.text is None
    assert drawn.layout.xaxis2.title.text == "below the second"
    assert drawn.layout.yaxis.nticks == drawn.layout.yaxis2.nticks == 5
    assert drawn.layout.yaxis2.matches == "y"
