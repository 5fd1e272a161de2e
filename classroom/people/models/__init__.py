"""Who uses the site, in which classes, and as what."""

from classroom.people.models.doors import Invitation, JoinCode, RateBucket, new_join_code
from classroom.people.models.sections import (
    STAFF_ROLES,
    Group,
    Membership,
    MembershipQuerySet,
    Role,
    Section,
    is_student_now,
    validate_time_zone,
)
from classroom.people.models.users import Theme, User

__all__ = [
    "STAFF_ROLES",
    "Group",
    "Invitation",
    "JoinCode",
    "Membership",
    "MembershipQuerySet",
    "RateBucket",
    "Role",
    "Section",
    "Theme",
    "User",
    "is_student_now",
    "new_join_code",
    "validate_time_zone",
]
