"""Forms for whom work is for, for dates of their own, and for excuses."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.assignments.actions import Somebody
from classroom.assignments.activities import first_part_of
from classroom.assignments.dates import Extension, most_generous
from classroom.assignments.forms.times import LocalTimeField, doubled_words
from classroom.assignments.models import Assignment, AssignmentOverride
from classroom.common.layout import one_button
from classroom.people.models import Group, User

MOST_MINUTES = 1440
MOST_ATTEMPTS = 20


class Audience:
    """The groups and students of a class, as choices of a form."""

    def __init__(self, groups: Sequence[Group], students: Sequence[User]) -> None:
        self._groups = {f"group:{group.pk}": group for group in groups}
        self._students = {f"student:{student.pk}": student for student in students}

    def __bool__(self) -> bool:
        return bool(self._groups or self._students)

    def choices(self) -> list[tuple[Any, Any]]:
        named = [
            (_("Groups"), [(ref, group.name) for ref, group in self._groups.items()]),
            (_("Students"), [(ref, student.name) for ref, student in self._students.items()]),
        ]
        return [(label, options) for label, options in named if options]

    def somebody(self, ref: str) -> Somebody:
        return self._groups.get(ref) or self._students[ref]

    def refs(self, named: Sequence[Somebody]) -> list[str]:
        """What the form's field holds for these."""
        return [f"{'group' if isinstance(who, Group) else 'student'}:{who.pk}" for who in named]


def audience_field(audience: Audience) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("For"),
        required=False,
        choices=audience.choices(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose nobody to set it to the whole class."),
    )


class AudienceForm(forms.Form):
    """For whom an assignment is."""

    def __init__(self, *args: Any, audience: Audience, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.possible = audience
        self.fields["audience"] = audience_field(audience)
        self.helper = one_button(self, _("Set it to these"))

    def audience(self) -> list[Somebody]:
        return [self.possible.somebody(ref) for ref in self.cleaned_data["audience"]]


class OverrideForm(forms.Form):
    """Dates of their own. What stays empty stays as it is for everybody."""

    who = forms.ChoiceField(label=_("For"))
    opens_at = LocalTimeField(label=_("Opens"), required=False)
    due_at = LocalTimeField(
        label=_("Due"), required=False, help_text=_("It stays open until then, whenever it closes for the others.")
    )
    no_due = forms.BooleanField(label=_("No due time"), required=False)
    closes_at = LocalTimeField(label=_("Closes"), required=False)
    never_closes = forms.BooleanField(label=_("Never closes"), required=False)

    def __init__(self, *args: Any, assignment: Assignment, audience: Audience, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assignment, self.possible = assignment, audience
        self.fields["who"] = forms.ChoiceField(label=_("For"), choices=[("", "–"), *audience.choices()])
        self.fields["extra_minutes"] = _number(
            _("Extra minutes"), MOST_MINUTES, _("For a quiz with a time limit, beyond what all have.")
        )
        self.fields["extra_attempts"] = _number(_("Extra attempts"), MOST_ATTEMPTS, _("For a quiz."))
        first_part = first_part_of(assignment)
        if first_part:
            self.fields["first_due_at"] = LocalTimeField(
                label=_("Due first: %(what)s") % {"what": first_part},
                required=False,
                help_text=_("Leave it empty, and whoever has a later due time has all of it due then."),
            )
            self.order_fields(["who", "opens_at", "first_due_at"])
        self.helper = one_button(self, _("Give these times"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for time, without in (("due_at", "no_due"), ("closes_at", "never_closes")):
            if cleaned.get(time) and cleaned.get(without):
                self.add_error(time, _("Choose a time, or none; not both."))
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It would close before it opens."))
        first, due = cleaned.get("first_due_at"), cleaned.get("due_at") or self.assignment.due_at
        if first and due and first > due and not cleaned.get("no_due"):
            self.add_error("first_due_at", _("That is later than the whole is due."))
        if not self.errors and not self._gives_anything():
            raise forms.ValidationError(
                _("That is no more than everybody has. The most generous time counts, so nothing would change.")
            )
        return cleaned

    def _gives_anything(self) -> bool:
        plain = most_generous(self.assignment.dates, ())
        return most_generous(plain, [self.extension()]) != plain

    def extension(self) -> Extension:
        values = self.cleaned_data
        return Extension(
            opens_at=values["opens_at"],
            due_at=values["due_at"],
            no_due=values["no_due"],
            first_due_at=values.get("first_due_at"),
            closes_at=values["closes_at"],
            never_closes=values["never_closes"],
            extra_minutes=values["extra_minutes"] or 0,
            extra_attempts=values["extra_attempts"] or 0,
        )

    def who_is_meant(self) -> Somebody:
        return self.possible.somebody(self.cleaned_data["who"])

    def notes(self) -> list[str]:
        given = self.extension()
        moments = given.opens_at, given.first_due_at, given.due_at, given.closes_at
        found = [doubled_words(each) for each in moments if each]
        return list(dict.fromkeys(note for note in found if note))


def sent(override: AssignmentOverride) -> dict[str, str]:
    """What the form of dates of their own would be sent to give exactly these, to the moment."""
    who = f"group:{override.group_id}" if override.group_id else f"student:{override.student_id}"
    given = {name: value for name, value in asdict(override.extension).items() if value}
    times = {name: value.isoformat() if isinstance(value, datetime) else str(value) for name, value in given.items()}
    return {"who": who, **times}


def _number(label: Any, most: int, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most, help_text=help_text)


class ExcuseForm(forms.Form):
    """That a student need not do it."""

    def __init__(self, *args: Any, students: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "excuse-%s", **kwargs})
        self._students = {str(student.pk): student for student in students}
        self.fields["student"] = forms.ChoiceField(
            label=_("Student"), choices=[("", "–"), *((ref, student.name) for ref, student in self._students.items())]
        )
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            required=False,
            max_length=300,
            help_text=_("For those who teach the class; the student sees only that they are excused."),
        )

    def student(self) -> User:
        return self._students[self.cleaned_data["student"]]
