"""What a role may do, in a class that runs and in one that is archived: the same rule for a row and for a query."""

import pytest

from classroom.people.models import Membership, Role, Section, User
from classroom.people.permissions import GRANTED, IN_ARCHIVE, Permission, granted_to, places_with
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
    assert places_with(person, permission).filter(section=section).exists() == (permission in granted_to(place))


def test_an_archived_class_is_for_its_teachers_to_look_at(section: Section, teacher: User, alice: User) -> None:
    section.archived_at = factories.NOW
    section.save()
    place = Membership.objects.select_related("section").get(section=section, user=teacher)
    assert granted_to(place) == GRANTED[Role.TEACHER] & IN_ARCHIVE
    assert not granted_to(place) & {Permission.ASSIGN, Permission.ROSTER_CHANGE, Permission.POST_MODERATE}
    assert granted_to(Membership.objects.select_related("section").get(section=section, user=alice)) == frozenset()
