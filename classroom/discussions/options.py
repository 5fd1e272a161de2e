"""What a teacher decides of a discussion when setting it, and what speaks against it in a certain class."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classroom.assignments.models import Assignment
from classroom.discussions.models import Task, Thread, task_of
from classroom.discussions.seals import FEWEST_UNDER_SEAL
from classroom.people import queries as people
from classroom.people.models import Group, Membership, Section, User

MOST_EDIT_MINUTES = 24 * 60
OF_TASK = ("own_words", "replies", "sources", "post_first", "most_posts")
_OF_THREAD = ("names", "policy", "edit_minutes")


def option_fields(section: Section | None) -> dict[str, forms.Field]:
    """For a class whose teacher is its only adult, with what they have to know of sealed names."""
    fields: dict[str, forms.Field] = {
        "together": forms.ChoiceField(
            label=_("Who talks together"),
            choices=Thread.Together.choices,
            initial=Thread.Together.ALL,
            widget=forms.RadioSelect,
            help_text=_("Groups are made, or drawn at random, on the class's page of groups."),
        ),
        "names": forms.ChoiceField(
            label=_("Names"),
            choices=Thread.Names.choices,
            initial=Thread.Names.PSEUDONYM,
            help_text=_(
                "It cannot be changed later. Names that are sealed stay sealed, also to you: one of them is opened "
                "only for a reason in writing to which a second of those who teach the class consents, and its student "
                "is told. A post that sounds as if somebody were in danger opens it to the safeguarding contact alone."
            ),
        ),
    }
    if section is not None and len(people.staff_of(section)) < 2:
        fields["sealed_for_good"] = forms.BooleanField(
            label=_("If names are sealed: I know that nobody can open one"),
            required=False,
            help_text=_(
                "You are the only one who teaches this class, and opening a sealed name takes two. To make it "
                "possible, let a second teacher or assistant into the class first."
            ),
        )
    fields["policy"] = forms.ChoiceField(
        label=_("Approval"), choices=Thread.Policy.choices, initial=Thread.Policy.HOLD_ALL
    )
    fields["edit_minutes"] = forms.IntegerField(
        label=_("Minutes to change a post"),
        min_value=0,
        max_value=MOST_EDIT_MINUTES,
        required=False,
        initial=_of_model(Thread, "edit_minutes").get_default(),
        help_text=_of_model(Thread, "edit_minutes").help_text,
    )
    return fields | task_fields()


def refusals(
    options: Mapping[str, Any], section: Section, audience: Sequence[Group | User]
) -> dict[str, str | Promise]:
    """By the name of the field that is to be changed."""
    found: dict[str, str | Promise] = dict(faults(options))
    groups = [each for each in audience if isinstance(each, Group)]
    together, sealed = options["together"], options["names"] == Thread.Names.SEALED
    if together == Thread.Together.GROUPS and (not groups or len(groups) < len(audience)):
        found["together"] = _("Tick the groups that are to talk apart under “For whom”, and no single students.")
    if sealed and together == Thread.Together.ALONE:
        found["names"] = _("Who talks with you alone has no name that could be kept from you.")
    elif sealed and _is_small(section, audience, apart=together == Thread.Together.GROUPS):
        found["names"] = _(
            "So few talk together that you would know who wrote what. Sealed names need at least four "
            "in each discussion."
        )
    if sealed and not options.get("sealed_for_good", True):
        found["sealed_for_good"] = _("Say that you know it, or choose another way with names.")
    return found


def _is_small(section: Section, audience: Sequence[Group | User], *, apart: bool) -> bool:
    """Whether a discussion would have so few students that a seal hides nobody. A class may still be empty."""
    places = Membership.objects.students().filter(section=section)
    groups = [each for each in audience if isinstance(each, Group)]
    if apart:
        return any(places.filter(section_groups=each).count() < FEWEST_UNDER_SEAL for each in groups)
    if not audience:
        return 0 < places.count() < FEWEST_UNDER_SEAL
    named = {each.pk for each in audience if isinstance(each, User)}
    named |= set(places.filter(section_groups__in=groups).values_list("user_id", flat=True))
    return len(named) < FEWEST_UNDER_SEAL


# --- What is asked ------------------------------------------------------------------------------------------------


def task_fields() -> dict[str, forms.Field]:
    """What a discussion asks of each student. A number that is left empty stays at what it asks by itself."""
    found: dict[str, forms.Field] = {}
    for name in OF_TASK:
        field = _of_model(Task, name).formfield()
        assert field is not None  # noqa: S101 - each of these can be put into a form; said for the type checker
        field.required = False
        field.initial = _of_model(Task, name).get_default()
        field.label = str(field.label)[:1].upper() + str(field.label)[1:]
        found[name] = field
    return found


def _of_model(model: type[Task] | type[Thread], name: str) -> models.Field[Any, Any]:
    found = model._meta.get_field(name)
    assert isinstance(found, models.Field)  # noqa: S101 - they are columns; said for the type checker
    return found


def task_from(assignment: Assignment | None, options: Mapping[str, Any]) -> Task:
    """The task that these options describe, not saved."""
    task = Task(assignment=assignment)
    for name in OF_TASK:
        if options.get(name) is not None:
            setattr(task, name, options[name])
    return task


def asks_for_more(options: Mapping[str, Any]) -> bool:
    """Whether more than a post of one's own is asked."""
    return bool(options.get("replies") or options.get("sources"))


def faults(options: Mapping[str, Any]) -> dict[str, str]:
    """What cannot be meant of a task, by the option's name."""
    task = task_from(None, options)
    try:
        task.clean_fields(exclude=["assignment"])
        task.clean()
    except ValidationError as error:
        return {name: messages[0] for name, messages in error.message_dict.items()}
    return {}


def of_thread(options: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a new thread among these options."""
    return {name: options[name] for name in _OF_THREAD if options.get(name) is not None}


def chosen(thread: Thread) -> dict[str, Any]:
    """What was decided for a discussion, to set up the same again."""
    found = {name: getattr(thread, name) for name in (*_OF_THREAD, "together")}
    return found | {name: getattr(task_of(thread), name) for name in OF_TASK}
