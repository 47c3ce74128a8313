"""Short forms of the siege: what is answered, never how quickly."""

import re

import pytest

from benchmarks.own_home import own_home
from benchmarks.siege import crowds, kills, next_visits, siege_command, siege_report
from benchmarks.siege.besieged import serving
from benchmarks.siege.memory import MemoryWatch
from benchmarks.siege.next_visits import Posts
from benchmarks.siege.page_views import HTML, record
from benchmarks.siege.soak import soak

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def besieged():
    with own_home(REELSCOPE_LOG_LEVEL="ERROR"), serving() as served:
        yield served


@pytest.fixture(scope="module")
def posts(besieged):
    return Posts()


@pytest.fixture(scope="module")
def pages(besieged):
    return record(besieged.port)


def test_a_page_is_recorded_with_all_that_it_asks(pages):
    from dashboard.page_registry import declared_pages

    assert list(pages) == [page.example for page in declared_pages()]
    assert [asked.path for asked in pages["/"]][:1] == ["/"]
    for asked in pages.values():
        assert [each.kind for each in asked].count(HTML) == 1
    assert max(map(len, pages.values())) <= 6  # charts come with their page


def test_everybody_is_answered(besieged, posts, pages):
    found = crowds.capacity(besieged.port, posts, pages, 1.0)
    wandering = next_visits.wandering(pages, posts)
    people = {5: crowds.crowd(besieged.port, wandering, 5, 3.0)}
    for answers in (*found.values(), *people.values()):
        assert set(answers.statuses) <= {200, 204}  # 204: a callback that has nothing to say
    assert "| pages, with all they ask |" in siege_report.capacity(found)
    assert "| 5 |" in siege_report.crowds(people)
    assert "`/genres`" in siege_report.requests(pages)


def test_the_health_check_answers_beside_slow_clients(besieged):
    found = crowds.beside_slow(besieged.port, 1.0)
    assert list(found) == ["none", *crowds.ATTACKS]
    assert all(set(answers.statuses) == {200} for answers in found.values())
    assert "| 140 slow bodies |" in siege_report.slow(found)


def test_others_are_answered_beside_hostile_ones(besieged, posts):
    found = crowds.beside_hostile(besieged.port, posts, 3.0)
    for others, load in found.values():
        assert set(others.statuses) == {200}
        assert set(load.statuses) <= {200, 429}
    assert "| the same export |" in siege_report.hostile(found)


def test_nothing_wrong_is_answered_whatever_is_killed(besieged, posts):
    found = kills.kill_parts(besieged, posts, 1)
    for killed in found.values():
        assert killed.answers.wrong == 0
        assert set(killed.answers.statuses) <= {200, 429, 503, 0}
    assert set(found["an importer"].answers.statuses) <= {200, 429}
    assert besieged.is_ready()
    assert "| an importer |" in siege_report.kills(found)


def test_memory_is_watched_over_a_soak(besieged, posts, pages):
    with MemoryWatch(besieged) as memory:
        soaked = soak(besieged, next_visits.wandering(pages, posts), 0.1)
        memory.look()
    assert set(soaked.answers.statuses) <= {200, 204}
    assert list(soaked.memory) == [0.0, 0.1]
    for taken in (*soaked.memory.values(), memory.last):
        assert 0 < taken.worker < taken.parts["web server and workers"] < taken.tree
        assert min(taken.parts[part] for part in ("launcher", "PostgreSQL")) > 0
    assert memory.last.tree <= memory.peaks["start"].tree
    assert "| at the end |" in siege_report.memory(memory)
    assert "0.1 minutes with 25 visitors" in siege_report.soak(soaked)
    assert ": 0 errors," in siege_report.soak(soaked)


def test_visitors_of_generated_ratings_are_answered_beside_training():
    with own_home(REELSCOPE_LOG_LEVEL="ERROR") as scratch:
        siege_command.load_generated(scratch, 20_000)
        said = siege_command.beside_training(1.0)
    assert said.startswith("20,000 generated ratings")
    answered = [line for line in said.splitlines() if line.startswith(("| 10 |", "| 50 |"))]
    assert len(answered) == 2
    for line in answered:
        assert set(re.findall(r"(\d+): ", line)) <= {"200", "204"} and "200: " in line
