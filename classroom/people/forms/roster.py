"""Rosters and login cards."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import KeyField, one_button
from classroom.common.text import storable
from classroom.people.models import User
from classroom.people.roster.grouping import MOST_GROUPS, too_many
from classroom.people.roster.reading import MOST_BYTES, Row, Unreadable, read, read_text


class RosterForm(forms.Form):
    """A roster, as a file or as text; ``rows`` holds what was read."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "CSV, as Excel and LibreOffice save it. The columns are name and, if you like, username and group; several "
            "groups of one student are parted by semicolons."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
    )
    text = forms.CharField(
        label=_("Or paste the list"),
        required=False,
        strip=False,
        help_text=_("One student a line, copied from a spreadsheet or typed."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[Row] = []
        self.helper = one_button(self, _("Show what would change"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload, text = cleaned.get("file"), cleaned.get("text") or ""
        try:
            if upload is not None:
                # One byte more than is allowed is enough to refuse it.
                self.rows = read(upload.read(MOST_BYTES + 1))
            elif text.strip():
                self.rows = read_text(text)
            elif not self.errors:
                self.add_error(None, _("Choose a file, or paste the list."))
            if too_many(self.rows):
                raise Unreadable(_("The list names too many groups. It may name %(count)d.") % {"count": MOST_GROUPS})
        except Unreadable as unreadable:
            self.add_error("file" if upload is not None else "text", str(unreadable.reason))
        return cleaned


class JSONWithinReason(forms.JSONField):
    """JSON that a page of ours has made; what is nested past reading is refused like any other nonsense."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid", params={"value": ""}) from error


class RosterPlanForm(forms.Form):
    """The plan that a teacher was shown, sent back to be applied: the rows, what was shown, and what was decided."""

    rows = JSONWithinReason(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    key = KeyField()
    take_out = forms.BooleanField(required=False)
    leave_others = forms.BooleanField(required=False)
    leave_groups = forms.BooleanField(required=False)
    new_anyway = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = self.data.getlist("new_anyway") if self.is_bound else []  # type: ignore[attr-defined]  # a QueryDict
        self.fields["new_anyway"].choices = [(line, line) for line in lines if line.isdecimal()][:1000]  # type: ignore[attr-defined]

    def clean_rows(self) -> list[Row]:
        """The rows are read again from the text that they make, under the limits of any other."""
        changed = forms.ValidationError(_("The list has been changed on its way. Send it again."))
        try:
            rows = [(line, *texts) for line, *texts in self.cleaned_data["rows"]][:1000]
        except (TypeError, ValueError) as error:
            raise changed from error
        if not all(_is_row(row) for row in rows):
            raise changed
        found = [Row(*row) for row in rows]
        if too_many(found):
            raise changed
        return found


class ChosenPeople(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    """People by their ids; a number that no row can have is a choice like any other that is not offered."""

    def clean(self, value: Any) -> Any:
        return super().clean([each for each in value or () if len(str(each)) <= 18])


class CardsForm(forms.Form):
    """Which students get a new password and a login card."""

    key = KeyField()
    students = ChosenPeople(
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=_("Students"),
        error_messages={"required": _("Choose at least one student.")},
    )

    def __init__(self, *args: Any, students: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["students"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = students
        self.helper = one_button(self, _("Reset their passwords and show the cards"))


def _is_row(row: tuple[Any, ...]) -> bool:
    """Whether it is a line's number, a name, a user name and a group, as the plan's page sends them."""
    line, *texts = row
    return isinstance(line, int) and len(texts) == 3 and all(isinstance(each, str) and storable(each) for each in texts)
