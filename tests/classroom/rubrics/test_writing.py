"""A teacher writes a discussion's rubric, and students read it before they write; a changed one counts all anew."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.discussions.models import Task, Thread
from classroom.gradebook.models import ColumnSettings, Score, ScoreEvent
from classroom.people.models import Role, Section
from classroom.rubrics import actions, criteria
from classroom.rubrics.criteria import Criterion, Level
from classroom.rubrics.models import Assessment, Rubric, RubricVersion
from tests import factories
from tests.classroom.assignments.test_new_year import copy
from tests.classroom.rubrics.graded import (
    FULL,
    SOME,
    grade,
    grade_with_rubric,
    list_of,
    page_of,
    rubric_page,
    rubric_sent,
    sent,
    thread_page,
    wrote,
)
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def thread(section) -> Thread:
    thread = factories.make_thread(section, names=Thread.Names.SHOWN)
    return Thread.objects.select_related("assignment__section").get(pk=thread.pk)


def text(client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200
    return reply.content.decode()


def worth(points: int, *, title: str = "Uses the sources") -> list[Criterion]:
    """The rubric to start from with another best level of one line."""
    lines = criteria.to_start_from()
    return [
        replace(each, levels=(replace(each.levels[0], points=Decimal(points)), *each.levels[1:]))
        if each.title == title
        else each
        for each in lines
    ]


def change(thread: Thread, by, lines: list[Criterion], number: int = 1, reason: str = "It was too much.") -> int:
    return actions.save_rubric(assignment=thread.assignment, lines=lines, number=number, by=by, at=LATER, reason=reason)


# --- Writing it ---------------------------------------------------------------------------------------------------


def test_a_teacher_grades_a_discussion_with_a_rubric_that_is_there_to_start_from(
    as_user, section, teacher, alice, thread
) -> None:
    client = as_user(teacher)
    assert rubric_page(thread) in text(client, thread_page(thread))
    assert "How this is graded" not in text(as_user(alice), thread_page(thread))
    page = text(client, rubric_page(thread))
    assert 'value="Takes part"' in page
    mine = worth(6)
    assert client.post(rubric_page(thread), rubric_sent(mine, hidden="on")).status_code == 302
    shown = text(as_user(alice), thread_page(thread))
    assert shown.index("Points to facts or passages, and says what they show.") < shown.index('id="posts"')
    assert "out of 14 points" in shown
    assert list_of(thread) not in shown
    assert ColumnSettings.objects.get().hidden
    assert AuditEvent.objects.filter(kind="grading-changed", by=teacher).exists()


def test_lines_and_levels_are_added_emptied_and_given_room(as_user, teacher, thread) -> None:
    client = as_user(teacher)
    typed = rubric_sent() | {"c3-title": "Is kind", "do": "more"}
    more = client.post(rubric_page(thread), typed)
    assert more.status_code == 200
    assert 'value="Is kind"' in more.content.decode()
    assert 'name="c4-title"' in more.content.decode()
    assert not Rubric.objects.exists()
    typed = rubric_sent() | {"c2-title": "", "c3-title": "Is kind"}
    typed |= {f"c2-l{place}-{name}": "" for place in range(3) for name in ("points", "text")}
    typed |= {"c3-l0-points": "2", "c3-l0-text": "Always.", "c3-l1-points": "0", "c3-l1-text": "Never."}
    typed |= {"c1-l2-points": "", "c1-l2-text": ""}
    assert client.post(rubric_page(thread), typed).status_code == 302
    lines = RubricVersion.objects.get().lines
    assert [(each.title, len(each.levels)) for each in lines] == [
        ("Takes part", 3),
        ("Uses the sources", 2),
        ("Is kind", 2),
    ]
    assert [each.takes_part for each in lines] == [True, False, False]


WRONG = [
    ({"c0-title": ""}, "Say what this line looks at."),
    ({"c0-l0-points": ""}, "How many points does it give?"),
    ({"c0-l0-points": "-1"}, "greater than or equal to 0"),
    ({"c0-l0-points": "1001"}, "less than or equal to 1000"),
    ({"c0-l0-points": "1.234"}, "2 decimal places"),
    ({"c0-l0-points": "many"}, "Enter a number."),
    ({"c0-l0-text": ""}, "Say in words what earns these points."),
    ({"c0-l0-text": "x" * 201}, "at most 200 characters"),
    ({"c0-l0-points": "0", "c0-l1-points": "0"}, "Its best level needs points."),
    ({f"c0-l{at}-{name}": "" for at in (1, 2) for name in ("points", "text")}, "Write at least two levels for it"),
]


@pytest.mark.parametrize(("wrong", "told"), WRONG)
def test_what_is_wrong_with_a_rubric_is_said_and_what_was_typed_is_kept(as_user, teacher, thread, wrong, told) -> None:
    reply = as_user(teacher).post(rubric_page(thread), rubric_sent() | {"c1-title": "My own line"} | wrong)
    page = reply.content.decode()
    assert reply.status_code == 422
    assert told in page
    assert "My own line" in page
    assert not RubricVersion.objects.exists()


def test_an_empty_rubric_is_none(as_user, teacher, thread) -> None:
    reply = as_user(teacher).post(rubric_page(thread), {"number": 0})
    assert reply.status_code == 422
    assert "A rubric has one line at least." in reply.content.decode()


def test_the_form_sent_twice_makes_one_rubric(as_user, teacher, thread) -> None:
    new = [
        *criteria.to_start_from(),
        Criterion("", "Is kind", (Level("", Decimal(1), "Yes."), Level("", Decimal(0), "No."))),
    ]
    for _each in range(2):
        assert as_user(teacher).post(rubric_page(thread), rubric_sent(new)).status_code == 302
    assert RubricVersion.objects.count() == 1


def test_of_two_who_change_it_the_second_is_told_and_sees_both(as_user, section, teacher, thread) -> None:
    colleague = factories.make_teacher("Una")
    factories.add_member(section, colleague, Role.TEACHER)
    grade_with_rubric(thread, teacher)
    assert as_user(colleague).post(rubric_page(thread), rubric_sent(worth(7), number=1)).status_code == 302
    reply = as_user(teacher).post(rubric_page(thread), rubric_sent(worth(9), number=1))
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "<strong>7</strong> Points to facts" in page
    assert re.search(r'name="c1-l0-points" value="9"', page)
    assert as_user(teacher).post(rubric_page(thread), rubric_sent(worth(9), number=2)).status_code == 302
    assert list(RubricVersion.objects.order_by("number").values_list("by__name", flat=True)) == ["Tess", "Una", "Tess"]


def test_a_discussion_is_graded_no_more_until_somebody_was_graded(as_user, teacher, alice, thread) -> None:
    grade_with_rubric(thread, teacher)
    client = as_user(teacher)
    assert client.post(rubric_page(thread), {"do": "remove"}).status_code == 302
    assert not Rubric.objects.exists()
    assert "How this is graded" not in text(as_user(alice), thread_page(thread))
    grade_with_rubric(thread, teacher)
    wrote(thread, alice)
    grade(thread, alice, teacher)
    client.post(rubric_page(thread), {"do": "remove"})
    assert Rubric.objects.exists()
    assert "take the rubric away" not in text(client, rubric_page(thread))


def test_what_the_thread_asks_is_changed_beside_it(as_user, teacher, thread) -> None:
    """The mark that a rubric grades it stands with what is asked, and does not make that stale."""
    client = as_user(teacher)
    address = reverse("classroom:thread_task", args=[thread.pk])
    grade_with_rubric(thread, teacher)
    typed = {"revision": 0, "own_words": 20, "replies": 1, "sources": 0}
    assert client.post(address, typed).status_code == 302
    assert Task.objects.values_list("is_graded", "own_words").get() == (True, 20)


# --- Counting anew ------------------------------------------------------------------------------------------------


def test_other_points_count_for_those_who_were_graded_before_with_the_reason(
    as_user, teacher, alice, bob, thread
) -> None:
    grade_with_rubric(thread, teacher)
    for student, levels in ((alice, FULL), (bob, SOME)):
        wrote(thread, student)
        grade(thread, student, teacher, levels, feedback="Well seen.")
    client = as_user(teacher)
    refused = client.post(rubric_page(thread), rubric_sent(worth(2), number=1))
    assert refused.status_code == 422
    assert "say why it changes" in refused.content.decode()
    reply = client.post(rubric_page(thread), rubric_sent(worth(2), number=1, reason="Too much."), follow=True)
    assert "2 marks are counted anew." in reply.content.decode()
    assert dict(Score.objects.values_list("student__name", "points")) == {"Alice": 10, "Bob": 6}
    assert dict(Score.objects.values_list("student__name", "out_of")) == {"Alice": 10, "Bob": 10}
    last = ScoreEvent.objects.filter(kind="regraded", student=alice).get()
    assert last.reason == "Too much."
    assert list(Assessment.objects.filter(student=alice).values_list("number", "cause", "feedback")) == [
        (1, "read", "Well seen."),
        (2, "rubric", "Well seen."),
    ]


def test_a_new_line_waits_to_be_graded_and_takes_the_score_back_until_it_is(as_user, teacher, alice, thread) -> None:
    grade_with_rubric(thread, teacher)
    wrote(thread, alice)
    grade(thread, alice, teacher)
    kind = Criterion("kind", "Is kind", (Level("yes", Decimal(2), "Always."), Level("no", Decimal(0), "Never.")))
    assert change(thread, teacher, [*criteria.to_start_from(), kind]) == 1
    assert Score.objects.get().points is None
    assert "Your mark" not in text(as_user(alice), thread_page(thread))
    page = text(as_user(teacher), page_of(thread, alice))
    assert "The rubric has a new line" in page
    reply = as_user(teacher).post(page_of(thread, alice), sent(FULL | {"kind": "no"}, number=2, version=2))
    assert reply.status_code == 302
    assert Score.objects.values_list("points", "out_of").get() == (12, 14)


def test_words_alone_change_no_mark(teacher, alice, thread) -> None:
    grade_with_rubric(thread, teacher)
    wrote(thread, alice)
    grade(thread, alice, teacher)
    lines = criteria.to_start_from()
    assert change(thread, teacher, [replace(lines[0], title="Is there"), *lines[1:]]) == 0
    assert ScoreEvent.objects.count() == 1


def test_whoever_grades_by_a_rubric_that_has_changed_meanwhile_is_told(as_user, teacher, alice, thread) -> None:
    grade_with_rubric(thread, teacher)
    wrote(thread, alice)
    change(thread, teacher, worth(2))
    reply = as_user(teacher).post(page_of(thread, alice), sent(SOME, version=1))
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "Somebody has changed the rubric meanwhile" in page
    assert re.search(r'value="names" checked', page)
    assert 'name="version" value="2"' in page
    assert not Assessment.objects.exists()


# --- Who reads it -------------------------------------------------------------------------------------------------


def test_a_thread_that_is_not_graded_costs_a_student_nothing_more(
    count_queries, as_user, teacher, alice, thread
) -> None:
    client = as_user(alice)
    wrote(thread, alice)
    text(client, thread_page(thread))
    before = count_queries(client, thread_page(thread))
    grade_with_rubric(thread, teacher)
    assert count_queries(client, thread_page(thread)) == before + 2
    grade(thread, alice, teacher)
    assert count_queries(client, thread_page(thread)) == before + 2


def test_a_rubric_goes_into_the_new_year_without_what_anybody_was_given(
    as_user, section, teacher, alice, thread
) -> None:
    grade_with_rubric(thread, teacher)
    change(thread, teacher, worth(7), reason="")
    wrote(thread, alice)
    grade(thread, alice, teacher, version=2, comments=["Ask them back."])
    actions.add_comment(section=section, text="Ask them back.", by=teacher)
    assert copy(as_user(teacher), section, name="Year 10").status_code == 302
    new = Section.objects.get(name="Year 10")
    version = RubricVersion.objects.get(rubric__assignment__section=new)
    assert (version.number, version.lines) == (1, worth(7))
    assert Task.objects.get(assignment__section=new).is_graded
    assert list(new.rubric_comments.values_list("text", flat=True)) == ["Ask them back."]
    assert not Assessment.objects.filter(thread__assignment__section=new).exists()
    assert "Points to facts or passages" in text(
        as_user(teacher), rubric_page(Thread.objects.get(assignment__section=new))
    )
