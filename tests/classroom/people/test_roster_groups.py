"""Groups by the roster's list: shown before they change, made where they lack, left only where the teacher says so."""

import json
from dataclasses import replace
from datetime import timedelta
from string import ascii_lowercase
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from classroom.assignments import terms
from classroom.audit.models import AuditEvent
from classroom.people.groups.actions import draw_groups
from classroom.people.groups.queries import places_of
from classroom.people.models import Group, Membership, Section, User
from classroom.people.roster.applying import Outdated, apply_plan
from classroom.people.roster.grouping import LONGEST_GROUP, MOST_GROUPS, joined, split
from classroom.people.roster.planning import Change, Plan, plan_roster
from classroom.people.roster.reading import read, read_text
from tests import factories

pytestmark = pytest.mark.django_db


def plan(section: Section, by: User, text: str) -> Plan:
    return plan_roster(section, read_text(text), by=by)


def show(client: Client, section: Section, text: str):  # type: ignore[no-untyped-def]
    return client.post(reverse("classroom:roster", args=[section.pk]), {"text": text})


def import_(client: Client, section: Section, text: str, **decided: object):  # type: ignore[no-untyped-def]
    form = show(client, section, text).context["form"]
    data = {"rows": json.dumps(form.initial["rows"]), "digest": form.initial["digest"], **decided}
    return client.post(reverse("classroom:roster_apply", args=[section.pk]), data)


def groups(section: Section) -> dict[str, set[str]]:
    return {
        group.name: set(group.members.values_list("user__name", flat=True))
        for group in Group.objects.filter(section=section)
    }


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", []),
        (" ; ", []),
        ("Red", ["Red"]),
        ("Red; Blue ;red", ["Red", "Blue"]),
        ("Tea;; biscuits; Red", ["Tea; biscuits", "Red"]),
        ("红组；", ["红组；"]),
    ],
)
def test_a_cell_names_groups(cell: str, names: list[str]) -> None:
    assert split(cell) == names
    assert split(joined(names)) == names


def test_a_plan_says_which_groups_are_new_and_who_comes_into_which(
    section: Section, teacher: User, alice: User, bob: User
) -> None:
    factories.make_group(section, alice, name="Red")
    made = plan(
        section,
        teacher,
        f"name,username,group\nAlice,{alice.username},red; Blue\nBob,{bob.username},RED\nDina,dina,blue\n",
    )
    assert made.groups.made == ["Blue"]
    assert [(step.name, step.group) for step in made.groups.joins] == [
        ("Alice", "Blue"),
        ("Bob", "Red"),
        ("Dina", "Blue"),
    ]
    assert made.groups.leaves == []


def test_groups_are_made_and_filled_with_those_who_are_new_too(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    text = f"name,username,group\nAlice,{alice.username},Red\nDina,,Red; Blue\n"
    page = show(client, section, text).content.decode()
    assert "2 new groups" in page
    assert "Dina comes into Blue" in page
    assert groups(section) == {}
    import_(client, section, text)
    assert groups(section) == {"Red": {"Alice", "Dina"}, "Blue": {"Dina"}}
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.GROUP_CHANGED, by=teacher).count() == 2


