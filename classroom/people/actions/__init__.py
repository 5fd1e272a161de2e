"""What changes people and classes. Each action is one transaction and is told who and when."""

from classroom.people.actions.accounts import (
    AlreadyUsed,
    NameTaken,
    accept_invitation,
    invite_teacher,
    reset_password,
    show_welcome,
    sign_up_student,
    withdraw_invitation,
)
from classroom.people.actions.members import (
    LastTeacher,
    TakenOut,
    add_staff,
    change_role,
    join_section,
    remove_member,
    return_member,
    set_safeguarding,
)
from classroom.people.actions.sections import (
    archive_section,
    change_section,
    copy_section,
    create_section,
    hand_over,
    renew_join_code,
    reopen_section,
)

__all__ = [
    "AlreadyUsed",
    "LastTeacher",
    "NameTaken",
    "TakenOut",
    "accept_invitation",
    "add_staff",
    "archive_section",
    "change_role",
    "change_section",
    "copy_section",
    "create_section",
    "hand_over",
    "invite_teacher",
    "join_section",
    "remove_member",
    "renew_join_code",
    "reopen_section",
    "reset_password",
    "return_member",
    "set_safeguarding",
    "show_welcome",
    "sign_up_student",
    "withdraw_invitation",
]
