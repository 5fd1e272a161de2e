"""A student's record as a file: all of it, and nothing of anybody else."""

import io
import json
import re
import zipfile
from datetime import timedelta
from decimal import Decimal

from django.urls import reverse

from classroom.assignments.models import Accommodation, AssignmentOverride, StepProgress
from classroom.audit.models import AuditEvent
from classroom.discussions.models import Post
from classroom.gradebook.actions import Entry, enter_scores, record_score
from classroom.gradebook.models import ColumnSettings
from classroom.privacy.erasing import erase
from quizzes.delivery.actions import start_attempt, submit_attempt
from quizzes.delivery.showing import Tell
from tests import factories
from tests.classroom.privacy.conftest import NOW, answer_quiz

HIDDEN = {"password hash", "session", "task", "audit detail", "admin log"}
# What only their own copy has: a draft is nobody else's to see.
SEALED = {"sealed post", "draft"}


def unpacked(reply) -> tuple[str, dict[str, object]]:
    assert reply.status_code == 200
    assert "no-store" in reply["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
        assert sorted(archive.namelist()) == ["data.json", "index.html"]
        return archive.read("index.html").decode(), json.loads(archive.read("data.json"))


def found(trail, text: str) -> set[str]:
    return {what for what, canary in trail.canaries.items() if canary in text}


def test_the_school_copies_all_but_what_is_sealed(trail, boss, as_user):
    page, data = unpacked(as_user(boss).get(reverse("classroom:person_copy", args=[trail.dora.pk])))

    everything = set(trail.canaries) - HIDDEN - SEALED
    assert found(trail, page) == everything
    assert found(trail, json.dumps(data)) == everything
    assert "Canarysealed" not in page
    assert data["tables"]["classroom.Score"]["rows"][0]["points"] == "1.00"


def test_the_school_copies_what_a_student_wrote_once_their_name_was_opened(trail, boss, as_user):
    address = reverse("classroom:person_copy", args=[trail.dora.pk])
    other = factories.make_thread(
        trail.section, few=True, names="sealed", assignment=factories.make_assignment(trail.section)
    )
    factories.make_post(other, trail.dora, body="canarystillsealed")
    trail.sealed.pseudonyms.update(opened_at=NOW)

    page, data = unpacked(as_user(boss).get(address))

    assert found(trail, page) == set(trail.canaries) - HIDDEN - {"draft"}
    assert "Canarysealed" in json.dumps(data)
    assert "canarystillsealed" not in page


def test_the_students_own_copy_has_the_sealed_threads_too(trail):
    page, data = unpacked(trail.client.get(reverse("classroom:own_copy")))

    assert found(trail, page) == set(trail.canaries) - HIDDEN
    assert data["includes_sealed_threads"] is True


def test_the_way_through_a_lesson_and_what_was_given_to_the_student_are_in_it_and_go_with_them(trail, boss, as_user):
    dora = trail.dora
    Accommodation.objects.create(section=trail.section, student=dora, time_factor=Decimal("1.75"), extra_attempts=3)
    factories.make_override(trail.quiz.assignment, dora, extra_minutes=47)
    StepProgress.objects.filter(student=dora).update(seconds=421, done_at=NOW)
    page, data = unpacked(as_user(boss).get(reverse("classroom:person_copy", args=[dora.pk])))
    held = {"Accommodation": "1.75", "AssignmentOverride": 47, "StepProgress": 421}
    for model, value in held.items():
        (row,) = data["tables"][f"classroom.{model}"]["rows"]
        assert value in row.values(), row
        assert str(value) in page
    erase(person=dora, at=NOW)
    for model in (Accommodation, AssignmentOverride, StepProgress):
        assert not model.objects.exists()


def test_nobody_else_is_in_it(trail, teacher, boss, bob, alice, as_user):
    bob.name, alice.name, teacher.name = "Bobcanary", "Alicecanary", "Tesscanary"
    for person in (bob, alice, teacher):
        person.username = f"user{person.name}"
        person.save()
    answer_quiz(trail.quiz, bob, "Bobcanary-answer")
    above = factories.make_post(trail.thread, bob, body="Bobcanary-post", state=Post.State.PUBLISHED)
    factories.make_post(trail.thread, trail.dora, body="I agree.", state=Post.State.PUBLISHED, parent=above)

    for client, address in (
        (as_user(boss), reverse("classroom:person_copy", args=[trail.dora.pk])),
        (as_user(teacher), reverse("classroom:student_copy", args=[trail.section.pk, trail.dora.pk])),
        (trail.client, reverse("classroom:own_copy")),
    ):
        page, data = unpacked(client.get(address))
        assert re.findall(r"(?:Bob|Alice|Tess)canary[\w-]*", page + json.dumps(data)) == []


def test_a_teacher_copies_what_was_done_in_their_own_class_alone(trail, teacher, as_user):
    omar = factories.make_teacher("Omar")
    elsewhere = factories.make_section(teacher=omar, students=(trail.dora,), name="Art")
    factories.make_post(factories.make_thread(elsewhere), trail.dora, body="elsewherecanary")

    page, _data = unpacked(as_user(teacher).get(f"/classes/{trail.section.pk}/students/{trail.dora.pk}/copy/"))
    assert "canarypost" in page
    assert "elsewherecanary" not in page
    page, _data = unpacked(as_user(omar).get(f"/classes/{elsewhere.pk}/students/{trail.dora.pk}/copy/"))
    assert "elsewherecanary" in page
    assert "canarypost" not in page


def test_what_a_student_wrote_is_text_and_no_page(trail, boss, as_user):
    factories.make_post(trail.thread, trail.dora, body="<script>alert(1)</script>")
    page, _data = unpacked(as_user(boss).get(reverse("classroom:person_copy", args=[trail.dora.pk])))
    assert "<script>" not in page


def test_the_file_is_named_by_number_and_the_copy_is_in_the_log(trail, boss, as_user):
    reply = as_user(boss).get(reverse("classroom:person_copy", args=[trail.dora.pk]))

    assert found(trail, reply["Content-Disposition"]) == set()
    event = AuditEvent.objects.get(kind=AuditEvent.Kind.RECORD_COPIED)
    assert (event.by, event.subject_id) == (boss, trail.dora.pk)


def test_a_copy_takes_the_same_queries_for_one_answer_and_for_many(trail, boss, as_user, count_queries):
    address = reverse("classroom:person_copy", args=[trail.dora.pk])
    client = as_user(boss)
    before = count_queries(client, address)
    for number in range(3):
        factories.make_post(trail.thread, trail.dora, body=f"More {number}.", created_at=NOW + timedelta(hours=number))
    assert count_queries(client, address) == before


def test_a_students_own_copy_tells_no_score_before_it_is_released(as_user, teacher, section, alice):
    # trust 37
    work = factories.make_assignment(section)
    settings = ColumnSettings.objects.create(assignment=work, hidden=True)
    most = Decimal(500)
    record_score(
        assignment=work, student=alice, points=Decimal("327.13"), out_of=most, source="attempt:0", by=None, at=NOW
    )
    wanted = Entry(alice.pk, 1, (Decimal("328.13"), most), "Canary feedback")
    enter_scores(assignment=work, entries=[wanted], by=teacher, at=NOW, reason="Canary reason")
    told = ("327.13", "328.13", "Canary feedback", "Canary reason")

    page, data = unpacked(as_user(alice).get(reverse("classroom:own_copy")))
    assert [each for each in told if each in page or each in json.dumps(data)] == []
    by_school = reverse("classroom:student_copy", args=[section.pk, alice.pk])
    page, _data = unpacked(as_user(teacher).get(by_school))
    assert all(each in page for each in told)
    ColumnSettings.objects.filter(pk=settings.pk).update(hidden=False)
    page, _data = unpacked(as_user(alice).get(reverse("classroom:own_copy")))
    assert all(each in page for each in told)


def test_a_students_own_copy_tells_no_result_of_a_quiz_before_it_is_told(as_user, section, alice):
    # trust 37
    quiz = factories.make_quiz_assignment(section, score_told=Tell.RELEASED)
    submit_attempt(attempt=start_attempt(quiz_assignment=quiz, student=alice, at=NOW), by=None, at=NOW)
    graded = {"classroom.Score", "classroom.ScoreEvent", "quizzes.AttemptGrade", "quizzes.ResponseGrade"}

    _page, data = unpacked(as_user(alice).get(reverse("classroom:own_copy")))
    assert graded & set(data["tables"]) == set()
    assert "quizzes.Attempt" in data["tables"]


def test_a_students_own_copy_shows_no_question_of_an_attempt_under_way(as_user, section, alice):
    # trust 37
    quiz = factories.make_quiz_assignment(section)
    attempt = start_attempt(quiz_assignment=quiz, student=alice, at=NOW)
    stems = [each.version.stem for each in attempt.responses.select_related("version")]
    assert stems

    page, data = unpacked(as_user(alice).get(reverse("classroom:own_copy")))
    assert [row["version"] for row in data["tables"]["quizzes.Response"]["rows"]] == [""] * len(stems)
    assert [stem for stem in stems if stem in page or stem in json.dumps(data, ensure_ascii=False)] == []
    submit_attempt(attempt=attempt, by=None, at=NOW)
    _page, data = unpacked(as_user(alice).get(reverse("classroom:own_copy")))
    assert [row["version"] for row in data["tables"]["quizzes.Response"]["rows"]] == stems
