"""What the room's addresses lead to."""

from classroom.people.views.joining import account, invitation, join, join_account, welcome
from classroom.people.views.members import member_remove, student_password
from classroom.people.views.roster import login_cards, roster, roster_apply, roster_export
from classroom.people.views.sections import code_renew, section_new

__all__ = [
    "account",
    "code_renew",
    "invitation",
    "join",
    "join_account",
    "login_cards",
    "member_remove",
    "roster",
    "roster_apply",
    "roster_export",
    "section_new",
    "student_password",
    "welcome",
]
