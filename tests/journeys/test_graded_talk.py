"""A discussion is graded by a rubric that its students have read before: one by name, and one under sealed names."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from classroom.discussions.models import Post, Pseudonym, Thread
from classroom.gradebook.models import Score
from tests import factories
from tests.journeys.conftest import Visitor
from tests.journeys.talking import Talk, make_talk, write

pytestmark = pytest.mark.django_db(transaction=True)
SAID = "I would keep the light, since ships need it."
TOLD = "Say next time what the log shows."


def test_a_student_reads_how_it_is_graded_and_later_what_they_were_given(visitor: Callable[..., Visitor]) -> None:
    talk = make_talk(names=Thread.Names.SHOWN, policy=Thread.Policy.REVIEW_AFTER)
    teacher = visitor().sign_in_as(talk.teacher)
    the_teacher_writes_a_rubric(teacher, talk)
    alice = visitor(width=360, color_scheme="dark").sign_in_as(talk.alice)
    alice.go(talk.address)
    assert alice.sees("The rubric, out of 14 points")
    assert alice.sees("Reads what others wrote before writing.")
    write(alice, talk, SAID)
    factories.make_post(talk.thread, talk.bob, body="For you alone.", state=Post.State.PRIVATE)
    the_teacher_grades_both(teacher, talk)
    alice.go(talk.address)
    assert not alice.sees("Your mark")
    teacher.follow("Scores in the gradebook")
    teacher.press("Release scores and feedback to students")
    alice.page.reload()
    assert alice.sees("Your mark")
    assert alice.sees(TOLD)
    assert alice.sees("10 of 14")
    alice.follow("Your scores")
    alice.follow("Talk", exact=True)
    assert alice.sees("10 of 14")


def the_teacher_writes_a_rubric(teacher: Visitor, talk: Talk) -> None:
    teacher.go(talk.address)
    teacher.follow("Grade it with a rubric")
    line = teacher.page.get_by_role("group", name="Line 4", exact=True)
    line.get_by_label("What it looks at").fill("Listens")
    level = line.get_by_role("group", name="Line 4, level 1")
    level.get_by_label("In words").fill("Reads what others wrote before writing.")
    teacher.is_refused("Save the rubric", 422)
    assert teacher.sees("How many points does it give?")
    level.get_by_label("Points").fill("2")
    level = line.get_by_role("group", name="Line 4, level 2")
    level.get_by_label("Points").fill("0")
    level.get_by_label("In words").fill("Writes without reading.")
    teacher.press("Save the rubric")
    assert teacher.sees("nothing to grade")


def the_teacher_grades_both(teacher: Visitor, talk: Talk) -> None:
    teacher.go(talk.address)
    teacher.follow("Grade", exact=True)
    teacher.follow("Grade the next")
    assert teacher.sees(SAID)
    page = teacher.page
    page.get_by_label("2: Points to a fact or a passage").check()
    # A group of choices is one stop of the Tab key, and the arrows choose in it.
    page.get_by_role("group", name="Answers others").get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("2: Replies, and hardly").is_checked()
    page.get_by_label("2: Reads what others wrote").check()
    teacher.fill("A new comment to use again", "Good to read.")
    teacher.fill("To this student", TOLD)
    teacher.press("Save, and on to the next")
    assert teacher.sees("For you alone.")
    assert teacher.sees("has taken part")
    page.get_by_label("Good to read.").check()
    teacher.press("Save, and on to the next")
    assert teacher.sees("0 students are not graded yet.")


def test_under_sealed_names_all_marks_come_at_once_and_as_bands(visitor: Callable[..., Visitor]) -> None:
    # trust 37
    talk = make_talk(names=Thread.Names.SEALED, policy=Thread.Policy.REVIEW_AFTER)
    for student, name in ((talk.alice, "Quiet Ibis"), (talk.bob, "Calm Okapi")):
        Pseudonym.objects.create(thread=talk.thread, user=student, name=name)
        factories.make_post(talk.thread, student, body=SAID, state=Post.State.PUBLISHED)
    teacher = visitor(width=360).sign_in_as(talk.teacher)
    teacher.go(reverse("classroom:rubric", args=[talk.thread.assignment_id]))
    teacher.page.get_by_label("Hide the marks from students").uncheck()
    teacher.press("Save the rubric")
    teacher.follow("Grade the next")
    for _each in range(2):
        assert not teacher.sees("Alice")
        assert not teacher.sees("Bob")
        teacher.page.get_by_label("4: Points to facts").check()
        teacher.page.get_by_label("0: Does not answer anybody.").check()
        teacher.press("Save, and on to the next")
    assert not Score.objects.exists()
    Thread.objects.update(locked_at=factories.NOW)
    teacher.page.reload()
    teacher.page.get_by_text("Put all marks into the gradebook").click()
    teacher.press("Yes, all of them, for good")
    assert teacher.sees("All marks are in the gradebook")
    teacher.go(reverse("classroom:gradebook", args=[talk.section.pk]))
    assert teacher.sees("second third")
    teacher.go(reverse("classroom:rubric", args=[talk.thread.assignment_id]))
    alice = visitor(color_scheme="dark").sign_in_as(talk.alice)
    alice.go(talk.address)
    assert alice.sees("8 of 12")
