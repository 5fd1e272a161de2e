"""Forms of the gradebook, save the grid of a column: that one is read by ``entry``."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button, plain_fields
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy
from classroom.gradebook.queries import column_basis

MOST_BYTES = 1_000_000


class ScoreForm(forms.Form):
    """One student's score and feedback. ``revision`` is of the score that the page shows."""

    points = forms.CharField(
        label=_("Score"),
        max_length=20,
        required=False,
        help_text=_("As 7.5, as 75 % or as 7/10. Left empty, what was earned counts."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_(
            "Why it differs from what was earned. It stays in the history, which students see only in a copy of their "
            "data."
        ),
    )
    feedback = forms.CharField(
        label=_("Feedback"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The student reads it beside the score."),
    )
    revision = forms.IntegerField(min_value=0, initial=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Save"))


class PolicyForm(forms.ModelForm[GradingPolicy]):
    """How a class's scores are shown, and what happens to late work. ``basis`` is of the rules that the page shows."""

    letters_typed = forms.CharField(
        label=_("Letters"),
        max_length=200,
        help_text=_("Each with the least per cent for it, from the highest down: A 90, B 80, C 70, F 0."),
    )

    basis = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    class Meta:
        model = GradingPolicy
        fields = ["scale", "late_percent", "late_floor"]

    def __init__(self, *args: Any, basis: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].initial = basis
        self.fields["letters_typed"].initial = ", ".join(f"{name} {least}" for name, least in self.instance.letters)
        self.helper = plain_fields(self)

    def clean_letters_typed(self) -> list[list[str | int]]:
        letters: list[list[str | int]] = []
        for part in self.cleaned_data["letters_typed"].split(","):
            name, _space, least = part.strip().rpartition(" ")
            if not name or len(name) > 5 or not (least.isascii() and least.isdigit()) or int(least) > 100:
                raise forms.ValidationError(_("Write each letter with its least per cent, as in A 90."))
            letters.append([name, int(least)])
        if [each[1] for each in letters] != sorted({each[1] for each in letters}, reverse=True):
            raise forms.ValidationError(_("Put them from the highest down."))
        if letters[-1][1] != 0:
            # Else whoever is below the last one would be given it all the same.
            raise forms.ValidationError(_("Give the last letter 0 per cent, so that every score has one."))
        return letters

    def policy(self) -> GradingPolicy:
        self.instance.letters = self.cleaned_data["letters_typed"]
        return self.instance


class CategoryForm(forms.ModelForm[Category]):
    class Meta:
        model = Category
        fields = ["name", "weight", "drop_lowest"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_fields(self)


class BaseCategoryFormSet(forms.BaseModelFormSet[Category, CategoryForm]):
    def clean(self) -> None:
        super().clean()
        names = [
            form.cleaned_data["name"].casefold()
            for form in self.forms
            if getattr(form, "cleaned_data", {}).get("name") and form not in self.deleted_forms
        ]
        if len(names) != len(set(names)):
            raise forms.ValidationError(_("Two categories have the same name."))


CategoryFormSet = forms.modelformset_factory(
    Category, form=CategoryForm, formset=BaseCategoryFormSet, extra=2, can_delete=True, max_num=20, validate_max=True
)


def wanted_of(formset: forms.BaseModelFormSet[Category, CategoryForm]) -> list[Category]:
    """All categories that the class is to have, by a formset that was found to be valid; none is saved."""
    gone = formset.deleted_forms
    return [form.instance for form in formset.forms if form not in gone and form.cleaned_data.get("name")]


class ColumnForm(forms.Form):
    """How one assignment counts. ``basis`` is of the settings that the page shows."""

    basis = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    category = forms.TypedChoiceField(label=_("Category"), required=False, coerce=int, empty_value=None)
    out_of = forms.DecimalField(
        label=_("Points"),
        required=False,
        max_digits=8,
        decimal_places=2,
        min_value=0.01,
        help_text=_("What scores set by hand are out of, where no quiz says so."),
    )
    counts = forms.BooleanField(label=_("Counts towards the total"), required=False)
    extra_credit = forms.BooleanField(
        label=_("Extra credit"), required=False, help_text=_("Its points are added, and nobody misses them.")
    )
    hidden = forms.BooleanField(
        label=_("Hidden from students"), required=False, help_text=_("Scores and feedback, until you release them.")
    )

    def __init__(self, *args: Any, settings: ColumnSettings, categories: Sequence[Category], **kwargs: Any) -> None:
        initial = {
            "basis": column_basis(settings),
            "category": settings.category_id,
            "out_of": settings.out_of,
            "counts": settings.counts,
            "extra_credit": settings.extra_credit,
            "hidden": settings.hidden,
        }
        super().__init__(*args, **kwargs)
        self.initial = initial
        self.settings, self.categories = settings, {each.pk: each for each in categories}
        field = self.fields["category"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - said for the type checker
        field.choices = [("", _("none")), *((each.pk, each.name) for each in categories)]
        self.helper = one_button(self, _("Save"))

    def column(self) -> ColumnSettings:
        """The settings as they were chosen, not saved."""
        chosen = self.cleaned_data
        return ColumnSettings(
            assignment=self.settings.assignment,
            category=self.categories.get(chosen["category"]),
            out_of=chosen["out_of"],
            counts=chosen["counts"],
            extra_credit=chosen["extra_credit"],
            hidden=chosen["hidden"],
        )


class ImportForm(forms.Form):
    """A file of scores to look at first."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("As the gradebook's own file: a column with user names, and one for each assignment."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Show what would change"))

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than a gradebook can be."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from error
