"""Groups of a class: made, filled by hand and by lot, and deleted only when nothing hangs on them."""

import pytest
from django.urls import reverse

from classroom.assignments.models import AssignmentOverride
from classroom.people.groups import actions
from classroom.people.groups.queries import places_of
from classroom.people.models import Group, Membership, Section, User
from tests import factories

pytestmark = pytest.mark.django_db


def names_in(group: Group) -> set[str]:
    return set(group.members.values_list("user__name", flat=True))


def test_a_teacher_makes_a_group_and_changes_it(
    as_user, section: Section, teacher: User, alice: User, bob: User
) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    hers = Membership.objects.get(user=alice, section=section)
    his = Membership.objects.get(user=bob, section=section)
    page = reverse("classroom:groups", args=[section.pk])
    assert client.post(page, {"name": "Red", "members": [hers.pk]}).status_code == 302
    group = Group.objects.get()
    assert names_in(group) == {"Alice"}
    assert "Red" in client.get(page).content.decode()
    client.post(reverse("classroom:group", args=[group.pk]), {"name": "Blue", "members": [his.pk]})
    group.refresh_from_db()
    assert (group.name, names_in(group)) == ("Blue", {"Bob"})


def test_a_name_stands_once_in_a_class_in_whatever_letters(as_user, section: Section, teacher: User) -> None:  # type: ignore[no-untyped-def]
    factories.make_group(section, name="Red")
    other = factories.make_group(section, name="Blue")
    client = as_user(teacher)
    reply = client.post(reverse("classroom:groups", args=[section.pk]), {"name": "RED"})
    assert reply.status_code == 422
    assert "has a group of that name" in reply.content.decode()
    assert client.post(reverse("classroom:group", args=[other.pk]), {"name": "red"}).status_code == 422
    assert set(Group.objects.values_list("name", flat=True)) == {"Red", "Blue"}


def test_nobody_of_another_class_gets_into_a_group(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, charlie: User
) -> None:
    stranger = factories.add_member(factories.make_section(name="Elsewhere"), charlie)
    page = reverse("classroom:groups", args=[section.pk])
    assert as_user(teacher).post(page, {"name": "Red", "members": [stranger.pk]}).status_code == 422
    group = actions.make_group(section=section, name="Red", members=[stranger], by=teacher, at=factories.NOW)
    assert not group.members.exists()


def test_a_draw_deals_everybody_out_evenly_and_the_same_again(section: Section, teacher: User) -> None:
    for number in range(9):
        factories.add_member(section, factories.make_user(f"Student {number}"))
    places = places_of(section)

    def draw(name: str, seed: int, members: list[Membership]) -> list[set[str]]:
        made = actions.draw_groups(
            section=section, name=name, number=4, members=members, seed=seed, by=teacher, at=factories.NOW
        )
        return [names_in(group) for group in made]

    first = draw("One", 7, places)
    assert sorted(len(group) for group in first) == [2, 3, 3, 3]
    assert set().union(*first) == {place.user.name for place in places}
    assert draw("Two", 7, places[::-1]) == first
    assert draw("Three", 8, places) != first


def test_a_draw_tells_its_number_and_takes_it_again(as_user, section: Section, teacher: User) -> None:  # type: ignore[no-untyped-def]
    page = reverse("classroom:groups_draw", args=[section.pk])
    client = as_user(teacher)
    reply = client.post(page, {"name": "Team", "number": "2", "seed": "42"}, follow=True)
    assert "The number of this draw is 42." in reply.content.decode()
    assert set(Group.objects.values_list("name", flat=True)) == {"Team 1", "Team 2"}
    assert client.post(page, {"name": "Team", "number": "3"}).status_code == 422
    assert Group.objects.count() == 2
    assert client.post(page, {"name": "Others", "number": "2"}).status_code == 302


def test_a_group_that_has_times_of_its_own_stays_until_they_are_taken_back(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, alice: User
) -> None:
    group = factories.make_group(section, alice, name="Red")
    factories.make_override(factories.make_assignment(section), group, extra_minutes=5)
    client = as_user(teacher)
    page = reverse("classroom:group_delete", args=[group.pk])
    assert "has work or times of its own" in client.post(page, follow=True).content.decode()
    assert Group.objects.exists()
    AssignmentOverride.objects.all().delete()
    assert "is deleted" in client.post(page, follow=True).content.decode()
    assert not Group.objects.exists()


def test_the_page_costs_the_same_with_one_group_and_with_three(  # type: ignore[no-untyped-def]
    as_user, section: Section, teacher: User, alice: User, count_queries
) -> None:
    page = reverse("classroom:groups", args=[section.pk])
    factories.make_group(section, alice)
    few = count_queries(as_user(teacher), page)
    factories.make_group(section, alice)
    factories.make_group(section)
    assert count_queries(as_user(teacher), page) == few
