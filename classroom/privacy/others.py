"""What the tables of the libraries keep about people."""

import json

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from classroom.common.data_inventory import (
    NOBODY,
    SELF,
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
from classroom.people.models import User

# Arguments by which a task of ours names a person.
PEOPLE_IN_ARGUMENTS = ("user", "user_id", "student", "student_id", "person", "person_id")


def end_sessions(erasing: Erasing) -> int:
    """Sessions hold whose they are in their signed text, so each has to be read."""
    if not erasing.whole:
        return 0
    theirs = [each.pk for each in Session.objects.iterator() if _of_person(each, erasing.person)]
    return Session.objects.filter(pk__in=theirs).delete()[0]


def _of_person(session: Session, person: int) -> bool:
    return str(session.get_decoded().get("_auth_user_id")) == str(person)


def forget_tasks(erasing: Erasing) -> int:
    """Tasks that were given this person's number, or whose arguments or errors hold a name of theirs."""
    if not erasing.whole:
        return 0
    named = Q()
    for word in erasing.words:
        # As JSON writes it, too: there a letter outside ASCII is an escape.
        for written in {word, json.dumps(word)[1:-1]}:
            named |= Q(text__icontains=written) | Q(traceback__icontains=written) | Q(returned__icontains=written)
    for argument in PEOPLE_IN_ARGUMENTS:
        named |= Q(**{f"args_kwargs__kwargs__{argument}": erasing.person})
    tasks = DBTaskResult.objects.annotate(
        text=Cast("args_kwargs", TextField()), returned=Cast("return_value", TextField())
    )
    theirs = list(tasks.filter(named).values_list("pk", flat=True))
    return int(DBTaskResult.objects.filter(pk__in=theirs).delete()[0])


def forget_in_admin_log(erasing: Erasing) -> int:
    """The panel's log names rows by their text: of an account, the user name."""
    if not erasing.whole:
        return 0
    account = ContentType.objects.get_for_model(User)
    named = Q(content_type=account, object_id=str(erasing.person))
    for word in erasing.words:
        named |= Q(object_repr__icontains=word) | Q(change_message__icontains=word)
    theirs = list(LogEntry.objects.filter(named).values_list("pk", flat=True))
    return LogEntry.objects.filter(pk__in=theirs).update(object_repr="", change_message="", object_id=None)


TABLES = [
    Table(
        EmailConfirmation,
        _("Confirmations of e-mail addresses"),
        {
            **nothing("id", "email_address"),
            "created": Field(Kind.TECHNICAL, "When it was asked for."),
            "sent": Field(Kind.TECHNICAL, "When it was sent."),
            "key": Field(Kind.TECHNICAL, "By which it is known again.", NOBODY, copied=False),
        },
        readers=SELF,
        keep=Keep.ACCOUNT,
        erase=Erase.DELETE,
        whose="email_address__user",
    ),
    Table(
        EmailAddress,
        _("E-mail addresses of accounts"),
        {
            **nothing("id"),
            "user": Field(Kind.IDENTITY, "Whose address it is."),
            "email": Field(Kind.CONTACT, "To reset a password; a student needs none."),
            "verified": Field(Kind.TECHNICAL, "Whether it was shown to be theirs."),
            "primary": Field(Kind.TECHNICAL, "Whether mail goes there."),
        },
        readers=SELF,
        keep=Keep.ACCOUNT,
        erase=Erase.DELETE,
        whose="user",
    ),
    Table(
        Authenticator,
        _("Second factors"),
        {
            **nothing("id"),
            "user": Field(Kind.IDENTITY, "Whose it is."),
            "type": Field(Kind.TECHNICAL, "Of which kind it is."),
            "data": Field(Kind.TECHNICAL, "Its secret.", NOBODY, copied=False),
            "created_at": Field(Kind.TECHNICAL, "When it was set up."),
            "last_used_at": Field(Kind.TECHNICAL, "When it was last used."),
        },
        readers=SELF,
        keep=Keep.ACCOUNT,
        erase=Erase.DELETE,
        whose="user",
    ),
    Table(
        DBTaskResult,
        _("Tasks of the worker"),
        {
            **nothing(
                "id",
                "status",
                "enqueued_at",
                "started_at",
                "finished_at",
                "priority",
                "task_path",
                "worker_ids",
                "queue_name",
                "backend_name",
                "run_after",
                "exception_class_path",
                purpose="How the task went.",
            ),
            "args_kwargs": Field(
                Kind.TECHNICAL, "What the task was given, such as whom to send a mail.", erase=Erase.DELETE
            ),
            "return_value": Field(Kind.TECHNICAL, "What it answered.", erase=Erase.DELETE),
            "traceback": Field(Kind.TECHNICAL, "What went wrong.", erase=Erase.DELETE),
        },
        keep=Keep.TASKS,
        age="finished_at",
        by_hand=forget_tasks,
    ),
    Table(
        Session,
        _("Sessions of those who are signed in"),
        {
            "session_key": Field(Kind.TECHNICAL, "Which browser it is.", erase=Erase.DELETE),
            "session_data": Field(Kind.IDENTITY, "Who is signed in there.", erase=Erase.DELETE),
            "expire_date": Field(Kind.TECHNICAL, "Until when.", erase=Erase.DELETE),
        },
        readers=NOBODY,
        keep=Keep.SESSIONS,
        age="expire_date",
        by_hand=end_sessions,
    ),
    Table(
        LogEntry,
        _("What was done in the admin panel"),
        {
            **nothing("id", "content_type", "action_flag"),
            "action_time": Field(Kind.TECHNICAL, "When.", erase=Erase.KEEP),
            "user": by_staff("Which admin did it."),
            "object_id": Field(Kind.TECHNICAL, "To which row.", erase=Erase.CLEAR),
            "object_repr": Field(
                Kind.IDENTITY, "What the row was called: of an account, the user name.", erase=Erase.CLEAR
            ),
            "change_message": Field(Kind.TECHNICAL, "Which fields were changed.", erase=Erase.CLEAR),
        },
        keep=Keep.AUDIT,
        age="action_time",
        by_hand=forget_in_admin_log,
    ),
    impersonal(Group, _("Groups of rights in the panel"), "id", "name", "permissions"),
    impersonal(Permission, _("Rights in the panel"), "id", "name", "content_type", "codename"),
    impersonal(ContentType, _("Names of tables"), "id", "app_label", "model"),
]
