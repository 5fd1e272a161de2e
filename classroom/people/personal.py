"""What accounts and classes keep about people."""

from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import (
    NOBODY,
    ONLY_ADMINS,
    SELF,
    SELF_AND_TEACHING,
    TEACHING,
    WHOLE_CLASS,
    Erase,
    Erasing,
    Field,
    Keep,
    Kind,
    Table,
    by_staff,
    impersonal,
    nothing,
)
from classroom.people import limits
from classroom.people.models import Group, Invitation, JoinCode, Membership, RateBucket, Section, User


def forget_tries(erasing: Erasing) -> int:
    return limits.forget(erasing.person) if erasing.whole else 0


TABLES = [
    Table(
        RateBucket,
        _("Tries with wrong codes, and reports of posts, counted against guessing and misuse"),
        {
            "id": Field(Kind.NONE, "Numbers the row."),
            "key": Field(
                Kind.TECHNICAL, "The account's number, or the network address that tried.", erase=Erase.DELETE
            ),
            "tokens": Field(Kind.TECHNICAL, "How many tries are left.", erase=Erase.DELETE),
            "updated_at": Field(Kind.TECHNICAL, "When the last try was.", erase=Erase.DELETE),
        },
        readers=ONLY_ADMINS,
        keep=Keep.LIMITS,
        age="updated_at",
        by_hand=forget_tries,
    ),
    Table(
        Invitation,
        _("Invitations to teachers"),
        {
            **nothing("id", "nonce", "section", "role"),
            "name": Field(Kind.IDENTITY, "Whom the invitation is for."),
            "email": Field(Kind.CONTACT, "Where it is sent; it may be empty."),
            "created_by": by_staff("Which admin made it."),
            "created_at": Field(Kind.TECHNICAL, "When it was made."),
            "expires_at": Field(Kind.TECHNICAL, "Until when it opens an account."),
            "accepted_by": Field(Kind.IDENTITY, "The account that it has opened."),
            "accepted_at": Field(Kind.TECHNICAL, "When it was accepted."),
            "revoked_at": Field(Kind.TECHNICAL, "When it was withdrawn."),
        },
        readers=ONLY_ADMINS,
        keep=Keep.INVITATIONS,
        age="expires_at",
        erase=Erase.DELETE,
        whose="accepted_by",
    ),
    impersonal(JoinCode, _("Join codes"), "id", "section", "code", "created_at", "expires_at", "revoked_at"),
    Table(
        Group,
        _("Groups of students"),
        {
            **nothing("id", "section", "name", "created_at", "draw"),
            "members": Field(Kind.EDUCATION, "Who is in it, by their places in the class.", erase=Erase.DELETE),
        },
        readers=TEACHING,
        keep=Keep.CLASS,
    ),
    Table(
        Membership,
        _("Who is in which class, and since when"),
        {
            "id": Field(Kind.NONE, "Numbers the row."),
            "section": Field(Kind.EDUCATION, "Which class.", shown="section__name"),
            "user": Field(Kind.IDENTITY, "Who is in it."),
            "role": Field(Kind.EDUCATION, "As what: it says what they may do."),
            "joined_at": Field(Kind.EDUCATION, "Since when."),
            "ended_at": Field(Kind.EDUCATION, "Until when."),
            "is_safeguarding_contact": Field(
                Kind.IDENTITY, "Whether this teacher is whom the class turns to when something worries them."
            ),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="user",
        in_class="section",
    ),
    impersonal(
        Section,
        _("Classes"),
        "id",
        "name",
        "time_zone",
        "created_at",
        "archived_at",
        "assistants_grade",
        "is_sample",
        "key",
    ),
    Table(
        User,
        _("Accounts"),
        {
            "id": Field(Kind.TECHNICAL, "Numbers the account; the site's logs name people by it alone."),
            "username": Field(Kind.IDENTITY, "What the person signs in with.", SELF_AND_TEACHING),
            "name": Field(Kind.IDENTITY, "What the teacher calls the person.", WHOLE_CLASS),
            "password": Field(Kind.TECHNICAL, "A hash, by which a password is known again.", NOBODY, copied=False),
            "email": Field(Kind.CONTACT, "To reset a password; a student needs none."),
            "is_teacher": Field(Kind.TECHNICAL, "Whether they may create classes."),
            "is_staff": Field(Kind.TECHNICAL, "Whether they may open the admin panel."),
            "is_superuser": Field(Kind.TECHNICAL, "Whether they have all rights in the panel."),
            "is_active": Field(Kind.TECHNICAL, "Whether they may sign in."),
            "is_demo": Field(Kind.TECHNICAL, "Whether the demo has made the account."),
            "is_stand_in": Field(Kind.TECHNICAL, "Whether it is no person, but holds figures of an erased one."),
            "is_sample": Field(Kind.TECHNICAL, "Whether it is no person, but a pretend student of a sample class."),
            "welcome_closed": Field(Kind.TECHNICAL, "Whether the person has put the welcome away.", SELF),
            "created_at": Field(Kind.TECHNICAL, "When the account was made."),
            "language": Field(Kind.TECHNICAL, "Which language the person wants the pages in.", SELF),
            "theme": Field(Kind.TECHNICAL, "Whether the person wants light or dark pages.", SELF),
            "wide_spacing": Field(Kind.TECHNICAL, "Whether the person wants letters further apart.", SELF),
            "unread_notices": Field(Kind.TECHNICAL, "How many notices the person has not read.", SELF),
            "last_login": Field(Kind.TECHNICAL, "When the person last signed in."),
            "groups": Field(Kind.TECHNICAL, "Rights in the admin panel; none of a student.", copied=False),
            "user_permissions": Field(Kind.TECHNICAL, "Rights in the admin panel; none of a student.", copied=False),
        },
        readers=SELF,
        keep=Keep.ACCOUNT,
        erase=Erase.DELETE,
        whose="pk",
    ),
]
