"""Students mark where they stand, three times; the class sees how it moved, and nobody sees who stands where."""

import io
import re
import zipfile
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom.audit.models import AuditEvent
from classroom.common.data_inventory import personal_tables
from classroom.discussions.models import Post, Task, Thread
from classroom.lessons.models import Step
from classroom.people.models import Membership, Role, User
from classroom.privacy import erasing
from classroom.stances import actions
from classroom.stances.models import OVER, Line, Mark, Moment
from tests import factories

pytestmark = pytest.mark.django_db
LINE = {"from": "would not dare", "to": "would dare"}


@pytest.fixture
def film():
    return factories.make_film()


@pytest.fixture
def thread(section, film) -> Thread:
    return factories.make_thread(section, prompt=factories.make_prompt(film, position_line=LINE))


def page_of(thread: Thread) -> str:
    return reverse("classroom:stance", args=[thread.pk])


def text(client, thread: Thread) -> str:
    reply = client.get(page_of(thread))
    assert reply.status_code == 200
    return reply.content.decode()


def mark(client, thread: Thread, place: object, moment: str = "before", **fields: object):
    sent = {"moment": moment, "place": place, **fields}
    return client.post(reverse("classroom:stance_mark", args=[thread.pk]), sent)


def close(client, thread: Thread, moment: str):
    return client.post(reverse("classroom:stance_close", args=[thread.pk]), {"moment": moment})


def fill(thread: Thread, *counts: int, moment: Moment = Moment.BEFORE) -> list[User]:
    """So many students at the line's first end, unsure, and at its other end."""
    students = []
    for place, count in zip((1, 3, 5), counts, strict=True):
        for _each in range(count):
            student = factories.make_user("Student")
            factories.add_member(thread.assignment.section, student)
            actions.mark(assignment=thread.assignment, student=student, moment=moment, place=place, moved_by=None)
            students.append(student)
    return students


def shut(thread: Thread, moment: Moment) -> None:
    """As its teacher closes it."""
    teacher = thread.assignment.section.memberships.get(role=Role.TEACHER).user
    actions.close(assignment=thread.assignment, moment=moment, by=teacher, at=factories.NOW)


def rows_of(page: str) -> dict[str, list[str]]:
    """The table of figures: by place, what stands in each column."""
    body = page.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in page else ""
    return {
        re.search(r'scope="row">(.*?)<', row)[1]: re.findall(r"<td>(.*?)</td>", row)
        for row in re.findall(r"<tr>.*?</tr>", body, re.DOTALL)
    }


# --- Marking ------------------------------------------------------------------------------------------------------


def test_a_student_marks_a_place_on_the_thread_and_moves_it(as_user, alice, thread):
    client = as_user(alice)
    shown = client.get(reverse("classroom:thread", args=[thread.pk])).content.decode()
    assert shown.index("Before you read and talk") < shown.index('id="posts"')
    assert "nearer to: would not dare" in shown

    assert mark(client, thread, 4).status_code == 302
    assert mark(client, thread, 2).status_code == 302

    assert Mark.objects.get().place == 2
    assert re.search(r'value="2" checked', text(client, thread))
    again = client.get(reverse("classroom:thread", args=[thread.pk])).content.decode()
    assert re.search(r'value="2" checked', again)


@pytest.mark.parametrize("place", ["", "0", "6", "-1", "would dare", "3.5"])
def test_a_place_that_is_not_on_the_line_is_refused(as_user, alice, thread, place):
    reply = mark(as_user(alice), thread, place)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.content.decode()
    assert not Mark.objects.exists()


def test_a_thread_without_a_line_shows_none(as_user, teacher, alice, section, count_queries, thread):
    plain = factories.make_thread(section)
    assert as_user(alice).get(page_of(plain)).status_code == 404
    assert mark(as_user(alice), plain, 3).status_code == 404
    assert close(as_user(teacher), plain, "before").status_code == 404
    assert "Where do you stand" not in as_user(alice).get(f"/threads/{plain.pk}/").content.decode()


def test_only_students_mark_and_only_who_sets_work_closes(as_user, teacher, alice, section, thread):
    ravi = factories.make_user("Ravi")
    factories.add_member(section, ravi, Role.ASSISTANT)
    assert mark(as_user(teacher), thread, 3).status_code == 404
    assert close(as_user(ravi), thread, "before").status_code == 404
    assert close(as_user(alice), thread, "before").status_code == 404
    assert not Mark.objects.exists()
    assert not Line.objects.exclude(moment=Moment.BEFORE).exists()


