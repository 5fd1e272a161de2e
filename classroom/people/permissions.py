"""What each role in a class may do: one enum, and a set of it for each role."""

from enum import Enum

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classroom.people.models import Membership, MembershipQuerySet, Role, User


class Permission(Enum):
    """Something that a role in a class may do."""

    SECTION_SEE = "see the class"
    WORK_DO = "do the work that the class is set"
    THREAD_READ = "read the class's threads"
    ROSTER_SEE = "see who is in the class, and its join code"
    ROSTER_CHANGE = "change who is in the class, and its join code"
    STAFF_CHANGE = "change who teaches the class, its name and its time zone"
    SECTION_KEEP = "archive the class, bring it back, and copy it to a new year"
    ASSIGN = "set and withdraw work"
    RESPONSES_SEE = "see each student's responses"
    ANSWERS_GRADE = "read and mark answers that no rule can grade"
    GRADES_SEE = "see each student's scores"
    GRADES_CHANGE = "change scores, and how they count"
    POST_MODERATE = "approve and return posts"
    TALK_PAUSE = "mute students, lock or slow threads, and freeze them all"
    TALK_RULE = "set how the class talks, and which words it watches for"
    NAME_OPEN = "ask for a sealed name to be opened, and consent to it"
    RECORDS_KEEP = "copy students' records, ask for their erasure, and say who allowed the kit's use"


_ASSISTANT = frozenset(
    {
        Permission.SECTION_SEE,
        Permission.THREAD_READ,
        Permission.ROSTER_SEE,
        Permission.RESPONSES_SEE,
        Permission.POST_MODERATE,
        Permission.TALK_PAUSE,
        Permission.NAME_OPEN,
    }
)

GRANTED: dict[Role, frozenset[Permission]] = {
    Role.STUDENT: frozenset({Permission.SECTION_SEE, Permission.WORK_DO, Permission.THREAD_READ}),
    Role.ASSISTANT: _ASSISTANT,
    Role.TEACHER: _ASSISTANT
    | {
        Permission.ROSTER_CHANGE,
        Permission.STAFF_CHANGE,
        Permission.SECTION_KEEP,
        Permission.RECORDS_KEEP,
        Permission.TALK_RULE,
        Permission.ASSIGN,
        Permission.ANSWERS_GRADE,
        Permission.GRADES_SEE,
        Permission.GRADES_CHANGE,
    },
}

# What assistants may do besides, in classes that allow it: by the permission, the class's field that says so.
ASSISTANTS_WHERE_ALLOWED: dict[Permission, str] = {Permission.ANSWERS_GRADE: "assistants_grade"}

# The same in words that are translated; a test keeps the two alike.
WORDS: dict[Permission, str | Promise] = {
    Permission.SECTION_SEE: _("see the class"),
    Permission.WORK_DO: _("do the work that the class is set"),
    Permission.THREAD_READ: _("read the class's threads"),
    Permission.ROSTER_SEE: _("see who is in the class, and its join code"),
    Permission.ROSTER_CHANGE: _("change who is in the class, and its join code"),
    Permission.STAFF_CHANGE: _("change who teaches the class, its name and its time zone"),
    Permission.SECTION_KEEP: _("archive the class, bring it back, and copy it to a new year"),
    Permission.ASSIGN: _("set and withdraw work"),
    Permission.RESPONSES_SEE: _("see each student's responses"),
    Permission.ANSWERS_GRADE: _("read and mark answers that no rule can grade"),
    Permission.GRADES_SEE: _("see each student's scores"),
    Permission.GRADES_CHANGE: _("change scores, and how they count"),
    Permission.POST_MODERATE: _("approve and return posts"),
    Permission.TALK_PAUSE: _("mute students, lock or slow threads, and freeze them all"),
    Permission.TALK_RULE: _("set how the class talks, and which words it watches for"),
    Permission.NAME_OPEN: _("ask for a sealed name to be opened, and consent to it"),
    Permission.RECORDS_KEEP: _("copy students' records, ask for their erasure, and say who allowed the kit's use"),
}

# What is left of a class once it is archived: those who taught it look at it, and nobody changes anything in it.
IN_ARCHIVE = frozenset(
    {
        Permission.SECTION_SEE,
        Permission.SECTION_KEEP,
        Permission.RECORDS_KEEP,
        Permission.THREAD_READ,
        Permission.ROSTER_SEE,
        Permission.RESPONSES_SEE,
        Permission.GRADES_SEE,
    }
)


def roles_with(permission: Permission) -> list[Role]:
    """The roles that have this permission."""
    return [role for role, granted in GRANTED.items() if permission in granted]


def in_words() -> list[tuple[Role, list[str | Promise]]]:
    """What each role of those who teach may do, for people to read: the most first."""
    found = [
        (role, [WORDS.get(each, each.value) for each in Permission if each in GRANTED[role]])
        for role in (Role.TEACHER, Role.ASSISTANT)
    ]
    for each in ASSISTANTS_WHERE_ALLOWED:
        found[1][1].append(_("where the class allows it: %(what)s") % {"what": WORDS[each]})
    return found


def granted_to(membership: Membership) -> frozenset[Permission]:
    """What this person may do in this class now; the membership comes with its section."""
    granted = GRANTED[Role(membership.role)]
    if membership.role == Role.ASSISTANT:
        allowed = ASSISTANTS_WHERE_ALLOWED.items()
        granted |= {permission for permission, field in allowed if getattr(membership.section, field)}
    if membership.section.archived_at is None:
        return granted
    return frozenset() if membership.role == Role.STUDENT else granted & IN_ARCHIVE


def places_with(user: User, permission: Permission) -> MembershipQuerySet:
    """This person's places in classes where they have the permission now: the one rule for rows, as ``granted_to``."""
    return Membership.objects.current().filter(_may(permission, section="section__"), user=user)


def where_may(user: User, permission: Permission, section: str, for_students: Q | None = None) -> Q:
    """That this path leads to a class where the person has the permission now: ``places_with`` from a row's own side.

    To be asked in one ``filter``: the path joins the person's one place in the class, so that no row comes twice, and
    costs a page far less than a subquery. ``for_students`` is what else has to hold where they are a student.
    """
    place = f"{section}__memberships__"
    own = Q(**{f"{place}user": user, f"{place}ended_at": None, f"{place}user__is_active": True})
    return own & _may(permission, section=f"{section}__", place=place, for_students=for_students)


def _may(permission: Permission, *, section: str, place: str = "", for_students: Q | None = None) -> Q:
    """What a place's role and its class's archiving leave of a permission; both are paths."""
    roles = roles_with(permission)
    teaching = Q(**{f"{place}role__in": [role for role in roles if role != Role.STUDENT]})
    if permission in ASSISTANTS_WHERE_ALLOWED:
        allowed = {f"{section}{ASSISTANTS_WHERE_ALLOWED[permission]}": True}
        teaching |= Q(**{f"{place}role": Role.ASSISTANT}, **allowed)
    not_archived = Q(**{f"{section}archived_at": None})
    if permission not in IN_ARCHIVE:
        teaching &= not_archived
    if Role.STUDENT not in roles:
        return teaching
    learning = Q(**{f"{place}role": Role.STUDENT}) & not_archived
    if for_students is not None:
        learning &= for_students
    return teaching | learning if len(roles) > 1 else learning
