"""What is past its time goes, what is held stays, and the runs are on record."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from classroom.assignments.models import StepAnswer, Visit
from classroom.audit.models import AuditEvent
from classroom.common import data_inventory
from classroom.common.data_inventory import Keep
from classroom.discussions.models import Post
from classroom.gradebook.models import Score
from classroom.people.models import Invitation, Membership, RateBucket, Section, User
from classroom.privacy import actions, retention
from classroom.privacy.models import RetentionRun, Tombstone
from tests import factories
from tests.classroom.privacy.conftest import NOW

YEAR = timedelta(days=366)


@pytest.fixture
def archived(trail) -> Section:
    Section.objects.filter(pk=trail.section.pk).update(archived_at=NOW)
    return trail.section


@pytest.mark.parametrize("table", data_inventory.personal_tables(), ids=lambda table: table.label)
def test_each_period_has_something_to_count_from(table):
    if table.keep in {Keep.CLASS, Keep.VISITS}:
        assert table.in_class or table.label == "classroom.Group"
    elif table.keep not in {Keep.SITE, Keep.ACCOUNT}:
        assert table.age in {each.name for each in table.model._meta.local_fields}


def test_a_class_that_is_in_use_keeps_all_that_was_done(trail):
    retention.run(at=NOW + 3 * YEAR)
    assert StepAnswer.objects.filter(student=trail.dora).exists()
    assert Visit.objects.filter(student=trail.dora).exists()


def test_work_goes_a_year_after_its_class_and_figures_stay(trail, archived, bob):
    scores = sorted(Score.objects.values_list("assignment", "points"))
    retention.run(at=NOW + timedelta(days=364))
    assert StepAnswer.objects.filter(student=trail.dora).exists()

    retention.run(at=NOW + YEAR)

    assert not StepAnswer.objects.exists()
    assert not Post.objects.filter(author__in=[trail.dora, bob]).exists()
    assert not Membership.objects.filter(section=archived, user=trail.dora).exists()
    assert sorted(Score.objects.values_list("assignment", "points")) == scores
    assert set(Score.objects.values_list("student__is_stand_in", flat=True)) == {True}


def test_visits_go_earlier_than_work(trail, archived):
    retention.run(at=NOW + timedelta(days=91))
    assert not Visit.objects.exists()
    assert StepAnswer.objects.exists()


def test_an_account_goes_when_no_class_is_left_and_leaves_a_tombstone(trail, archived, teacher):
    User.objects.update(created_at=NOW, last_login=NOW)
    retention.run(at=NOW + YEAR)
    assert not User.objects.filter(pk=trail.dora.pk).exists()
    assert User.objects.filter(pk=teacher.pk).exists()
    assert Tombstone.objects.count() == 3  # Alice, Bob and Dora


def test_whoever_is_in_another_class_keeps_their_account(trail, archived, teacher):
    factories.make_section(teacher=teacher, students=(trail.dora,), name="Year 10")
    retention.run(at=NOW + YEAR)
    assert User.objects.filter(pk=trail.dora.pk).exists()


@pytest.mark.parametrize("on", ["person", "section"])
def test_what_is_held_stays(trail, archived, boss, alice, on):
    held = {"person": trail.dora} if on == "person" else {"section": archived}
    actions.place_hold(**held, reason="A complaint.", by=boss, at=NOW)

    run = retention.run(at=NOW + 4 * YEAR)

    assert StepAnswer.objects.filter(student=trail.dora).exists()
    assert AuditEvent.objects.filter(subject_type="classroom.user", subject_id=trail.dora.pk).exists()
    assert (run.people_held > 0, run.classes_held) == (True, 0 if on == "person" else 1)
    assert Membership.objects.filter(user=alice).exists() is (on == "section")


def test_what_ages_by_itself_goes_by_its_own_period(trail, boss):
    now = timezone.now()
    DBTaskResult.objects.update(finished_at=now - timedelta(days=15))
    Session.objects.update(expire_date=now - timedelta(hours=1))
    RateBucket.objects.update(updated_at=now - timedelta(days=31))
    AuditEvent.objects.update(at=now - timedelta(days=3 * 365 + 1))
    Invitation.objects.create(name="Nadia", email="n@school.example", expires_at=now - timedelta(days=91))

    retention.run(at=now)

    for model in (DBTaskResult, Session, RateBucket, AuditEvent, Invitation):
        assert not model.objects.exists(), model


def test_a_dry_run_counts_and_removes_nothing(trail, archived):
    before = {table.label: table.model._base_manager.count() for table in data_inventory.personal_tables()}
    run = retention.run(at=NOW + YEAR, dry_run=True)

    assert run.dry_run
    assert run.counts["classroom.StepAnswer"] == 1
    assert run.counts["classroom.Membership"] == 3
    assert before == {table.label: table.model._base_manager.count() for table in data_inventory.personal_tables()}


def test_a_second_run_finds_nothing_more(trail, archived):
    User.objects.update(created_at=NOW, last_login=None)
    retention.run(at=NOW + 4 * YEAR)
    assert retention.run(at=NOW + 4 * YEAR).counts == {}


def test_the_log_of_a_run_names_nobody(trail, archived, capsys):
    call_command("retention", "--dry-run")
    call_command("retention")

    said = capsys.readouterr().out
    assert RetentionRun.objects.count() == 2
    for text in (said, str(list(RetentionRun.objects.values_list("counts", flat=True)))):
        assert [canary for canary in trail.canaries.values() if canary in text] == []