def test_importing_again_changes_nothing(as_user, section, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    text = f"name,username,group\nAlice,{alice.username},Red\nBob,{bob.username},Red; Blue\n"
    import_(client, section, text)
    before = (list(Group.objects.values()), groups(section))
    assert "There is nothing to change." in show(client, section, text).content.decode()
    import_(client, section, text, leave_groups="on", take_out="on")
    assert (list(Group.objects.values()), groups(section)) == before


def test_nobody_leaves_a_group_unless_the_teacher_says_so(as_user, section, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    factories.make_group(section, alice, bob, name="Red")
    text = f"name,username,group\nAlice,{alice.username},Blue\nBob,{bob.username},\n"
    page = show(client, section, text).content.decode()
    assert "Alice is in Red" in page
    assert "Bob is in Red" in page
    import_(client, section, text)
    assert groups(section) == {"Red": {"Alice", "Bob"}, "Blue": {"Alice"}}
    import_(client, section, text, leave_groups="on")
    assert groups(section) == {"Red": set(), "Blue": {"Alice"}}


def test_a_list_without_groups_touches_none(as_user, section, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    factories.make_group(section, alice, name="Red")
    text = f"name,username,group\nAlice,{alice.username},\nBob,{bob.username},\n"
    assert plan(section, teacher, text).changes_nothing
    import_(as_user(teacher), section, text, leave_groups="on")
    assert groups(section) == {"Red": {"Alice"}}


def test_an_export_comes_back_with_the_same_groups(as_user, section, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    # trust 22
    before = {"=1+1": {"Alice"}, "Tea; biscuits": {"Alice", "Bob"}, "'Quoted'": {"Bob"}, "红组": {"Bob"}}
    for name, members in before.items():
        factories.make_group(section, *(each for each in (alice, bob) if each.name in members), name=name)
    reply = as_user(teacher).get(reverse("classroom:roster_export", args=[section.pk]))
    back = plan_roster(section, read(reply.content), by=teacher)
    assert back.changes_nothing
    assert {step.change for step in back.steps} == {Change.SAME}
    new = factories.make_section(name="Next", teacher=teacher)
    apply_plan(
        plan_roster(new, read(reply.content), by=teacher),
        take_out=False,
        leave_others=False,
        leave_groups=False,
        key=uuid4(),
        by=teacher,
        at=factories.NOW,
    )
    assert groups(new) == before


def test_a_group_that_is_made_in_the_meantime_leaves_all_as_it_was(section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    made = plan(section, teacher, f"name,username,group\nAlicia,{alice.username},Red\nDina,dina,Red\n")
    factories.make_group(section, name="red")
    with pytest.raises(Outdated):
        apply_plan(
            made, take_out=False, leave_others=False, leave_groups=False, key=uuid4(), by=teacher, at=factories.NOW
        )
    assert groups(section) == {"red": set()}
    assert not User.objects.filter(username="dina").exists()
    alice.refresh_from_db()
    assert alice.name == "Alice"


def test_a_list_that_another_got_ahead_of_makes_nobody_twice(section: Section, teacher: User) -> None:
    # trust 12: the plan read the class before the other list was applied, and the free user names after it.
    first = plan(section, teacher, "Dina Ek\n")
    (dina, *others) = plan(section, teacher, "Dina Ek\n").steps
    torn = Plan(section, [replace(dina, username="dina.ek2"), *others], first.groups)
    wanted = {"take_out": False, "leave_others": False, "leave_groups": False, "by": teacher, "at": factories.NOW}
    apply_plan(first, **wanted, key=uuid4())
    with pytest.raises(Outdated):
        apply_plan(torn, **wanted, key=uuid4())
    assert User.objects.filter(name="Dina Ek").count() == 1


def test_a_groups_name_that_is_too_long_refuses_the_line(section: Section, teacher: User, alice: User) -> None:
    made = plan(
        section, teacher, f"name,username,group\nAlice,{alice.username},{'a' * (LONGEST_GROUP + 1)}\nDina,,Red\n"
    )
    (refused,) = made.of(Change.REFUSED)
    assert (refused.line, "longer than 80" in str(refused.reason)) == (2, True)
    assert made.groups.made == ["Red"]


def test_a_list_with_too_many_groups_is_refused(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    text = "name,group\n" + "".join(f"Student {n},Group {n}\n" for n in range(MOST_GROUPS + 1))
    reply = show(as_user(teacher), section, text)
    assert reply.status_code == 422
    assert "too many groups" in reply.content.decode()


def test_times_of_a_group_hold_at_once_for_whom_a_list_brings_into_it(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    red = factories.make_group(section, name="Red")
    work = factories.make_assignment(section, closes_at=factories.NOW)
    later = factories.NOW + timedelta(days=1)
    factories.make_override(work, red, closes_at=later)
    import_(as_user(teacher), section, f"name,username,group\nAlice,{alice.username},Red\n")
    assert terms.dates_for(work, alice).closes_at == later


def test_a_plan_with_groups_costs_the_same_for_one_line_and_for_thirty(
    section: Section, teacher: User, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    factories.make_group(section, name="Red")
    with django_assert_num_queries(5):
        plan(section, teacher, "name,group\nDina,Red\n")
    lines = "".join(f"{letter.upper()}mil,Red; Group {letter}\n" for letter in ascii_lowercase)
    with django_assert_num_queries(5):
        plan(section, teacher, f"name,group\n{lines}")


def test_the_export_costs_the_same_for_one_student_and_for_three(
    as_user, section, teacher, alice, count_queries
) -> None:  # type: ignore[no-untyped-def]
    page = reverse("classroom:roster_export", args=[section.pk])
    factories.make_group(section, alice, name="Red")
    few = count_queries(as_user(teacher), page)
    for name in ("Dora", "Emil"):
        student = factories.make_user(name)
        factories.add_member(section, student)
        factories.make_group(section, student)
    assert count_queries(as_user(teacher), page) == few
    assert Membership.objects.students().filter(section=section).count() == 4


def test_whom_a_list_brings_fills_up_the_groups_that_were_drawn(section: Section, teacher: User) -> None:
    made = draw_groups(
        section=section, name="Red", number=2, members=places_of(section), seed=3, by=teacher, at=factories.NOW
    )
    come = plan(section, teacher, "name,username,group\nEve,eve,Red 2\nFinn,finn,\nGus,gus,\nHana,hana,\n")
    wanted = {"take_out": False, "leave_others": False, "leave_groups": False, "by": teacher, "at": factories.NOW}
    apply_plan(come, **wanted, key=uuid4())
    assert sorted(group.members.count() for group in made) == [3, 3]
    assert [group.name for group in Group.objects.filter(members__user__username="eve")] == ["Red 2"]
