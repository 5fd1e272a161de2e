"""What a lesson is called, and what it says of itself."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from classroom.lessons.forms.fields import LinesField, MarkdownField, StandardsField, refuse_strays
from classroom.lessons.models import Lesson


class CopyForm(forms.Form):
    """What a teacher's own copy is called."""

    title = forms.CharField(label=_("Title of your copy"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Make my own copy"))


class LessonForm(forms.Form):
    """All that a teacher may say of a lesson. ``revision`` is of the lesson that the page shows."""

    title = forms.CharField(label=_("Title"), max_length=200)
    essential_question = forms.CharField(label=_("Essential question"), max_length=300)
    summary = forms.CharField(label=_("Summary"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))
    grade_band = forms.CharField(label=_("Ages"), max_length=10)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600)
    subjects = LinesField(label=_("Subjects"), required=False, help_text=_("One a line."))
    objectives = LinesField(label=_("Objectives"), required=False, help_text=_("One a line."))
    standards = StandardsField(
        label=_("Standards"), required=False, help_text=_("One a line: its code, a colon, its title.")
    )
    materials = LinesField(label=_("Materials"), required=False, help_text=_("One a line."))
    overview = MarkdownField(label=_("Overview for the teacher"), rows=8)
    content_note = forms.CharField(
        label=_("Content note"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    missing = forms.CharField(
        label=_("What the sources lack"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    alternative_task = forms.CharField(
        label=_("Alternative task"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, lesson: Lesson, **kwargs: Any) -> None:
        self.lesson = lesson
        kwargs["initial"] = {name: getattr(lesson, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Save"))
        self.helper.layout = Layout(
            "title",
            "essential_question",
            "summary",
            "grade_band",
            "minutes",
            Fieldset(
                gettext("For the teacher's plan"),
                *("subjects", "objectives", "standards", "materials", "overview"),
                *("content_note", "missing", "alternative_task"),
            ),
            "revision",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refuse_strays(self, "overview", self.lesson.film)
        return cleaned
