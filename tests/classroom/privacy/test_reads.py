"""Whoever of the school looks at a student's record is in the log, and no page is shown that is not."""

import pytest
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.gradebook.models import Score
from classroom.people.access import rule_of
from classroom.privacy.reads import RECORDS, SUBJECTS
from tests.quizzes.marking.classes import essay_of, hand_in, quiz_to_mark
from tests.test_access import ours

pytestmark = pytest.mark.django_db


def reads() -> list[tuple[str, int]]:
    events = AuditEvent.objects.filter(kind=AuditEvent.Kind.RECORD_READ)
    return list(events.order_by("pk").values_list("subject_type", "subject_id"))


def test_the_page_of_a_student_is_a_read_of_their_record(section, teacher, alice, as_user):
    as_user(teacher).get(reverse("classroom:student", args=[section.pk, alice.pk]))

    event = AuditEvent.objects.get(kind=AuditEvent.Kind.RECORD_READ)
    assert (event.by, event.subject_type, event.subject_id) == (teacher, "classroom.user", alice.pk)
    assert event.detail == {"page": "classroom:student"}


def test_a_page_of_the_whole_class_is_one_line(section, teacher, as_user):
    as_user(teacher).get(reverse("classroom:tracking", args=[section.pk]))
    assert reads() == [("classroom.section", section.pk)]


def test_the_responses_to_a_quiz_and_to_a_lesson_are_reads(trail, teacher, as_user):
    lesson = trail.section.assignments.filter(kind="lesson").first()
    as_user(teacher).get(reverse("quizzes:responses", args=[trail.quiz.assignment_id]))
    as_user(teacher).get(reverse("classroom:assignment_responses", args=[lesson.pk]))
    assert reads() == [("classroom.assignment", trail.quiz.assignment_id), ("classroom.assignment", lesson.pk)]


@pytest.mark.parametrize("shows_names", [False, True])
def test_an_answer_that_is_marked_is_a_read_with_its_name_hidden_or_not(section, teacher, alice, as_user, shows_names):
    # To read an answer is to read a record, whoever it turns out to be.
    quiz = quiz_to_mark(section)
    answer = essay_of(hand_in(quiz, alice))
    client = as_user(teacher)
    queue = reverse("quizzes:grade_question", args=[quiz.assignment_id, answer.version_id])
    client.post(queue, {"names": "show" if shows_names else "hide"})
    assert reads() == []
    client.get(reverse("quizzes:to_grade", args=[section.pk]))
    client.get(queue)
    page = client.get(reverse("quizzes:grade_answer", args=[answer.pk])).content.decode()
    assert (alice.name in page) is shows_names
    assert reads() == [
        ("classroom.section", section.pk),
        ("classroom.assignment", quiz.assignment_id),
        ("quizzes.response", answer.pk),
    ]


def test_the_panels_pages_of_a_persons_rows_are_reads(trail, boss, as_user):
    ada = as_user(boss)
    score = Score.objects.filter(student=trail.dora).first()
    ada.get(reverse("admin:classroom_score_changelist"))
    ada.get(reverse("admin:classroom_score_change", args=[score.pk]))
    ada.get(reverse("admin:classroom_film_changelist"))
    assert reads() == [("classroom.score", 0), ("classroom.score", score.pk)]


def test_a_refused_look_and_a_students_own_work_are_no_reads(trail, alice, as_user):
    as_user(alice).get(reverse("classroom:student", args=[trail.section.pk, trail.dora.pk]))
    trail.client.get(reverse("classroom:home"))
    trail.client.get(reverse("quizzes:result", args=[trail.attempt.pk]))
    assert reads() == []


def test_no_page_is_shown_that_cannot_be_logged(section, teacher, alice, as_user, monkeypatch):
    def fails(**_options):
        raise RuntimeError

    monkeypatch.setattr("classroom.privacy.reads.audit.record_read", fails)
    with pytest.raises(RuntimeError):
        as_user(teacher).get(reverse("classroom:student", args=[section.pk, alice.pk]))


def test_each_address_of_a_record_says_whose_it_is() -> None:
    for _space, each in ours():
        rule = rule_of(each.callback)
        if rule is not None and rule.needs in RECORDS and "GET" in rule.methods:
            assert any(name in str(each.pattern) for name in SUBJECTS), each.name