def test_nobody_marks_in_a_thread_that_is_closed(as_user, alice, thread):
    type(thread.assignment).objects.update(closes_at=datetime.now(UTC) - timedelta(hours=1))
    client = as_user(alice)
    assert mark(client, thread, 3).status_code == 302
    assert not Mark.objects.exists()
    assert "no mark can be made" in text(client, thread)


def test_the_three_markings_come_one_after_the_other_and_never_back(as_user, teacher, alice, thread):
    staff, student = as_user(teacher), as_user(alice)
    for moment, following in (("before", "read"), ("read", "talked"), ("talked", OVER)):
        assert mark(student, thread, 3, moment).status_code == 302
        close(staff, thread, moment)
        assert Line.objects.get().moment == following
        # A second press, and a student's old page.
        close(staff, thread, moment)
        mark(student, thread, 5, moment)
        assert Line.objects.get().moment == following
    assert list(Mark.objects.order_by("pk").values_list("moment", "place")) == [
        ("before", 3),
        ("read", 3),
        ("talked", 3),
    ]
    assert "All three markings are closed" in text(student, thread)


@pytest.mark.parametrize("fields", [{"place": 9}, {"moment": "later"}])
def test_the_database_refuses_what_is_not_on_the_line(alice, thread, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(
            **{"assignment": thread.assignment, "student": alice, "moment": "before", "place": 3, **fields}
        )


def whole(reply) -> str:
    """All that is in a copy of a record."""
    with zipfile.ZipFile(io.BytesIO(reply.content)) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist())


# --- What moved them ----------------------------------------------------------------------------------------------


def test_after_reading_a_student_says_what_moved_them(as_user, teacher, alice, bob, film, thread):
    fact = factories.make_fact(film, statement="The lamp burned for nine nights.")
    thread.prompt.facts.add(fact)
    post = factories.make_post(thread, bob, body="Somebody has to keep it lit.", state=Post.State.PUBLISHED)
    close(as_user(teacher), thread, "before")
    client = as_user(alice)
    page = text(client, thread)
    assert "Somebody has to keep it lit." in page
    assert "The lamp burned for nine nights." in page
    assert "Bob" not in page

    assert mark(client, thread, 4, "read", moved_by=f"post:{post.pk}").status_code == 302
    assert Mark.objects.get().moved_by_post == post
    assert f'value="post:{post.pk}" selected' in text(client, thread)
    mark(client, thread, 4, "read", moved_by=f"fact:{fact.pk}")
    kept = Mark.objects.get()
    assert (kept.moved_by_post, kept.moved_by_fact) == (None, fact)


def test_nobody_is_moved_by_what_they_cannot_read_nor_by_themselves(as_user, teacher, alice, bob, film, thread):
    # trust 28
    held = factories.make_post(thread, bob, body="canary-held")
    own = factories.make_post(thread, alice, state=Post.State.PUBLISHED)
    elsewhere = factories.make_post(factories.make_thread(thread.assignment.section), bob, state=Post.State.PUBLISHED)
    close(as_user(teacher), thread, "before")
    client = as_user(alice)
    assert "canary-held" not in text(client, thread)
    for ref in (f"post:{held.pk}", f"post:{own.pk}", f"post:{elsewhere.pk}", "fact:1", "post:x", "user:1"):
        assert mark(client, thread, 4, "read", moved_by=ref).status_code == 422
    assert not Mark.objects.exists()


def test_a_passage_behind_the_facts_can_have_moved_a_student(as_user, teacher, alice, film, thread):
    source = factories.make_source(film, paragraphs=2)
    first, second = source.passages.order_by("number")
    thread.prompt.facts.add(factories.make_fact(film, citations=[first]))
    students = [alice, *fill(thread, 4, 0, 6)]
    shut(thread, Moment.BEFORE)
    client = as_user(alice)
    assert "Harbour News, paragraph 1: burned so long" in text(client, thread)
    assert mark(client, thread, 2, "read", moved_by=f"passage:{second.pk}").status_code == 422

    assert mark(client, thread, 2, "read", moved_by=f"passage:{first.pk}").status_code == 302

    assert Mark.objects.get(moment="read").moved_by == ("passage", first.pk)
    assert f'value="passage:{first.pk}" selected' in text(client, thread)
    for number, student in enumerate(students):
        moved = ("passage", first.pk) if number < 5 else None
        actions.mark(assignment=thread.assignment, student=student, moment=Moment.READ, place=3, moved_by=moved)
    shut(thread, Moment.READ)
    figures = text(client, thread).split('id="figures"')[1]
    assert re.search(rf'/{source.key}/#paragraph-1">Harbour News, paragraph 1</a>: 5 students', figures)


