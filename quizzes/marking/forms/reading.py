"""Marking one answer: a choice for each line of the rubric, comments to use again, and words for the student."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from quizzes.grading.written import Criterion, Level
from quizzes.marking.actions import Marking
from quizzes.marking.models import MOST_POINTS, HandGrade, MarkingComment


@dataclass(frozen=True)
class Step:
    """One choice for a criterion, as the page offers it; ``key`` is the number that chooses it."""

    value: str
    label: str
    chosen: bool
    key: int | None


@dataclass(frozen=True)
class Line:
    """A criterion as the page shows it."""

    name: str
    text: str
    points: str
    steps: list[Step]
    errors: list[str]


class MarkingForm(forms.Form):
    """``last`` is the marking that the page starts from, ``comments`` are those on offer."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    comments = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    new_comment = forms.CharField(label=_("A new comment to use again"), max_length=500, required=False)
    new_points = forms.DecimalField(
        label=_("Points that it gives, or takes with a minus"),
        required=False,
        min_value=-MOST_POINTS,
        max_value=MOST_POINTS,
        decimal_places=2,
    )
    feedback = forms.CharField(
        label=_("To this student"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        rubric: Sequence[Criterion],
        comments: Sequence[MarkingComment],
        last: HandGrade | None,
        **kwargs: Any,
    ) -> None:
        self.rubric = rubric
        kwargs["initial"] = {
            "revision": last.number if last else 0,
            "comments": [str(each) for each in last.comment_ids] if last else [],
            "feedback": last.feedback if last else "",
        }
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name in ("new_comment", "new_points", "feedback"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.fields["comments"].choices = [(str(each.pk), words_of(each)) for each in comments]  # type: ignore[attr-defined]  # a ChoiceField's own
        for criterion in rubric:
            given = last.level_of(criterion.id) if last else None
            self.fields[_name(criterion)] = forms.ChoiceField(
                label=criterion.text,
                choices=[(_value(level.points), _label(level)) for level in self._steps(criterion, given)],
                initial=None if given is None else _value(given),
                error_messages={"required": _("Choose what it gives.")},
                widget=forms.RadioSelect,
            )

    @staticmethod
    def _steps(criterion: Criterion, given: Decimal | None) -> list[Level]:
        steps = criterion.steps()
        if given is not None and given not in {level.points for level in steps}:
            steps = sorted([*steps, Level(given)], key=lambda level: level.points)
        return steps

    def lines(self) -> list[Line]:
        """The criteria with what is chosen, for the page."""
        found = []
        for criterion in self.rubric:
            field = self[_name(criterion)]
            chosen = field.value()
            steps = [
                Step(value, str(label), value == chosen, key if key < 10 else None)
                for key, (value, label) in enumerate(field.field.choices)  # type: ignore[attr-defined]  # a ChoiceField's own
            ]
            points = number_format(criterion.points.normalize())
            found.append(Line(field.name, criterion.text, points, steps, [str(each) for each in field.errors]))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("new_points") and not cleaned.get("new_comment"):
            self.add_error("new_comment", _("Say what the points are for."))
        return cleaned

    def marking(self, added: Sequence[int] = ()) -> Marking:
        """What was filled in, with comments that were just added."""
        return Marking(
            levels={each.id: Decimal(self.cleaned_data[_name(each)]) for each in self.rubric},
            comments=[*(int(each) for each in self.cleaned_data["comments"]), *added],
            feedback=self.cleaned_data["feedback"].strip(),
        )


class CommentForm(forms.Form):
    """Other points for a comment."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    points = forms.DecimalField(
        label=_("Points that it gives, or takes with a minus"),
        min_value=-MOST_POINTS,
        max_value=MOST_POINTS,
        decimal_places=2,
    )

    def __init__(self, *args: Any, comment: MarkingComment, **kwargs: Any) -> None:
        kwargs["initial"] = {"revision": comment.revision, "points": comment.points.normalize()}
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Save, and count all its answers again"))


def with_revision(sent: Mapping[str, Any], revision: int) -> Any:
    """What was sent, with the revision that is stored now: saved again, it replaces what the page then shows."""
    again = sent.copy()  # type: ignore[attr-defined]  # a QueryDict
    again["revision"] = str(revision)
    return again


def words_of(comment: MarkingComment) -> str:
    """A comment with its points: "Names no source (−1)"."""
    if not comment.points:
        return comment.text
    return f"{comment.text} ({_signed(comment.points)})"


def _signed(points: Decimal) -> str:
    sign = "+" if points > 0 else "−"
    return f"{sign}{number_format(abs(points).normalize())}"


def _name(criterion: Criterion) -> str:
    return f"level-{criterion.id}"


def _value(points: Decimal) -> str:
    return f"{points.normalize():f}"


def _label(level: Level) -> str:
    points = number_format(level.points.normalize())
    return f"{points}: {level.text}" if level.text else points
