"""Forms for accounts and classes."""

import zoneinfo
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import KeyField, one_button
from classroom.common.text import storable, visible_name
from classroom.people.copying import NewYear
from classroom.people.models import STAFF_ROLES, Role, Section, User
from classroom.people.roster.grouping import MOST_GROUPS, too_many
from classroom.people.roster.reading import MOST_BYTES, Row, Unreadable, read, read_text


class JoinForm(forms.Form):
    """The first step of joining: the code."""

    code = forms.CharField(
        label=_("Join code"),
        max_length=20,
        help_text=_("Eight letters and digits from your teacher, such as BCDF-2345."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Go on"))


class NewAccountForm(forms.Form):
    """A name to go by, a user name and a password: what an account here needs, and no more."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("You sign in with it. Letters, digits and . _ - only; choose one that you will remember."),
        validators=User._meta.get_field("username").validators,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Eight characters or more. Three or four words that only you would put together are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, button)

    def clean_name(self) -> str:
        name = visible_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("A name needs at least one letter that can be seen."))
        return name

    def clean_username(self) -> str:
        username: str = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("That user name is taken. Try adding a word or a number."))
        return username

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password"):
            person = User(username=cleaned.get("username", ""), name=cleaned.get("name", ""))
            try:
                validate_password(cleaned["password"], person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def name_is_taken(self) -> None:
        """Somebody took the user name between the check and the saving."""
        self.add_error("username", _("That user name is taken. Try adding a word or a number."))


class SectionForm(forms.ModelForm[Section]):
    key = KeyField()

    class Meta:
        model = Section
        fields = ["name", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("As your students know it, such as Year 9 History.")
        zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC")
        self.fields["time_zone"].widget = forms.Select(choices=[(zone, zone.replace("_", " ")) for zone in zones])
        self.helper = one_button(self, _("Save"))


class SectionEditForm(SectionForm):
    """What is decided about a class that is there."""

    key = None  # type: ignore[assignment]  # how Django leaves out a field of a form's parent

    class Meta(SectionForm.Meta):
        fields = ["name", "time_zone", "assistants_grade"]


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        help_text=_("Words that the student can type: at least eight characters. It is shown to you only here."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, student: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.student = student
        self.helper = one_button(self, _("Set this password"))

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.student)
        return password


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


def _is_row(row: tuple[Any, ...]) -> bool:
    """Whether it is a line's number, a name, a user name and a group, as the plan's page sends them."""
    line, *texts = row
    return isinstance(line, int) and len(texts) == 3 and all(isinstance(each, str) and storable(each) for each in texts)


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


class StaffForm(forms.Form):
    """Somebody who is to teach or help in a class: a colleague with an account, or one who gets an invitation."""

    who = forms.CharField(
        label=_("Who"),
        max_length=254,
        help_text=_("The user name or e-mail address of a teacher at this site."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label=_("As"), choices=STAFF_ROLES, initial=Role.ASSISTANT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Add"))


class ClassInvitationForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Leave empty to hand over the link yourself.")
    )
    role = forms.ChoiceField(label=_("As"), choices=STAFF_ROLES, initial=Role.ASSISTANT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Invite"))


class RoleForm(forms.Form):
    """What one person who teaches a class is in it."""

    role = forms.ChoiceField(label=_("Role"), choices=STAFF_ROLES)
    is_contact = forms.BooleanField(label=_("Safeguarding contact"), required=False)


class CopyForm(SectionForm):
    """A class for a new year. What it is set comes along with its first day, from which all others follow."""

    with_staff = forms.BooleanField(
        label=_("The same teachers and assistants"),
        required=False,
        initial=True,
        help_text=_("You teach it in any case."),
    )
    with_work = forms.BooleanField(
        label=_("Copy what the class is set"),
        required=False,
        initial=True,
        help_text=_("Without anything that a student did, and without what was for single students or groups."),
    )
    first_day = forms.DateField(
        label=_("First day of the new year"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta(SectionForm.Meta):
        pass

    def __init__(self, *args: Any, old_first: date | None, **kwargs: Any) -> None:
        """``old_first`` is when the work of the class began; None where there is none to copy."""
        super().__init__(*args, **kwargs)
        if old_first is None:
            del self.fields["with_work"], self.fields["first_day"]
        else:
            self.fields["first_day"].initial = old_first + timedelta(weeks=52)
            self.fields["first_day"].help_text = _(
                "The first work of the class opened on %(day)s. It opens on the same weekday, on the day that you "
                "choose or the next such day after it, and everything else keeps its distance, weekday and time."
            ) % {"day": date_format(old_first, "l j F Y")}
        self.helper = one_button(self, _("Go on"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("with_work") and not cleaned.get("first_day") and "first_day" not in self.errors:
            self.add_error("first_day", _("Give the first day, so that the work gets its dates."))
        day = cleaned.get("first_day")
        if day is not None and not 2000 <= day.year <= 2200:
            self.add_error("first_day", _("Give a day of this century."))
        return cleaned

    @property
    def section(self) -> dict[str, Any]:
        """The new class's own name and time zone, and the key of the form."""
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "key")}

    @property
    def new_year(self) -> NewYear | None:
        """When the work begins, where it comes along."""
        if not self.cleaned_data.get("with_work"):
            return None
        return NewYear(self.cleaned_data["first_day"], zoneinfo.ZoneInfo(self.cleaned_data["time_zone"]))

    def as_sent(self) -> list[tuple[str, str]]:
        """What was sent, for the hidden fields of the page that asks whether the plan is right."""
        return [(name, self.data[name]) for name in self.fields if self.data.get(name)]
