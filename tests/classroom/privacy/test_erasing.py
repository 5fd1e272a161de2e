"""A student is erased: from every table and page, for good, while the class's figures stand."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from classroom.assignments.models import Assignment
from classroom.audit.models import AuditEvent
from classroom.discussions.models import Post
from classroom.gradebook.models import Score
from classroom.people import limits
from classroom.people.models import Membership, RateBucket, User
from classroom.people.queries import stand_ins_of, students_of
from classroom.privacy import actions, queries, tombstones
from classroom.privacy.actions import AlreadyAsked, AlreadyDecided, NotErasable
from classroom.privacy.erasing import erase, foresee
from classroom.privacy.models import ErasureRequest, LegalHold, Tombstone
from quizzes.delivery import codes
from quizzes.delivery.models import Attempt, Response, ResponseGrade
from tests import factories
from tests.classroom.privacy.conftest import NOW, answer_quiz


def everything() -> str:
    """The whole database as text."""
    lines = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names from the database itself
            lines += [f"{table}: {row!r}" for row in cursor.fetchall()]
    return "\n".join(lines).lower()


def found(canaries: dict[str, str], text: str) -> list[str]:
    return [what for what, canary in canaries.items() if canary.lower() in text.lower()]


def ask_and_carry_out(dora: User, boss: User) -> ErasureRequest:
    asked = actions.ask_for_erasure(person=dora, ground="parents", note="Dora's mother came.", by=boss, at=NOW)
    actions.carry_out_erasure(request=asked, by=boss, at=NOW)
    asked.refresh_from_db()
    return asked


def test_nothing_of_the_student_is_left_in_any_table(trail, boss):
    # trust 38
    assert len(trail.canaries) >= 12
    assert found(trail.canaries, everything()) == list(trail.canaries)

    ask_and_carry_out(trail.dora, boss)

    assert found({**trail.canaries, "note": "Dora's mother"}, everything()) == []
    assert not User.objects.filter(pk=trail.dora.pk).exists()


def test_what_a_student_tried_to_guess_goes_and_what_others_tried_stays(trail, boss, bob):
    limits.take(limits.FLAGS_BY_ACCOUNT, str(bob.pk), at=NOW)
    for student in (trail.dora, bob):
        limits.take(codes.WRONG_CODES_BY_ACCOUNT, str(student.pk), at=NOW)
        # The first number is the quiz's, and may be that of the student who is erased.
        limits.take(codes.OWN_TRIES, f"{trail.dora.pk}:{student.pk}", at=NOW)
    limits.take(codes.WRONG_CODES_FROM_ADDRESS, "1:192.0.2.1", at=NOW)

    ask_and_carry_out(trail.dora, boss)

    assert set(RateBucket.objects.values_list("key", flat=True)) == {
        f"flags:{bob.pk}",
        f"quiz-code:{bob.pk}",
        f"quiz-code-own:{trail.dora.pk}:{bob.pk}",
        "quiz-code-address:1:192.0.2.1",
    }


def test_no_page_shows_the_student_any_more(trail, boss, teacher, bob, as_user):
    # trust 38
    assignments = Assignment.objects.filter(section=trail.section)
    pages = [
        reverse("classroom:section", args=[trail.section.pk]),
        reverse("classroom:tracking", args=[trail.section.pk]),
        reverse("classroom:thread", args=[trail.thread.pk]),
        reverse("classroom:thread", args=[trail.sealed.pk]),
        reverse("classroom:moderation"),
        reverse("quizzes:responses", args=[trail.quiz.assignment_id]),
        *(reverse("classroom:assignment_responses", args=[each.pk]) for each in assignments),
    ]
    panel = [
        f"/admin/classroom/{model}/"
        for model in ("user", "membership", "score", "scoreevent", "stepanswer", "visit", "auditevent")
    ]

    def shown() -> str:
        return "".join(
            as_user(person).get(page).content.decode()
            for person, own in ((teacher, pages), (bob, pages), (boss, panel))
            for page in own
        )

    assert {"name", "user name", "answer", "post", "step answer"} <= set(found(trail.canaries, shown()))

    ask_and_carry_out(trail.dora, boss)

    assert found(trail.canaries, shown()) == []
    assert as_user(teacher).get(f"/classes/{trail.section.pk}/students/{trail.dora.pk}/").status_code == 404
    assert trail.client.get(reverse("classroom:home")).status_code == 302


def test_the_figures_of_the_class_stand(trail, bob, boss):
    answer_quiz(trail.quiz, bob, "the keeper")

    def figures() -> tuple[list[object], list[object], list[object]]:
        return (
            sorted(Score.objects.values_list("assignment", "points", "out_of")),
            sorted(ResponseGrade.objects.values_list("response__version", "fraction", "points")),
            sorted(
                (each.version_id, str(each.answer))
                for each in Response.objects.filter(version__type="choice").select_related("version")
            ),
        )

    before = figures()
    ask_and_carry_out(trail.dora, boss)

    assert figures() == before


def test_what_stays_belongs_to_a_nameless_stand_in_who_can_do_nothing(trail, boss, client):
    lasted = trail.attempt.submitted_at - trail.attempt.started_at
    ask_and_carry_out(trail.dora, boss)

    attempt = Attempt.objects.get(pk=trail.attempt.pk)
    stand_in = attempt.student
    assert (stand_in.is_stand_in, stand_in.is_active, stand_in.name) == (True, False, "")
    assert not stand_in.has_usable_password()
    assert Membership.objects.filter(user=stand_in, section=trail.section, ended_at__isnull=False).exists()
    assert stand_ins_of(trail.section) == [stand_in]
    assert stand_in not in students_of(trail.section)
    assert attempt.started_at == NOW.replace(hour=0)
    assert attempt.submitted_at - attempt.started_at == lasted
    typed = Response.objects.get(attempt=attempt, version__type="short")
    assert (typed.answer, typed.saved_at, typed.save_key) == (None, None, None)


def test_stand_ins_of_two_classes_are_not_one(trail, teacher):
    other = factories.make_section(teacher=teacher, students=(trail.dora,), name="Year 9 Art")
    for section in (trail.section, other):
        Score.objects.create(
            assignment=factories.make_assignment(section), student=trail.dora, points=1, out_of=2, updated_at=NOW
        )

    erase(person=trail.dora, at=NOW)

    holders = set(Score.objects.values_list("assignment__section", "student"))
    assert len({student for _section, student in holders}) == len(holders) == 2


def test_two_students_of_one_class_can_be_erased(trail, bob):
    answer_quiz(trail.quiz, bob, "x")
    erase(person=trail.dora, at=NOW)
    erase(person=bob, at=NOW)
    assert Attempt.objects.filter(student__is_stand_in=True).values("student").distinct().count() == 2


def test_replies_of_others_stay_below_an_empty_place(trail, alice, bob):
    own = factories.make_post(trail.thread, trail.dora, body="First.", state=Post.State.PUBLISHED)
    between = factories.make_post(trail.thread, trail.dora, body="Second.", state=Post.State.PUBLISHED, parent=own)
    reply = factories.make_post(trail.thread, alice, body="Third.", state=Post.State.PUBLISHED, parent=between)
    alone = factories.make_post(trail.thread, trail.dora, body="Alone.", state=Post.State.PUBLISHED)

    erase(person=trail.dora, at=NOW)

    assert not Post.objects.filter(pk=alone.pk).exists()
    places = Post.objects.filter(pk__in=[own.pk, between.pk])
    assert [(each.state, each.body, each.author.is_stand_in) for each in places] == [("deleted", "", True)] * 2
    assert Post.objects.get(pk=reply.pk).parent_id == between.pk
    assert Post.objects.filter(author=bob).exists()


def test_what_goes_and_what_stays_is_said_before(trail):
    lines = {str(line.about): (line.rows, line.stays) for line in foresee(trail.dora)}

    assert lines["Posts"] == (1, False)  # and one under seal
    assert lines["Scores"] == (3, True)
    assert lines["Accounts"] == (1, False)


def test_a_class_alone_can_be_forgotten(trail, teacher):
    other = factories.make_section(teacher=teacher, students=(trail.dora,), name="Year 9 Art")
    elsewhere = factories.make_post(factories.make_thread(other), trail.dora, body="Elsewhere.")

    erase(person=trail.dora, at=NOW, sections=frozenset({trail.section.pk}))

    assert list(Post.objects.filter(author=trail.dora)) == [elsewhere]
    assert not Score.objects.filter(student=trail.dora).exists()
    assert list(Membership.objects.filter(user=trail.dora).values_list("section", flat=True)) == [other.pk]


# --- The two steps ------------------------------------------------------------------------------------------------


def test_the_proof_names_nobody(trail, boss, teacher):
    asked = actions.ask_for_erasure(person=trail.dora, ground="left", note="", by=teacher, at=NOW)
    counts = actions.carry_out_erasure(request=asked, by=boss, at=NOW + timedelta(days=1))

    asked.refresh_from_db()
    assert (asked.state, asked.person_id, asked.decided_by) == ("done", None, boss)
    assert asked.counts == counts
    assert counts["classroom.Post"] == 2
    event = AuditEvent.objects.get(kind=AuditEvent.Kind.ERASED)
    assert event.detail == {"rows": sum(counts.values()), "again": False}


def test_a_request_is_made_once_and_decided_once(trail, boss, teacher):
    asked = actions.ask_for_erasure(person=trail.dora, ground="left", note="", by=teacher, at=NOW)
    with pytest.raises(AlreadyAsked):
        actions.ask_for_erasure(person=trail.dora, ground="left", note="", by=boss, at=NOW)
    actions.refuse_erasure(request=asked, answer="She has not left.", by=boss, at=NOW)
    with pytest.raises(AlreadyDecided):
        actions.refuse_erasure(request=asked, answer="No.", by=boss, at=NOW)
    with pytest.raises(AlreadyDecided):
        actions.carry_out_erasure(request=asked, by=boss, at=NOW)
    assert User.objects.filter(pk=trail.dora.pk).exists()


@pytest.mark.parametrize("on", ["person", "section"])
def test_what_is_held_stays_until_the_hold_is_lifted(trail, boss, on):
    held = {"person": trail.dora} if on == "person" else {"section": trail.section}
    asked = actions.ask_for_erasure(person=trail.dora, ground="left", note="", by=boss, at=NOW)
    hold = actions.place_hold(**held, reason="A complaint.", by=boss, at=NOW)

    with pytest.raises(NotErasable):
        actions.carry_out_erasure(request=asked, by=boss, at=NOW)
    assert User.objects.filter(pk=trail.dora.pk).exists()

    actions.lift_hold(hold=LegalHold.objects.get(pk=hold.pk), by=boss, at=NOW)
    actions.carry_out_erasure(request=asked, by=boss, at=NOW)
    assert not User.objects.filter(pk=trail.dora.pk).exists()


def test_an_account_that_teaches_is_not_erased_here(teacher, boss):
    assert queries.why_not_erasable(teacher)
    with pytest.raises(NotErasable):
        actions.ask_for_erasure(person=teacher, ground="left", note="", by=boss, at=NOW)


def test_half_an_erasure_is_none(trail, boss, monkeypatch):
    asked = actions.ask_for_erasure(person=trail.dora, ground="left", note="", by=boss, at=NOW)

    def fails(*_arguments, **_options):
        raise RuntimeError

    monkeypatch.setattr("classroom.privacy.actions.audit.record", fails)
    with pytest.raises(RuntimeError):
        actions.carry_out_erasure(request=asked, by=boss, at=NOW)
    assert found(trail.canaries, everything()) == list(trail.canaries)
    assert not Tombstone.objects.exists()


# --- Tombstones ---------------------------------------------------------------------------------------------------


def test_a_tombstone_is_in_the_table_and_in_the_file(trail, boss, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask_and_carry_out(trail.dora, boss)

    (mark,) = tombstones.in_file()
    assert Tombstone.objects.get().digest == mark.digest
    assert tombstones.file().stat().st_mode & 0o077 == 0
    assert found(trail.canaries, tombstones.file().read_text()) == []


def test_an_erased_account_that_comes_back_is_erased_once_more_and_nobody_else(trail, boss):
    row = User.objects.filter(pk=trail.dora.pk).values().get()
    ask_and_carry_out(trail.dora, boss)
    back = User.objects.create(**row)
    factories.add_member(trail.section, back)
    people = User.objects.filter(is_stand_in=False).count()

    assert tombstones.replay(at=NOW).erased == 1
    assert tombstones.replay(at=NOW).erased == 0
    assert User.objects.filter(is_stand_in=False).count() == people - 1

    # After a restore the database gives the number out again.
    User.objects.create(**{**row, "created_at": NOW + timedelta(days=3), "username": "new", "email": ""})
    assert tombstones.replay(at=NOW).erased == 0


def test_what_the_file_lacks_the_table_gives_before_a_restore(trail, boss):
    ask_and_carry_out(trail.dora, boss)
    assert tombstones.in_file() == []

    tombstones.keep_across_restore()
    tombstones.keep_across_restore()
    Tombstone.objects.all().delete()

    assert len(tombstones.in_file()) == 1
    call_command("replay_erasures")
    assert Tombstone.objects.count() == 1


def test_a_line_that_was_cut_short_is_passed_over(trail, boss):
    ask_and_carry_out(trail.dora, boss)
    tombstones.keep_across_restore()
    with tombstones.file().open("a") as file:
        file.write('{"salt": "ab')
    assert len(tombstones.in_file()) == 1
