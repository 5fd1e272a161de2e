"""Grading one student: a choice for each line of the rubric, comments to use again, and words for the student."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.common.fields import LongText
from classroom.discussions.shape import Progress
from classroom.rubrics.actions import Marking
from classroom.rubrics.criteria import LEFT_OUT, Criterion, Level
from classroom.rubrics.models import Assessment, RubricVersion


@dataclass(frozen=True)
class Step:
    """One choice for a criterion; ``key`` is the number key that chooses it."""

    value: str
    label: str
    chosen: bool
    key: int


@dataclass(frozen=True)
class Line:
    """A criterion as the page shows it."""

    name: str
    title: str
    points: str
    steps: list[Step]
    errors: list[str]


class GradingForm(forms.Form):
    """``last`` is the grading that the page starts from. ``progress`` is how far the student is: whoever has answered
    the teachers alone has taken part, and other lines may be left out for them.
    """

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    comments = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    new_comment = forms.CharField(label=gettext_lazy("A new comment to use again"), max_length=300, required=False)
    feedback = LongText(label=gettext_lazy("To this student"), limit=5000, rows=3, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        version: RubricVersion,
        comments: Sequence[str],
        last: Assessment | None,
        progress: Progress,
    ) -> None:
        self.rubric, self.progress = version.lines, progress
        initial = {
            "number": last.number if last else 0,
            "version": version.number,
            "comments": last.comments if last else [],
            "feedback": last.feedback if last else "",
        }
        super().__init__(data, initial=initial)
        self.label_suffix = ""
        for name in ("new_comment", "feedback"):
            self.fields[name].widget.attrs["class"] = "form-control"
        known = dict.fromkeys([*comments, *(last.comments if last else [])])
        ticked = self.fields["comments"]
        assert isinstance(ticked, forms.MultipleChoiceField)  # noqa: S101 - as it is declared above
        ticked.choices = [(each, each) for each in known]
        ticked.widget.attrs["class"] = "form-check-input"
        for criterion in self.rubric:
            choices = self._choices(criterion)
            self.fields[_name(criterion)] = forms.ChoiceField(
                label=criterion.title,
                choices=choices,
                widget=forms.RadioSelect,
                initial=self._to_begin_with(criterion, last, choices),
                error_messages={"required": _("Choose a level.")},
            )

    def _choices(self, criterion: Criterion) -> list[tuple[str, str]]:
        if self.progress.passed and criterion.takes_part:
            return [(criterion.top.id, _label(criterion.top))]
        found = [(each.id, _label(each)) for each in criterion.levels]
        if self.progress.passed and any(each.takes_part for each in self.rubric):
            found.append((LEFT_OUT, _("does not count for this student, who answered the teachers alone")))
        return found

    def _to_begin_with(
        self, criterion: Criterion, last: Assessment | None, choices: Sequence[tuple[str, str]]
    ) -> str | None:
        chosen = last.levels.get(criterion.id) if last else None
        if chosen in dict(choices):
            return str(chosen)
        if criterion.takes_part and self.progress.is_done:
            return criterion.top.id
        return LEFT_OUT if last is None and LEFT_OUT in dict(choices) else None

    def lines(self) -> list[Line]:
        """The criteria with what is chosen, for the page."""
        found = []
        for criterion in self.rubric:
            field = self[_name(criterion)]
            chosen = field.value()
            choices = enumerate(self._choices(criterion), 1)
            steps = [Step(value, label, value == chosen, key) for key, (value, label) in choices]
            most = number_format(criterion.most.normalize())
            found.append(Line(field.name, criterion.title, most, steps, [str(each) for each in field.errors]))
        return found

    def marking(self) -> Marking:
        """What was filled in, with a comment that was just written."""
        new = self.added
        return Marking(
            levels={each.id: self.cleaned_data[_name(each)] for each in self.rubric},
            comments=list(dict.fromkeys([*self.cleaned_data["comments"], *([new] if new else [])])),
            feedback=self.cleaned_data["feedback"].strip(),
        )

    @property
    def added(self) -> str:
        """The comment that was just written, if any."""
        return str(self.cleaned_data["new_comment"]).strip()


def with_numbers(sent: Any, last: Assessment | None, version: RubricVersion) -> Any:
    """What was sent, as if it had been sent on what is stored now: saved again, it takes the place of that."""
    again = sent.copy()
    again["number"], again["version"] = str(last.number if last else 0), str(version.number)
    return again


def _name(criterion: Criterion) -> str:
    return f"level-{criterion.id}"


def _label(level: Level) -> str:
    return f"{number_format(level.points.normalize())}: {level.text}"
