"""Home says what to do next, what has come back, and who waits for a teacher."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from classroom.assignments.models import Accommodation, Assignment, Visit
from classroom.discussions.models import Post
from classroom.gradebook.actions import record_score
from classroom.gradebook.models import ColumnSettings, Score
from classroom.people.models import Role, Section, User
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
HOME = "/home/"


def in_days(days: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def done(assignment: Assignment, student: User) -> None:
    Visit.objects.create(
        assignment=assignment, student=student, first_at=NOW, last_at=NOW, done_at=NOW, steps_done=2, steps_asked=2
    )


def score(assignment: Assignment, student: User, feedback: str = "") -> None:
    record_score(
        assignment=assignment, student=student, points=Decimal(7), out_of=Decimal(8), source="hand:1", by=None, at=NOW
    )
    Score.objects.filter(assignment=assignment, student=student).update(feedback=feedback)


def test_what_is_due_soonest_comes_next_with_the_way_to_it(as_user, section: Section, alice: User) -> None:  # type: ignore[no-untyped-def]
    Section.objects.update(time_zone="America/New_York")
    factories.make_assignment(section, title="Later", due_at=in_days(5))
    sooner = factories.make_assignment(section, title="Sooner", due_at=datetime(2099, 1, 4, 17, 0, tzinfo=UTC))
    Assignment.objects.filter(title="Later").update(due_at=datetime(2099, 1, 5, 17, 0, tzinfo=UTC))
    reply = as_user(alice).get(HOME)
    page = reply.content.decode()
    assert reply.context_data["home"].next.assignment == sooner
    assert "Sun 4 Jan, 12:00" in page
    assert ">Begin<" in page
    as_user(alice).get(reverse("classroom:lesson_work", args=[sooner.pk]))
    assert ">Go on where you left off<" in as_user(alice).get(HOME).content.decode()


def test_a_score_is_told_once_it_is_released_and_not_before(as_user, section: Section, alice: User, bob: User) -> None:  # type: ignore[no-untyped-def]
    # trust 37
    work = factories.make_assignment(section)
    done(work, alice)
    score(work, alice, feedback="canary-praise")
    settings = ColumnSettings.objects.create(assignment=work, hidden=True)
    hidden = as_user(alice).get(HOME).content.decode()
    assert "canary-praise" not in hidden
    assert "See your score" not in hidden
    settings.hidden = False
    settings.save()
    shown = as_user(alice).get(HOME).content.decode()
    assert "canary-praise" in shown
    assert "See your score" in shown
    assert "canary-praise" not in as_user(bob).get(HOME).content.decode()


def test_excused_and_extended_work_says_so(as_user, section: Section, alice: User) -> None:  # type: ignore[no-untyped-def]
    factories.make_excuse(factories.make_assignment(section), alice)
    longer = factories.make_assignment(section, due_at=in_days(1))
    factories.make_override(longer, alice, due_at=in_days(3))
    page = as_user(alice).get(HOME).content.decode()
    assert "excused" in page
    assert "(extended for you)" in page


def test_each_number_of_a_class_opens_the_list_that_it_counts(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, alice: User, bob: User
) -> None:
    factories.make_assignment(section, title="Late", due_at=NOW)
    opened = factories.make_assignment(section, title="Opened")
    for student in (alice, bob):
        Visit.objects.create(assignment=opened, student=student, first_at=NOW, last_at=NOW)
    factories.make_excuse(Assignment.objects.get(title="Late"), bob)
    reply = as_user(teacher).get(HOME)
    (line,) = reply.context_data["sections"]
    assert (line.behind, line.not_begun) == (1, 1)
    page = reply.content.decode()
    for address in (f"{reverse('classroom:tracking', args=[section.pk])}#behind", f"/classes/{section.pk}/not-begun/"):
        assert f'href="{address}"' in page
    (found,) = as_user(teacher).get(reverse("classroom:not_begun", args=[section.pk])).context_data["found"]
    assert (found.assignment.title, found.students) == ("Late", [alice])


def test_a_new_teacher_is_told_what_to_do_first(as_user) -> None:  # type: ignore[no-untyped-def]
    assert "First make a class" in as_user(factories.make_teacher("Una")).get(HOME).content.decode()


def test_a_student_finds_the_film(as_user, alice: User) -> None:  # type: ignore[no-untyped-def]
    film = factories.make_film()
    client = as_user(alice)
    assert 'href="/films/"' in client.get(HOME).content.decode()
    assert client.get("/films/")["Location"] == reverse("classroom:film", args=[film.key])
    factories.make_film("another")
    assert client.get("/films/").status_code == 200


def test_home_costs_the_same_with_one_score_and_with_three(  # type: ignore[no-untyped-def]
    as_user, section: Section, alice: User, count_queries
) -> None:
    costs = []
    for more in (1, 2):
        for _time in range(more):
            work = factories.make_assignment(section)
            done(work, alice)
            score(work, alice)
        costs.append(count_queries(as_user(alice), HOME))
    assert costs[0] == costs[1]


def test_who_has_not_begun_costs_the_same_with_more_of_both(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, count_queries
) -> None:
    address = reverse("classroom:not_begun", args=[section.pk])
    costs = []
    for more in range(2):
        for number in range(1 + 2 * more):
            factories.make_assignment(section)
            factories.add_member(section, factories.make_user(f"Eli {number}"), Role.STUDENT)
        costs.append(count_queries(as_user(teacher), address))
    assert costs[0] == costs[1]


# Every signed-in request asks for its session, and who it is of.
SIGNING_IN = 2


def test_home_costs_ten_queries_with_something_of_everything(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, alice: User, bob: User, count_queries
) -> None:
    lesson, excused = factories.make_assignment(section), factories.make_assignment(section)
    done(lesson, alice)
    score(lesson, alice, feedback="Well seen.")
    factories.make_excuse(excused, alice)
    factories.make_target(factories.make_assignment(section, for_everybody=False), alice)
    quiz = factories.make_quiz_assignment(section)
    factories.make_override(quiz.assignment, alice, due_at=in_days(9))
    score(quiz.assignment, alice)
    thread = factories.make_thread(section)
    factories.make_post(thread, alice, state=Post.State.PUBLISHED)
    factories.make_post(thread, alice, state=Post.State.RETURNED)
    Accommodation.objects.create(section=section, student=alice, time_factor=Decimal("1.5"), created_by=teacher)
    client = as_user(alice)
    page = client.get(HOME).content.decode()
    assert "Well seen." in page
    assert "1.5" in page
    assert count_queries(client, HOME) <= 10 + SIGNING_IN


def test_more_time_is_told_before_anything_is_set(as_user, section: Section, teacher: User, alice: User) -> None:  # type: ignore[no-untyped-def]
    Accommodation.objects.create(section=section, student=alice, time_factor=Decimal("1.5"), created_by=teacher)
    assert "1.5" in as_user(alice).get(HOME).content.decode()
