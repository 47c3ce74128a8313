"""A worker is warmed by one request before it serves, with or without a database."""

import pytest
from dash import Dash

from dashboard import guard


def test_all_callbacks_are_registered_then(app):
    assert "_pages_dummy.children" in app.callback_map  # Dash adds it in the first request


def test_says_why_the_first_page_cannot_be_built(new_registries):
    app = Dash("broken", pages_folder="", suppress_callback_exceptions=True)
    app.layout = lambda: 1 / 0
    guard.install(app)
    with pytest.raises(RuntimeError, match=r"can't be built: Something went wrong here\."):
        guard.warm(app)
