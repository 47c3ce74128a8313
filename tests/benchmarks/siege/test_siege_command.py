"""Short forms of the siege: what is answered, never how quickly."""

import pytest

from benchmarks.siege import siege_command, slow_clients

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def besieged(database):
    with siege_command.serving() as served:
        yield served


def test_everybody_is_answered(besieged):
    port, process = besieged
    found = siege_command.capacity(port, 1.0)
    crowds = {5: siege_command.crowd(port, 5, 3.0)}
    hostile = siege_command.hostile_exports(port, 3.0)
    for answers in (*found.values(), *crowds.values(), *hostile.values()):
        assert set(answers.statuses) == {200}
    memory = siege_command.unique_memory(process)
    said = siege_command.report(found, crowds, {}, hostile, memory)
    assert "| a chart again |" in said and "MB" in said


@pytest.mark.parametrize("name", slow_clients.ATTACKS)
def test_the_health_check_answers_beside_slow_clients(besieged, name):
    assert set(siege_command.beside(besieged[0], name, 1.0).statuses) == {200}
