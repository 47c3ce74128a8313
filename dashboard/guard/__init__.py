"""Dash behind a guard: bad requests are refused early, failures are told plainly, answers are safe.

`install(app)` once, when the app is built; `warm(app)` in every worker before it serves.
"""

from dash import Dash

from dashboard.guard import (
    addresses,
    answers_together,
    callback_posts,
    compression,
    costly,
    failures,
    headers,
    kept_answers,
    request_log,
)

VERSIONS = {"python_version", "dash_version"}


def install(app: Dash, exists: addresses.Exists = lambda path: True) -> None:
    """Put the guard around `app`.

    exists: whether there is something at a page's path with variables, such as "/films/318".
    """
    request_log.install(app)
    addresses.install(app, exists)
    costly.install_early(app)
    callback_posts.install(app)
    answers_together.install(app)
    kept_answers.install(app)
    costly.install(app)
    failures.install(app)
    compression.install(app)
    headers.install(app)
    _hide_versions(app)


def warm(app: Dash) -> None:
    """Make `app` ready to serve: Dash sets itself up in its first request, which must be alone.

    Raises RuntimeError if the first page can't be built; callbacks would then never work.
    """
    answer = app.server.test_client().get(app.config.routes_pathname_prefix)
    if answer.status_code != 200:
        raise RuntimeError(f"The first page can't be built: {answer.get_data(as_text=True)}")


def _hide_versions(app: Dash) -> None:
    """Leave Python's and Dash's versions out of every page; only the developer tools read them."""
    config = app._config

    def without_versions() -> dict:
        return {key: value for key, value in config().items() if key not in VERSIONS}

    app._config = without_versions  # type: ignore[method-assign]  # Dash has no setting for it