@pytest.mark.parametrize("allowed", [True, False])
def test_the_words_of_a_passage_are_shown_where_students_may_see_them(as_user, alice, film, thread, allowed):
    source = factories.make_source(film, paragraphs=1)
    type(source).objects.update(lines_for_students=allowed)
    source.passages.update(text="canary-line")
    thread.prompt.facts.add(factories.make_fact(film))
    shut(thread, Moment.BEFORE)
    shown = text(as_user(alice), thread)
    assert ("canary-line" in shown, "burned so long" in shown) == (allowed, not allowed)


def test_whoever_moves_their_mark_on_the_thread_keeps_what_they_said_moved_them(as_user, alice, bob, thread):
    post = factories.make_post(thread, bob, state=Post.State.PUBLISHED)
    shut(thread, Moment.BEFORE)
    client = as_user(alice)
    mark(client, thread, 4, "read", moved_by=f"post:{post.pk}")

    moved = mark(client, thread, 5, "read", back="thread")

    assert moved.url == f"/threads/{thread.pk}/#stance-{thread.pk}"
    kept = Mark.objects.get()
    assert (kept.place, kept.moved_by_post) == (5, post)
    mark(client, thread, 5, "read", moved_by="")
    assert Mark.objects.get().moved_by is None


def test_whoever_is_to_post_first_is_not_told_here_what_the_others_wrote(as_user, alice, bob, thread):
    # trust 28
    Task.objects.create(assignment=thread.assignment, post_first=True, own_words=3)
    factories.make_post(thread, bob, body="canary-of-bob", state=Post.State.PUBLISHED)
    shut(thread, Moment.BEFORE)
    client = as_user(alice)
    assert "canary-of-bob" not in text(client, thread)
    factories.make_post(thread, alice, body="One two three.", words=3)
    assert "canary-of-bob" in text(client, thread)


def test_what_moved_five_is_shown_and_loses_its_words_with_the_post(as_user, teacher, alice, bob, thread):
    post = factories.make_post(thread, bob, body="Somebody has to keep it lit.", state=Post.State.PUBLISHED)
    rare = factories.make_post(thread, bob, body="Nobody needs it.", state=Post.State.PUBLISHED)
    shut(thread, Moment.BEFORE)
    students = fill(thread, 6, 6, 6, moment=Moment.READ)
    for number, student in enumerate(students):
        named = post if number < 5 else rare if number < 8 else None
        moved = ("post", named.pk) if named else None
        actions.mark(assignment=thread.assignment, student=student, moment=Moment.READ, place=3, moved_by=moved)
    close(as_user(teacher), thread, "read")

    page = text(as_user(alice), thread)

    figures = page.split('id="figures"')[1]
    assert re.search(r"Somebody has to keep it lit.</a>: 5 students", figures)
    assert "Nobody needs it." not in figures
    Post.objects.filter(pk=post.pk).update(state=Post.State.HIDDEN)
    page = text(as_user(alice), thread)
    assert "Somebody has to keep it lit." not in page
    assert "something that is not shown to you: 5 students" in page


# --- What the class is shown --------------------------------------------------------------------------------------


def test_nothing_is_shown_before_a_marking_is_closed(as_user, teacher, alice, thread):
    fill(thread, 8, 8, 8)
    for person in (teacher, alice):
        assert rows_of(text(as_user(person), thread)) == {}


@pytest.mark.parametrize(
    ("marks", "told"), [(1, "Fewer than 5"), (4, "Fewer than 5"), (5, "At least 5"), (14, "At least 10")]
)
def test_who_looks_after_every_mark_does_not_see_who_has_marked(as_user, teacher, thread, marks, told):
    fill(thread, 0, marks, 0)
    assert f"{told} students have marked a place" in text(as_user(teacher), thread)


