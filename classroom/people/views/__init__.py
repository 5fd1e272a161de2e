"""What the room's addresses lead to."""

from classroom.people.views.appearance import appearance
from classroom.people.views.joining import account, invitation, join, join_account, welcome
from classroom.people.views.members import member_remove, member_return, student_password
from classroom.people.views.offline import offline
from classroom.people.views.resending import sign_in_again
from classroom.people.views.roster import login_cards, roster, roster_apply, roster_cards, roster_export
from classroom.people.views.sections import (
    archive,
    code_renew,
    section_archive,
    section_copy,
    section_edit,
    section_new,
    section_reopen,
)
from classroom.people.views.staff import (
    section_people,
    staff_add,
    staff_change,
    staff_invite,
    staff_remove,
    staff_uninvite,
)

__all__ = [
    "account",
    "appearance",
    "archive",
    "code_renew",
    "invitation",
    "join",
    "join_account",
    "login_cards",
    "member_remove",
    "member_return",
    "offline",
    "roster",
    "roster_apply",
    "roster_cards",
    "roster_export",
    "section_archive",
    "section_copy",
    "section_edit",
    "section_new",
    "section_people",
    "section_reopen",
    "sign_in_again",
    "staff_add",
    "staff_change",
    "staff_invite",
    "staff_remove",
    "staff_uninvite",
    "student_password",
    "welcome",
]
