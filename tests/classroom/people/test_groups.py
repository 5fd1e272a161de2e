"""Groups of a class: made, filled by hand and by lot, and deleted only when nothing hangs on them."""

import pytest
from django.urls import reverse

from classroom.assignments.models import AssignmentOverride
from classroom.people.actions import join_section, remove_member, return_member
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
    shown = client.post(page, {"name": "Team", "number": "2", "seed": "42"})
    assert "Team 1" in shown.content.decode()
    assert not Group.objects.exists()
    reply = client.post(page, sent_by(shown), follow=True)
    assert "The number of this draw is 42." in reply.content.decode()
    assert set(Group.objects.values_list("name", flat=True)) == {"Team 1", "Team 2"}
    for taken in ({"name": "TEAM", "number": "3"}, sent_by(shown)):
        reply = client.post(page, taken)
        assert reply.status_code == 422
        assert "has groups of that name" in reply.content.decode()
    assert Group.objects.count() == 2


def sent_by(shown) -> dict[str, object]:  # type: ignore[no-untyped-def]
    """What the button that makes the groups of this page sends."""
    return {**shown.context["again"], **shown.context["sent"]}


def test_a_draw_is_made_as_it_was_shown(as_user, section: Section, teacher: User) -> None:  # type: ignore[no-untyped-def]
    for number in range(7):
        factories.add_member(section, factories.make_user(f"Student {number}"))
    page, client = reverse("classroom:groups_draw", args=[section.pk]), as_user(teacher)
    shown = client.post(page, {"name": "Team", "size": "4"})
    assert [len(names) for _name, names in shown.context["hands"]] == [5, 4]
    client.post(page, sent_by(shown))
    made = Group.objects.order_by("name")
    assert [(group.name, sorted(names_in(group))) for group in made] == shown.context["hands"]


def test_a_draw_is_shown_anew_where_somebody_has_come_meanwhile(as_user, section: Section, teacher: User) -> None:  # type: ignore[no-untyped-def]
    page, client = reverse("classroom:groups_draw", args=[section.pk]), as_user(teacher)
    shown = client.post(page, {"name": "Team", "number": "2"})
    factories.add_member(section, factories.make_user("Eve"))
    again = client.post(page, sent_by(shown))
    assert again.status_code == 409
    assert "Somebody has joined or left the class meanwhile." in again.content.decode()
    assert "Eve" in again.content.decode()
    assert not Group.objects.exists()
    assert client.post(page, sent_by(again)).status_code == 302
    assert Group.objects.filter(members__user__name="Eve").count() == 1


def test_a_draw_asks_for_a_size_or_a_number(as_user, section: Section, teacher: User) -> None:  # type: ignore[no-untyped-def]
    page, client = reverse("classroom:groups_draw", args=[section.pk]), as_user(teacher)
    for wrong in ({}, {"size": "3"}, {"size": "9"}, {"number": "0"}, {"number": "41"}):
        assert client.post(page, {"name": "Team", **wrong}).status_code == 422
    few = client.post(page, {"name": "Team", "size": "8"})
    assert "A discussion goes best in groups of 4 to 8." in few.content.decode()


@pytest.mark.parametrize("size", range(4, 9))
def test_groups_of_the_size_asked_for_have_four_to_eight_whatever_the_class(size: int) -> None:
    for students in range(4, 200):
        number = actions.fitting(students, size)
        assert students // number >= 4
        assert -(-students // number) <= 8
    assert [actions.fitting(students, size) for students in range(4)] == [1, 1, 1, 1]
    assert actions.fitting(size * 6, size) == 6


def draw(section: Section, name: str, number: int, by: User) -> list[Group]:
    return actions.draw_groups(
        section=section, name=name, number=number, members=places_of(section), seed=3, by=by, at=factories.NOW
    )


def test_whoever_joins_later_goes_into_the_smallest_group_of_each_draw(section: Section, teacher: User) -> None:
    for number in range(3):
        factories.add_member(section, factories.make_user(f"Student {number}"))
    own = factories.make_group(section, name="Chosen")
    draws = [draw(section, name, 2, teacher) for name in ("Red", "Blue")]
    late = [factories.make_user(name) for name in ("Eve", "Finn", "Gus")]
    for student in late:
        join_section(section=section, user=student, at=factories.NOW)
    assert [[group.members.count() for group in made] for made in draws] == [[4, 4], [4, 4]]
    assert own.members.count() == 0
    join_section(section=section, user=late[0], at=factories.NOW)
    assert Group.objects.filter(members__user=late[0]).count() == 2


def test_whoever_is_put_back_stays_in_their_group_or_gets_one(section: Section, teacher: User, alice: User) -> None:
    place = Membership.objects.get(section=section, user=alice)
    draw(section, "Red", 2, teacher)
    remove_member(membership=place, by=teacher, at=factories.NOW)
    draw(section, "Blue", 2, teacher)
    assert list(place.section_groups.values_list("name", flat=True)) in (["Red 1"], ["Red 2"])
    was = place.section_groups.get()
    return_member(membership=place, by=teacher, at=factories.NOW)
    assert was in place.section_groups.all()
    assert place.section_groups.filter(name__startswith="Red").count() == 1
    assert place.section_groups.filter(name__startswith="Blue").count() == 1


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