def test_the_class_sees_how_it_moved(as_user, teacher, alice, thread):
    students = fill(thread, 12, 7, 6)
    close(as_user(teacher), thread, "before")
    for number, student in enumerate(students):
        place = 1 if number < 7 else 3 if number < 9 else 4
        actions.mark(assignment=thread.assignment, student=student, moment=Moment.READ, place=place, moved_by=None)
    close(as_user(teacher), thread, "read")

    for person in (teacher, alice):
        page = text(as_user(person), thread)
        assert rows_of(page) == {
            "would not dare": ["12", "not shown"],
            "unsure": ["7", "not shown"],
            "would dare": ["6", "16"],
        }
        assert "<svg" in page
        assert 'role="img"' in page


def test_a_class_of_seven_is_shown_nothing(as_user, teacher, alice, thread):
    fill(thread, 5, 0, 2)
    close(as_user(teacher), thread, "before")
    page = text(as_user(alice), thread)
    assert {each for cells in rows_of(page).values() for each in cells} == {"not shown"}
    assert "<svg" not in page
    assert Line.objects.get().figures == {"before": {"cells": [None, None, None], "moved": []}}


def test_figures_stay_as_they_were_shown_whoever_goes(as_user, teacher, alice, thread):
    # trust 38: one figure less would tell where the erased student stood
    students = fill(thread, 6, 6, 6)
    close(as_user(teacher), thread, "before")
    before = rows_of(text(as_user(alice), thread))

    erasing.erase(person=students[0], at=factories.NOW)
    Membership.objects.filter(user=students[1]).update(ended_at=factories.NOW)

    assert (
        rows_of(text(as_user(alice), thread))
        == before
        == {
            "would not dare": ["6"],
            "unsure": ["6"],
            "would dare": ["6"],
        }
    )
    assert Mark.objects.count() == 17


Did = tuple[str, int, int]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["mark", "mark", "mark", "mark", "close"]), st.integers(0, 15), st.integers(1, 5)),
        max_size=60,
    )
)
def test_who_looks_after_every_answer_learns_nothing_from_the_difference(thread, steps: list[Did]):
    """Figures change only with a closing, and then as the rule says."""
    with transaction.atomic():
        section = thread.assignment.section
        students = [factories.make_user(f"Student {number}") for number in range(16)]
        for student in students:
            factories.add_member(section, student)
        places: dict[str, dict[int, int]] = {moment.value: {} for moment in Moment}
        seen: dict[str, object] = {}
        for what, number, place in steps:
            open_now = (
                Line.objects.filter(assignment=thread.assignment).first() or Line(assignment=thread.assignment)
            ).moment
            if open_now == OVER:
                break
            moment = Moment(open_now)
            if what == "close":
                shut(thread, moment)
            else:
                actions.mark(
                    assignment=thread.assignment, student=students[number], moment=moment, place=place, moved_by=None
                )
                places[moment][number] = place
            shown = Line.objects.get(assignment=thread.assignment).figures
            assert {key: shown[key] for key in seen} == seen
            assert set(shown) - set(seen) <= ({moment.value} if what == "close" else set())
            seen = shown
        for moment, figure in seen.items():
            ends = Counter("from" if each < 3 else "to" if each > 3 else "unsure" for each in places[moment].values())
            truth = [ends["from"], ends["unsure"], ends["to"]]
            for cell, count in zip(figure["cells"], truth, strict=True):
                assert cell is None or cell == count >= 5
            assert sum(cell is None for cell in figure["cells"]) != 1
        transaction.set_rollback(True)


# --- Where students come by it ------------------------------------------------------------------------------------


@pytest.fixture
def lesson(section, film, thread):
    """A lesson of two steps, of which the second leads to the thread."""
    made = factories.make_lesson(film, steps=2)
    made.steps.filter(position=2).update(prompt_key=thread.prompt.key)
    set_to_class = factories.make_assignment(section, "lesson", lesson=made)
    type(set_to_class).objects.filter(pk=thread.assignment_id).update(parent=set_to_class, item_key=thread.prompt.key)
    return set_to_class


def test_a_student_marks_in_the_step_that_leads_to_the_thread(as_user, alice, thread, lesson):
    client = as_user(alice)
    step = reverse("classroom:lesson_work", args=[lesson.pk])
    assert "Before you read and talk" not in client.get(step, {"step": 1}).content.decode()
    shown = client.get(step, {"step": 2}).content.decode()
    assert shown.index("Before you read and talk") < shown.index(">Discussion: ")

    back = mark(client, thread, 4, back="lesson")

    assert back.url == f"{step}?step=2#step-2"
    assert re.search(r'value="4" checked', client.get(step, {"step": 2}).content.decode())
    shut(thread, Moment.BEFORE)
    later = client.get(step, {"all": 1}).content.decode()
    assert "Now that you have read" in later
    assert "Say what moved you" in later
    assert "checked" not in later
    for moment in (Moment.READ, Moment.TALKED):
        shut(thread, moment)
    assert "Where do you stand" not in client.get(step, {"step": 2}).content.decode()


