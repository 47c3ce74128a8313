"""A test that is skipped fails: for machines that have everything, as `make test-all` sees to.

PYTHONPATH=tests/plugins python -m pytest -p nothing_skipped
"""

import pytest


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, where nothing may be: {call.excinfo.value}"


def pytest_collectreport(report):
    if report.skipped:
        pytest.exit(f"{report.nodeid} is skipped, where nothing may be: {report.longrepr}", 1)
