"""What is done at once is taken back by the button beside the words that tell of it."""

import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from classroom.assignments.models import Assignment, AssignmentOverride, Excuse
from classroom.lessons.models import Step
from classroom.people.groups import queries
from classroom.people.groups.forms import DrawForm
from classroom.people.models import Group, Role, Section, User
from classroom.screening.models import WatchedWord
from quizzes.bank.models import Question, Quiz
from tests import factories

pytestmark = pytest.mark.django_db
FORM = re.compile(r'<form method="post" action="([^"]+)">((?:(?!</form>).)*>Undo<)', re.DOTALL)
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def press_undo(client: Client, page: str) -> str:
    """Send the form that stands beside the message, with what it carries; the page that comes."""
    found = FORM.search(page)
    assert found is not None, "no Undo beside the message"
    fields: dict[str, list[str]] = {}
    for name, value in FIELD.findall(found[2]):
        fields.setdefault(name, []).append(unescape(value))
    return client.post(found[1], fields, follow=True).content.decode()


def work(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    made = factories.make_assignment(section)
    return reverse("classroom:withdraw", args=[made.pk]), {}, lambda: Assignment.objects.current().count()


def student(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    place = section.memberships.filter(role=Role.STUDENT).first()
    assert place is not None
    address = reverse("classroom:member_remove", args=[section.pk, place.user_id])
    return address, {}, lambda: section.memberships.students().count()


def colleague(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    ravi = factories.make_user("Ravi")
    factories.add_member(section, ravi, Role.ASSISTANT)
    address = reverse("classroom:staff_remove", args=[section.pk, ravi.pk])
    return address, {}, lambda: section.memberships.current().filter(role=Role.ASSISTANT).count()


def whole_class(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    return reverse("classroom:section_archive", args=[section.pk]), {}, lambda: Section.objects.current().count()


def group(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    made = factories.make_group(section, *User.objects.filter(name__in=["Alice", "Bob"]), name="Reds & “blues”")
    names = lambda: [(each.name, each.members.count()) for each in Group.objects.all()]  # noqa: E731
    return reverse("classroom:group_delete", args=[made.pk]), {}, names


def drawn_group(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    made = factories.make_group(section, User.objects.get(name="Alice"), name="Boats 1")
    Group.objects.update(draw=uuid.uuid4())
    names = lambda: [(each.name, each.draw, each.members.count()) for each in Group.objects.all()]  # noqa: E731
    return reverse("classroom:group_delete", args=[made.pk]), {}, names


def draw(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    factories.make_group(section, User.objects.get(name="Alice"), name="Reds")
    address = reverse("classroom:groups_draw", args=[section.pk])
    form = DrawForm(places=queries.places_of(section))
    fields = {"name": "Boats", "number": "2", "seed": "7", "who": form.who()}
    return address, fields, lambda: list(Group.objects.values_list("name", flat=True))


def times(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    set_work = factories.make_assignment(section)
    # A minute that comes twice in the class's zone, and seconds that no form takes: all of it comes back as it was.
    due = datetime(2099, 10, 25, 1, 30, 15, tzinfo=UTC)
    own = factories.make_override(
        set_work, User.objects.get(name="Alice"), due_at=due, never_closes=True, extra_attempts=2
    )
    address = reverse("classroom:override_remove", args=[own.pk])
    return address, {}, lambda: [(each.name, each.extension) for each in AssignmentOverride.objects.all()]


def times_of_a_group(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    reds = factories.make_group(section, User.objects.get(name="Alice"), name="Reds")
    own = factories.make_override(factories.make_assignment(section), reds, extra_minutes=5)
    address = reverse("classroom:override_remove", args=[own.pk])
    return address, {}, lambda: [(each.name, each.extension) for each in AssignmentOverride.objects.all()]


def word(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    watched = WatchedWord.objects.create(section=section, word="rascal*", action="flag", added_at=factories.NOW)
    address = reverse("classroom:word_remove", args=[section.pk, watched.pk])
    return address, {}, lambda: list(WatchedWord.objects.values_list("word", "action"))


def excuse(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    made = factories.make_excuse(factories.make_assignment(section), User.objects.get(name="Alice"))
    Excuse.objects.update(reason="<b>Ill</b>")
    address = reverse("classroom:excuse_remove", args=[made.pk])
    return address, {}, lambda: list(Excuse.objects.values_list("student__name", "reason"))


def lesson(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    own = factories.make_lesson(factories.make_film(), owner=teacher)
    address = reverse("classroom:lesson_retire", args=[own.pk])
    return address, {"retire": "yes"}, lambda: type(own).objects.get(pk=own.pk).retired_at is None


def step(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    own = factories.make_lesson(factories.make_film(), owner=teacher)
    last = own.steps.last()
    assert last is not None
    address = reverse("classroom:step_remove", args=[own.pk, last.pk])
    return address, {"remove": "yes"}, lambda: Step.objects.get(pk=last.pk).retired_at is None


def question(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    own = factories.make_question(factories.make_film(), owner=teacher)
    address = reverse("quizzes:question_retire", args=[own.pk])
    return address, {}, lambda: Question.objects.get(pk=own.pk).retired_at is None


def quiz(section: Section, teacher: User) -> tuple[str, dict[str, str], Callable[[], object]]:
    own = factories.make_quiz(factories.make_film(), owner=teacher)
    return reverse("quizzes:quiz_retire", args=[own.pk]), {}, lambda: Quiz.objects.get(pk=own.pk).retired_at is None


ACTS = [work, student, colleague, whole_class, group, drawn_group, draw, times, times_of_a_group, word]
ACTS += [excuse, lesson, step, question, quiz]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_it_is_done_at_once_and_taken_back_whole(as_user, section: Section, teacher: User, act) -> None:  # type: ignore[no-untyped-def]
    address, fields, state = act(section, teacher)
    client, before = as_user(teacher), state()
    page = client.post(address, fields, follow=True).content.decode()
    assert state() != before
    told = press_undo(client, page)
    assert state() == before
    # Pressed again, from a page that was kept open, it changes nothing and breaks nothing.
    assert FORM.search(told) is None
    press_undo(client, page)
    assert state() == before


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_nobody_else_takes_it_back(as_user, section: Section, teacher: User, act) -> None:  # type: ignore[no-untyped-def]
    address, fields, state = act(section, teacher)
    page = as_user(teacher).post(address, fields, follow=True).content.decode()
    after = state()
    press_undo(as_user(factories.make_teacher("Omar")), page)
    assert state() == after


def test_an_excuse_that_a_colleague_has_given_since_stays(as_user, section: Section, teacher: User) -> None:  # type: ignore[no-untyped-def]
    address, fields, _state = excuse(section, teacher)
    client = as_user(teacher)
    page = client.post(address, fields, follow=True).content.decode()
    factories.make_excuse(Assignment.objects.get(), User.objects.get(name="Alice"))
    Excuse.objects.update(reason="At a match")
    assert "so nothing was changed" in press_undo(client, page)
    assert Excuse.objects.get().reason == "At a match"


def test_times_that_a_colleague_has_given_since_stay(as_user, section: Section, teacher: User) -> None:  # type: ignore[no-untyped-def]
    address, fields, _state = times(section, teacher)
    client = as_user(teacher)
    page = client.post(address, fields, follow=True).content.decode()
    factories.make_override(Assignment.objects.get(), User.objects.get(name="Alice"), extra_minutes=9)
    assert "so nothing was changed" in press_undo(client, page)
    assert AssignmentOverride.objects.get().extra_minutes == 9


def test_a_word_that_a_colleague_has_put_back_since_stays(as_user, section: Section, teacher: User) -> None:  # type: ignore[no-untyped-def]
    address, fields, _state = word(section, teacher)
    client = as_user(teacher)
    page = client.post(address, fields, follow=True).content.decode()
    WatchedWord.objects.create(section=section, word="rascal*", action="block", added_at=factories.NOW)
    assert "so nothing was changed" in press_undo(client, page)
    assert WatchedWord.objects.get().action == "block"


def test_a_draw_of_which_one_group_has_work_stays_whole(as_user, section: Section, teacher: User) -> None:  # type: ignore[no-untyped-def]
    address, fields, _state = draw(section, teacher)
    client = as_user(teacher)
    page = client.post(address, fields, follow=True).content.decode()
    factories.make_target(factories.make_assignment(section), Group.objects.get(name="Boats 2"))
    assert "so all of them stay" in press_undo(client, page)
    assert Group.objects.filter(name__startswith="Boats").count() == 2


def test_a_group_is_not_made_again_where_there_is_another_of_its_name(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User
) -> None:
    address, fields, _state = group(section, teacher)
    client = as_user(teacher)
    page = client.post(address, fields, follow=True).content.decode()
    factories.make_group(section, name="Reds & “blues”")
    assert "The class has a group of that name." in press_undo(client, page)
    assert Group.objects.count() == 1