@pytest.mark.parametrize("closing", ["closed", "locked", "withdrawn"])
def test_a_step_asks_nothing_once_its_thread_is_shut(as_user, alice, thread, lesson, closing):
    then = datetime.now(UTC) - timedelta(hours=1)
    if closing == "locked":
        Thread.objects.update(locked_at=then)
    else:
        column = {"closed": "closes_at", "withdrawn": "withdrawn_at"}[closing]
        type(lesson).objects.filter(pk=thread.assignment_id).update(**{column: then})
    page = as_user(alice).get(reverse("classroom:lesson_work", args=[lesson.pk]), {"step": 2}).content.decode()
    assert "Where do you stand" not in page


def test_a_lesson_costs_the_same_with_one_line_and_with_three(
    as_user, alice, section, film, thread, lesson, count_queries
):
    client = as_user(alice)
    page = reverse("classroom:lesson_work", args=[lesson.pk]) + "?all=1"
    client.get(page)
    few = count_queries(client, page)
    for number in (3, 4):
        prompt = factories.make_prompt(film, position_line=LINE)
        other = factories.make_thread(section, prompt=prompt).assignment
        type(other).objects.filter(pk=other.pk).update(parent=lesson, item_key=prompt.key)
        Step.objects.create(
            lesson=lesson.lesson, position=number, kind=Step.Kind.READ, minutes=5, prompt_key=prompt.key
        )
    client.get(page)
    assert client.get(page).content.decode().count("Before you read and talk") == 3
    assert count_queries(client, page) == few


def test_the_class_page_leads_its_teacher_to_the_line(as_user, teacher, section, film, thread, count_queries):
    plain = factories.make_thread(section)
    client = as_user(teacher)
    address = reverse("classroom:section", args=[section.pk])
    page = client.get(address).content.decode()
    assert page_of(thread) in page
    assert page_of(plain) not in page
    few = count_queries(client, address)
    for _each in range(2):
        factories.make_thread(section, prompt=factories.make_prompt(film, position_line=LINE))
    assert count_queries(client, address) == few


def test_who_closed_a_marking_is_in_the_log(as_user, teacher, thread):
    close(as_user(teacher), thread, "before")
    close(as_user(teacher), thread, "before")
    logged = AuditEvent.objects.get(kind=AuditEvent.Kind.MARKING_CLOSED)
    assert (logged.by, logged.subject_id, logged.detail) == (teacher, thread.assignment_id, {"moment": "before"})


# --- Nobody is told whose -----------------------------------------------------------------------------------------


def test_no_page_tells_a_teacher_or_an_admin_where_a_student_stands(as_user, teacher, alice, thread):
    # trust 13, 37
    actions.mark(assignment=thread.assignment, student=alice, moment=Moment.BEFORE, place=5, moved_by=None)
    kept = Mark.objects.get()
    boss = factories.make_user("Ada", is_staff=True, is_superuser=True)
    office = as_user(boss)
    for page in (
        reverse("admin:classroom_mark_changelist"),
        reverse("admin:classroom_mark_change", args=[kept.pk]),
    ):
        shown = office.get(page).content.decode()
        assert alice.username not in shown
        assert "would dare" not in shown
        assert not re.search(r"\bplace\b", shown)
    for asked in ({"student": alice.pk}, {"place": 5}, {"student__username": alice.username}):
        assert office.get(reverse("admin:classroom_mark_changelist"), asked).status_code == 400
    assert not admin.site._registry[Mark].has_change_permission(office.get("/").wsgi_request)
    staff = as_user(teacher)
    assert "checked" not in text(staff, thread)
    data = staff.get(reverse("classroom:student_data", args=[thread.assignment.section_id, alice.pk]))
    assert "Places on position lines" not in data.content.decode()


