"""Periodic work: who runs it, when, and what a failure does."""

from datetime import timedelta

import pytest

from classroom.operations import schedule
from classroom.operations.models import Heartbeat
from tests.factories import NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def empty_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "_jobs", {})


def job(calls: list[str], name: str = "sweep") -> schedule.Work:
    def work() -> None:
        calls.append(name)

    work.__qualname__ = name
    return schedule.every(minutes=1)(work)


@pytest.mark.django_db
def test_a_job_runs_at_once_and_then_once_a_period() -> None:
    calls: list[str] = []
    job(calls)

    for at in (NOW, NOW + MINUTE / 2, NOW + MINUTE, NOW + MINUTE * 1.5, NOW + MINUTE * 2):
        schedule.run_due(at)

    assert len(calls) == 3


@pytest.mark.django_db
def test_of_two_workers_one_runs_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    job(calls)
    schedule.run_due(NOW)

    # The second worker has read the heartbeats before the first one claimed the round.
    claim = schedule._claim
    answers = []

    def claim_twice(due: schedule.Job, at: object) -> bool:
        answers.extend([claim(due, NOW + MINUTE), claim(due, NOW + MINUTE)])
        return answers[0]

    monkeypatch.setattr(schedule, "_claim", claim_twice)
    schedule.run_due(NOW + MINUTE)

    assert answers == [True, False]
    assert len(calls) == 2


@pytest.mark.django_db
def test_a_failing_job_is_noted_without_its_words_and_stops_no_other() -> None:
    calls: list[str] = []

    def broken() -> None:
        raise ValueError("Bob wrote: I hate this")

    schedule.every(minutes=1)(broken)
    job(calls)
    schedule.run_due(NOW)

    assert calls == ["sweep"]
    beat = Heartbeat.objects.get(name__endswith="broken")
    assert beat.detail == "failed: ValueError"


@pytest.mark.django_db
def test_a_job_that_works_again_clears_its_note() -> None:
    fails = [True, False]

    def moody() -> None:
        if fails.pop(0):
            raise ValueError

    schedule.every(minutes=1)(moody)
    schedule.run_due(NOW)
    schedule.run_due(NOW + MINUTE)

    assert Heartbeat.objects.get(name__endswith="moody").detail == ""


@pytest.mark.django_db
def test_a_clock_set_back_does_not_silence_a_job() -> None:
    calls: list[str] = []
    job(calls)
    schedule.run_due(NOW + timedelta(hours=5))
    schedule.run_due(NOW)

    assert len(calls) == 2


def test_two_jobs_of_one_name_are_refused() -> None:
    job([])
    with pytest.raises(ValueError, match="Two jobs"):
        job([])
