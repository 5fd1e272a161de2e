"""Forms for accounts and classes."""

from classroom.people.forms.accounts import JoinForm, NewAccountForm, NewPasswordForm
from classroom.people.forms.roster import CardsForm, RosterForm, RosterPlanForm
from classroom.people.forms.sections import CopyForm, SectionEditForm, SectionForm
from classroom.people.forms.staff import ClassInvitationForm, RoleForm, StaffForm

__all__ = [
    "CardsForm",
    "ClassInvitationForm",
    "CopyForm",
    "JoinForm",
    "NewAccountForm",
    "NewPasswordForm",
    "RoleForm",
    "RosterForm",
    "RosterPlanForm",
    "SectionEditForm",
    "SectionForm",
    "StaffForm",
]