def test_a_mark_is_in_its_students_own_copy_and_in_no_other(as_user, teacher, alice, thread):
    # trust 38
    actions.mark(assignment=thread.assignment, student=alice, moment=Moment.BEFORE, place=5, moved_by=None)
    section = thread.assignment.section_id
    own = as_user(alice).get(reverse("classroom:own_copy"))
    others = [
        as_user(teacher).get(reverse("classroom:student_copy", args=[section, alice.pk])),
        as_user(factories.make_user("Ada", is_staff=True, is_superuser=True)).get(
            reverse("classroom:person_copy", args=[alice.pk])
        ),
    ]
    assert "Places on position lines" in whole(own)
    for other in others:
        assert other.status_code == 200
        assert "position lines" not in whole(other)


def test_every_mark_is_declared_as_its_students_alone():
    (table,) = [each for each in personal_tables() if each.model is Mark]
    assert table.sealed == Q(pk__isnull=False)


def test_the_pages_cost_the_same_with_one_mark_and_with_many(as_user, teacher, alice, thread, count_queries):
    fill(thread, 1, 0, 0)
    pages = (page_of(thread), reverse("classroom:thread", args=[thread.pk]))
    clients = as_user(teacher), as_user(alice)
    few = [count_queries(client, page) for _twice in range(2) for client in clients for page in pages][4:]
    fill(thread, 6, 6, 6)
    assert [count_queries(client, page) for client in clients for page in pages] == few
    shut(thread, Moment.BEFORE)
    plain = factories.make_thread(thread.assignment.section)
    without = count_queries(clients[1], reverse("classroom:thread", args=[plain.pk]))
    again = count_queries(clients[1], reverse("classroom:thread", args=[plain.pk]))
    assert few[3] - min(without, again) <= 1


# --- Where groups talk apart --------------------------------------------------------------------------------------


@pytest.fixture
def apart(section, film, alice, bob):
    """Alice's group and Bob's, each with a thread of its own of one discussion."""
    prompt = factories.make_prompt(film, position_line=LINE)
    work = factories.make_assignment(section, "thread", title="Talk")
    groups = [factories.make_group(section, each, name=each.name) for each in (alice, bob)]
    return [
        Thread.objects.create(assignment=work, prompt=prompt, group=each, together=Thread.Together.GROUPS)
        for each in groups
    ]


def test_groups_that_talk_apart_stand_on_one_line(as_user, teacher, alice, bob, apart):
    hers, his = apart
    assert mark(as_user(alice), hers, 2).status_code == 302
    assert mark(as_user(bob), his, 5).status_code == 302
    assert mark(as_user(bob), hers, 5).status_code == 404
    fill(hers, 5, 7, 5)

    close(as_user(teacher), his, "before")

    shown = {"would not dare": ["6"], "unsure": ["7"], "would dare": ["6"]}
    assert rows_of(text(as_user(alice), hers)) == rows_of(text(as_user(bob), his)) == shown
    # A page that was opened before does not close the next marking, whichever thread it was opened from.
    close(as_user(teacher), hers, "before")
    assert Line.objects.get().moment == Moment.READ


def test_what_another_group_wrote_is_counted_and_not_shown(as_user, alice, bob, teacher, apart):
    # trust 28
    hers, his = apart
    post = factories.make_post(his, bob, body="canary-of-another-group", state=Post.State.PUBLISHED)
    shut(hers, Moment.BEFORE)
    assert "canary" not in text(as_user(alice), hers)
    assert mark(as_user(alice), hers, 3, "read", moved_by=f"post:{post.pk}").status_code == 422
    for number, student in enumerate(fill(his, 5, 5, 5, moment=Moment.READ)):
        moved = ("post", post.pk) if number < 6 else None
        actions.mark(assignment=his.assignment, student=student, moment=Moment.READ, place=3, moved_by=moved)
    shut(his, Moment.READ)
    assert "something that is not shown to you: 6 students" in text(as_user(alice), hers)
    for person, thread in ((bob, his), (teacher, hers)):
        assert "canary-of-another-group</a>: 6 students" in text(as_user(person), thread)


def test_the_step_of_a_lesson_asks_on_the_students_own_thread(as_user, alice, bob, section, film, apart):
    hers, his = apart
    made = factories.make_lesson(film, steps=1)
    made.steps.update(prompt_key=hers.prompt.key)
    work = factories.make_assignment(section, "lesson", lesson=made)
    type(work).objects.filter(pk=hers.assignment_id).update(parent=work, item_key=hers.prompt.key)
    for person, thread in ((alice, hers), (bob, his)):
        page = as_user(person).get(reverse("classroom:lesson_work", args=[work.pk])).content.decode()
        assert reverse("classroom:stance_mark", args=[thread.pk]) in page
