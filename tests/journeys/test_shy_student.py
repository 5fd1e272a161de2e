"""A shy student takes part under a sealed name, moves on a position line that nobody sees, and passes on one prompt."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core import mail
from django.urls import reverse

from classroom.assignments.models import Assignment
from classroom.discussions.models import Post, Thread
from classroom.people.models import User
from classroom.stances import actions as stances
from classroom.stances.models import Mark, Moment
from tests import factories
from tests.journeys.conftest import Visitor
from tests.journeys.talking import Talk, everything_of, make_talk, the_worker_runs_for_a_minute

pytestmark = pytest.mark.django_db(transaction=True)
LINE = {"from": "would not dare", "to": "would dare"}
SAID = "I would help, but not under my name."
TO_HER_TEACHERS = "My uncle was on such a list, so I would not talk of it here."


@dataclass
class Lesson:
    talk: Talk
    work: Assignment
    classmates: list[User]


@pytest.fixture
def lesson() -> Lesson:
    """A lesson whose second step leads to a sealed thread with a position line; sixteen classmates besides."""
    film = factories.make_film()
    prompt = factories.make_prompt(film, position_line=LINE, text="Would you hang up the names?")
    prompt.facts.add(factories.make_fact(film, statement="The lamp burned for nine nights."))
    talk = make_talk(prompt=prompt, few=True, names=Thread.Names.SEALED, policy=Thread.Policy.REVIEW_AFTER)
    read = factories.make_lesson(film, steps=2, title="The names")
    read.steps.filter(position=2).update(prompt_key=prompt.key)
    work = factories.make_assignment(talk.section, lesson=read, title="The names")
    Assignment.objects.filter(pk=talk.thread.assignment_id).update(parent=work, item_key=prompt.key)
    classmates = [factories.make_user(f"Student {number}") for number in range(16)]
    for each in classmates:
        factories.add_member(talk.section, each)
    return Lesson(talk, work, classmates)


def test_a_shy_student_takes_part_sealed_and_moves_on_the_line(lesson: Lesson, visitor: Callable[..., Visitor]) -> None:
    alice = visitor(width=360, color_scheme="dark").sign_in_as(lesson.talk.alice)
    teacher = visitor().sign_in_as(lesson.talk.teacher)
    she_marks_her_place_in_the_lesson(alice)
    the_rest_of_the_class_stand(lesson, Moment.BEFORE)
    the_teacher_closes(teacher, lesson.talk, "Close this marking, and open the second")
    she_writes_under_a_seal(alice, lesson.talk)
    bob = visitor(width=360).sign_in_as(lesson.talk.bob)
    bob_reads_it_and_moves(bob, lesson.talk)
    she_moves(alice, lesson.talk)
    the_rest_of_the_class_stand(lesson, Moment.READ)
    the_teacher_closes(teacher, lesson.talk, "Close this marking, and open the third")
    the_class_sees_how_it_moved(alice)
    nobody_can_tell_whose(teacher, lesson)


def she_marks_her_place_in_the_lesson(alice: Visitor) -> None:
    alice.go("/home/")
    alice.follow("The names", exact=True)
    alice.follow("Next: Step 2")
    assert alice.sees("Before you read and talk: where do you stand?")
    place = alice.page.get_by_role("group", name="Before you read").get_by_label("nearer to: would not dare")
    place.check()
    alice.press("Mark my place")
    assert alice.page.url.endswith("?step=2#step-2")
    assert place.is_checked()
    assert "Nobody else sees it." in alice.page.inner_text("body")


def the_rest_of_the_class_stand(lesson: Lesson, moment: Moment) -> None:
    for number, student in enumerate(lesson.classmates):
        stances.mark(
            assignment=lesson.talk.thread.assignment, student=student, moment=moment, place=(1, 3, 5)[number % 3]
        )


def the_teacher_closes(teacher: Visitor, talk: Talk, button: str) -> None:
    teacher.go(f"/classes/{talk.section.pk}/")
    teacher.follow("Position line")
    assert teacher.sees("At least 15 students have marked a place.")
    teacher.page.get_by_text(button).click()
    teacher.press("Yes, close it for good")


def she_writes_under_a_seal(alice: Visitor, talk: Talk) -> None:
    alice.page.reload()
    alice.follow("Discussion: Talk")
    assert alice.sees("Classmates and teachers will see you as")
    alice.page.locator("#id_body").fill(SAID)
    alice.open(alice.page.locator("#submit-id-submit"))
    assert alice.sees(SAID)


def bob_reads_it_and_moves(bob: Visitor, talk: Talk) -> None:
    bob.go(talk.address)
    assert bob.sees(SAID)
    bob.page.get_by_role("group", name="Now that you have read").get_by_label("would dare", exact=True).check()
    bob.press("Mark my place")
    bob.follow("Say what moved you")
    bob.page.get_by_label("What moved you there?").select_option(f"post:{Post.objects.get().pk}")
    bob.press("Move my mark")
    assert Mark.objects.get(student=talk.bob).moved_by == ("post", Post.objects.get().pk)


def she_moves(alice: Visitor, talk: Talk) -> None:
    alice.follow("Back to the lesson")
    alice.page.get_by_role("group", name="Now that you have read").get_by_label("would dare", exact=True).check()
    alice.press("Mark my place")
    alice.follow("Say what moved you")
    alice.page.get_by_label("What moved you there?").select_option("The lamp burned for nine nights.")
    alice.press("Move my mark")
    assert "Nobody else sees it." in alice.page.inner_text("body")


def the_class_sees_how_it_moved(alice: Visitor) -> None:
    alice.page.reload()
    alice.look()
    rows = alice.page.locator("table tbody tr").all_inner_texts()
    assert [row.split() for row in rows] == [
        ["would", "not", "dare", "7", "6"],
        ["unsure", "5", "5"],
        ["would", "dare", "5", "7"],
    ]
    # She marks the third time or leaves it out: nothing is asked of her.
    assert alice.sees("Now that the class has talked: where do you stand?")


def nobody_can_tell_whose(teacher: Visitor, lesson: Lesson) -> None:
    # trust 37
    talk = lesson.talk
    sealed = Post.objects.get()
    pseudonym = talk.thread.pseudonyms.get(user=talk.alice).name
    teacher.go(talk.address)
    assert teacher.sees(pseudonym)
    assert not teacher.sees("Alice")
    told_with_the_fourth(teacher, talk)
    assert not teacher.sees(SAID)
    assert not teacher.sees(pseudonym)
    pages = everything_of(talk.teacher, talk)
    told = [line for line in pages.splitlines() if "Alice" in line and (pseudonym in line or sealed.body in line)]
    assert told == []


def told_with_the_fourth(teacher: Visitor, talk: Talk) -> None:
    """That she has taken part is not told at once: the first mark would tell whose the first post is."""
    teacher.go(reverse("classroom:student", args=[talk.section.pk, talk.alice.pk]))
    assert teacher.sees("of this student it is not told")
    assert not teacher.sees("Taken part.")
    factories.let_others_write(talk.thread, talk.alice)
    teacher.go(reverse("classroom:student", args=[talk.section.pk, talk.alice.pk]))
    assert teacher.sees("Taken part.")


def test_on_one_prompt_she_passes_and_has_taken_part(lesson: Lesson, visitor: Callable[..., Visitor]) -> None:
    talk = lesson.talk
    alice = visitor(width=360).sign_in_as(talk.alice)
    alice.go(talk.address)
    alice.follow("Answer your teachers alone instead")
    alice.fill("Your answer", TO_HER_TEACHERS)
    alice.press("Send it to my teachers")
    assert alice.sees("Your teachers have it. You have taken part.")
    the_worker_runs_for_a_minute()
    # trust 28, 37
    for person in (talk.bob, talk.alice):
        assert (TO_HER_TEACHERS in everything_of(person, talk)) == (person == talk.alice)
    told = "".join(each.body for each in mail.outbox)
    assert TO_HER_TEACHERS not in told
    teacher = visitor(color_scheme="dark").sign_in_as(talk.teacher)
    teacher.go(talk.address)
    teacher.follow("1 student has answered the teachers alone")
    assert teacher.sees(TO_HER_TEACHERS)
    assert not teacher.sees("Alice")
    told_with_the_fourth(teacher, talk)
    assert not teacher.sees(TO_HER_TEACHERS)
    alice.go(reverse("classroom:lesson_work", args=[lesson.work.pk]) + "?step=2")
    assert alice.page.locator("#step-2-state").inner_text() == "done"
