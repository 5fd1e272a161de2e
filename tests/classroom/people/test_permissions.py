"""What a role may do, in a class that runs and in one that is archived: the same rule for a row and for a query."""

import pytest

from classroom.people.models import Invitation, Membership, Role, Section, User
from classroom.people.permissions import GRANTED, IN_ARCHIVE, Permission, granted_to, places_with, where_may
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_archived", [False, True])
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("permission", list(Permission))
def test_the_rule_for_rows_and_the_rule_for_one_place_agree(
    section: Section, permission: Permission, role: Role, is_archived: bool
) -> None:
    person = factories.make_user("Dina")
    place = factories.add_member(section, person, role)
    if is_archived:
        section.archived_at = factories.NOW
        section.save()
    may = permission in granted_to(place)
    assert places_with(person, permission).filter(section=section).exists() == may
    # The same asked of what hangs on the class: each row once, however many others are in the class.
    invited = Invitation.objects.create(section=section, name="Ivy", expires_at=factories.NOW)
    assert list(Invitation.objects.filter(where_may(person, permission, "section"))) == ([invited] if may else [])


@pytest.mark.parametrize("permission", [Permission.SECTION_SEE, Permission.WORK_DO, Permission.THREAD_READ])
def test_who_has_left_or_is_shut_out_may_nothing(section: Section, alice: User, permission: Permission) -> None:
    Invitation.objects.create(section=section, name="Ivy", expires_at=factories.NOW)
    asked = Invitation.objects.filter(where_may(alice, permission, "section"))
    assert asked.count() == 1
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert not asked.all().exists()
    User.objects.filter(pk=alice.pk).update(is_active=True)
    Membership.objects.filter(user=alice).update(ended_at=factories.NOW)
    assert not asked.all().exists()


def test_an_archived_class_is_for_its_teachers_to_look_at(section: Section, teacher: User, alice: User) -> None:
    section.archived_at = factories.NOW
    section.save()
    place = Membership.objects.select_related("section").get(section=section, user=teacher)
    assert granted_to(place) == GRANTED[Role.TEACHER] & IN_ARCHIVE
    assert not granted_to(place) & {Permission.ASSIGN, Permission.ROSTER_CHANGE, Permission.POST_MODERATE}
    assert granted_to(Membership.objects.select_related("section").get(section=section, user=alice)) == frozenset()
