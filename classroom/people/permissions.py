"""What each role in a class may do: one enum, and a set of it for each role."""

from enum import Enum

from classroom.people.models import Role


class Permission(Enum):
    """Something that a role in a class may do."""

    SECTION_SEE = "see the class"
    WORK_DO = "do the work that the class is set"
    THREAD_READ = "read the class's threads"
    ROSTER_SEE = "see who is in the class, and its join code"
    ROSTER_CHANGE = "change who is in the class, and its join code"
    ASSIGN = "set and withdraw work"
    RESPONSES_SEE = "see each student's responses"
    GRADES_SEE = "see each student's scores"
    POST_MODERATE = "approve and return posts"


_ASSISTANT = frozenset(
    {
        Permission.SECTION_SEE,
        Permission.THREAD_READ,
        Permission.ROSTER_SEE,
        Permission.RESPONSES_SEE,
        Permission.POST_MODERATE,
    }
)

GRANTED: dict[Role, frozenset[Permission]] = {
    Role.STUDENT: frozenset({Permission.SECTION_SEE, Permission.WORK_DO, Permission.THREAD_READ}),
    Role.ASSISTANT: _ASSISTANT,
    Role.TEACHER: _ASSISTANT | {Permission.ROSTER_CHANGE, Permission.ASSIGN, Permission.GRADES_SEE},
}


def roles_with(permission: Permission) -> list[Role]:
    """The roles that have this permission."""
    return [role for role, granted in GRANTED.items() if permission in granted]
