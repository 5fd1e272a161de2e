"""Logs hold ids: never a name, an answer or a post."""

import logging.config

import pytest
from django.core.management import call_command
from django.urls import reverse

from classroom.operations import schedule
from classroom.privacy import actions, retention
from tests.classroom.privacy.conftest import NOW


@pytest.fixture
def written(settings, caplog):
    """What the site's own handler would have written so far, in lower case."""
    caplog.set_level(logging.INFO)
    made = logging.config.DictConfigurator({"version": 1})
    formatter = made.configure_formatter(settings.LOGGING["formatters"]["line"])
    return lambda: "\n".join(formatter.format(each) for each in caplog.records).lower()


def test_a_day_of_work_and_trouble_leaves_no_name_in_the_logs(trail, teacher, boss, as_user, client, written):
    tess, ada = as_user(teacher), as_user(boss)
    lesson = trail.section.assignments.filter(kind="lesson").first()

    # Work.
    post = {"body": "canarynewpost", "key": "5e0b2c1a-1111-4a4a-8a8a-000000000001", "parent": ""}
    trail.client.post(reverse("classroom:post_new", args=[trail.thread.pk]), post)
    answer = {"text": "canarynewstep", "revision": 1}
    trail.client.post(reverse("classroom:step_answer", args=[lesson.pk, lesson.lesson.steps.first().pk]), answer)
    tess.get(reverse("classroom:student", args=[trail.section.pk, trail.dora.pk]))
    # Trouble: a wrong password, a page that is not there, a form that is refused.
    client.post(reverse("account_login"), {"login": trail.dora.username, "password": "canarywrongpassword"})
    tess.get("/nowhere/?q=canarypost")
    trail.client.post(reverse("classroom:post_new", args=[trail.thread.pk]), {"body": "canarynewpost"})
    call_command("retention", "--dry-run")
    # And an end.
    asked = actions.ask_for_erasure(person=trail.dora, ground="left", note="canarynote", by=teacher, at=NOW)
    ada.post(reverse("classroom:erasure", args=[asked.pk]), {"username": trail.dora.username})
    retention.run(at=NOW)

    assert "/nowhere/" in written()
    assert [what for what, canary in trail.canaries.items() if canary.lower() in written()] == []
    assert "canary" not in written()


def test_an_error_is_logged_with_its_kind_and_place_and_not_with_its_words(
    trail, teacher, as_user, written, monkeypatch
):
    def fails(*_arguments, **_options):
        try:
            raise KeyError(trail.canaries["answer"])
        except KeyError as error:
            raise ValueError(f"Key (username)=({trail.dora.username}) already exists.") from error

    monkeypatch.setattr("classroom.people.queries.get_membership", fails)
    monkeypatch.setattr(schedule, "_jobs", {"x": schedule.Job("x", fails, schedule.timedelta(minutes=1))})
    tess = as_user(teacher)
    tess.raise_request_exception = False

    assert tess.get(reverse("classroom:tracking", args=[trail.section.pk])).status_code == 500
    schedule.run_due(NOW)

    assert written().count("builtins.valueerror") == 2
    assert "builtins.keyerror" in written()
    assert "test_logs.py" in written()
    assert "canary" not in written()
