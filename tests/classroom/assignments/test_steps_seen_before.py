"""What students did before steps were counted stays done."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from classroom.assignments.models import StepAnswer, StepProgress, Visit
from classroom.people.models import Section, User
from tests import factories

pytestmark = pytest.mark.django_db


def test_steps_that_were_seen_and_answered_are_done(section: Section, alice: User, bob: User) -> None:  # trust 41
    lesson = factories.make_lesson(factories.make_film(), steps=4)
    read, written, check, discuss = lesson.steps.order_by("position")
    lesson.steps.filter(pk=written.pk).update(answer="short")
    lesson.steps.filter(pk=check.pk).update(quiz_key="check")
    lesson.steps.filter(pk=discuss.pk).update(prompt_key="talk")
    work = factories.make_assignment(section, lesson=lesson)
    first, later = factories.NOW, factories.NOW + timedelta(hours=1)
    for student in (alice, bob):
        Visit.objects.create(assignment=work, student=student, first_at=first, last_at=later, done_at=later)
    StepAnswer.objects.create(assignment=work, step=written, student=alice, text="The keeper.", saved_at=later)
    import_module("classroom.migrations.0008_steps_seen_before").tell(apps, None)
    told = {(each.student, each.step): each.done_at for each in StepProgress.objects.all()}
    assert told == {
        (alice, read): first,
        (alice, written): later,
        (alice, check): None,
        (bob, read): first,
        (bob, written): None,
        (bob, check): None,
    }
    assert Visit.objects.filter(done_at=later).count() == 2
