"""A step on its teacher's desk: its words, what it shows and asks, and the facts found for it."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from classroom.lessons.actions import STEP_FIELDS
from classroom.lessons.forms.fields import MarkdownField, refuse_strays
from classroom.lessons.models import Lesson, Step
from classroom.lessons.parts import Part
from classroom.lessons.queries import other_quiz
from classroom.library.models import Conflict, Fact, Topic
from classroom.library.queries import FactFilter

Choices = list[tuple[str, Any]]


class StepForm(forms.Form):
    """A step of a lesson. The fields that begin with ``find`` look for facts, and are never kept.

    ``revision`` is of the step that the page shows, 0 for a new one.
    """

    kind = forms.ChoiceField(label=_("Kind"), choices=Step.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=600, initial=5)
    body = MarkdownField(
        label=_("Text for the student"),
        help_text=_(
            "Markdown. [^key] cites the fact of that key; [words](term:key) leads to the glossary, "
            "[words](conflict:key) to a dispute."
        ),
    )
    teacher_note = MarkdownField(label=_("For the teacher"), rows=6, help_text=_("Students never see it."))
    show = forms.ChoiceField(label=_("Lays out"), choices=Step.Show.choices, required=False)
    conflict = forms.TypedChoiceField(label=_("Which dispute"), required=False, empty_value=None)
    topic = forms.TypedChoiceField(label=_("Which topic"), required=False, empty_value=None)
    answer = forms.ChoiceField(label=_("Students write"), choices=Step.Answer.choices, required=False)
    quiz_key = forms.ChoiceField(label=_("Quiz"), required=False)
    prompt_key = forms.ChoiceField(label=_("Discussion"), required=False)
    completion = forms.ChoiceField(label=_("Done when"), choices=Step.Completion.choices, required=False)
    revision = forms.IntegerField(min_value=0, initial=0, widget=forms.HiddenInput)

    find = forms.CharField(label=_("Words"), required=False, max_length=100, widget=forms.SearchInput)
    find_topic = forms.ChoiceField(label=_("Topic"), required=False)
    find_standing = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[("", _("any")), *Fact.Standing.choices]
    )

    def __init__(
        self,
        *args: Any,
        lesson: Lesson,
        step: Step | None,
        conflicts: Sequence[Conflict],
        topics: Sequence[Topic],
        quizzes: Sequence[Part],
        prompts: Sequence[Part],
        **kwargs: Any,
    ) -> None:
        self.lesson, self.step = lesson, step
        kwargs["initial"] = _initial(step)
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self._offer("conflict", conflicts)
        self._offer("topic", topics)
        self._choose("quiz_key", quizzes, step.quiz_key if step else "")
        self._choose("prompt_key", prompts, step.prompt_key if step else "")
        self._say("find_topic", [("", _("all")), *((topic.key, topic.title) for topic in topics)])

    def _say(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField's own

    def _offer(self, name: str, rows: Sequence[Conflict] | Sequence[Topic]) -> None:
        by_id = {str(row.pk): row for row in rows}
        self._say(name, [("", _("none")), *((pk, row.title) for pk, row in by_id.items())])
        self.fields[name].coerce = by_id.__getitem__  # type: ignore[attr-defined]  # a TypedChoiceField's own

    def _choose(self, name: str, offered: Sequence[Part], held: str) -> None:
        choices: Choices = [("", _("none")), *((part.key, part.title) for part in offered)]
        if held and held not in {part.key for part in offered}:
            # Of a colleague from whom the lesson was copied, or gone from the kit: it stays until another is chosen.
            choices.append((held, _("the one it has, which is not on offer to you")))
        self._say(name, choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("body", "teacher_note"):
            refuse_strays(self, name, self.lesson.film)
        if cleaned.get("show") == Step.Show.CONFLICT and not cleaned.get("conflict"):
            self.add_error("conflict", _("Say which dispute it lays out."))
        if cleaned.get("show") == Step.Show.FACTS and not cleaned.get("topic"):
            self.add_error("topic", _("Say of which topic the facts are."))
        self._refuse_completion(cleaned)
        quiz = cleaned.get("quiz_key")
        if quiz and (other := other_quiz(self.lesson, self.step, quiz)):
            words = _("“%(title)s” asks another quiz already: a lesson brings one quiz with it.")
            self.add_error("quiz_key", words % {"title": other.title})
        return cleaned

    def _refuse_completion(self, cleaned: dict[str, Any]) -> None:
        """A step cannot be done by what it does not ask."""
        asks = {
            Step.Completion.ANSWERED: ("answer", _("Nothing is written in this step: say what students write.")),
            Step.Completion.CHECK: ("quiz_key", _("This step asks no quiz.")),
            Step.Completion.POSTED: ("prompt_key", _("This step leads to no discussion.")),
        }
        name, objection = asks.get(cleaned.get("completion", ""), ("", ""))
        if name and not cleaned.get(name):
            self.add_error("completion", objection)

    def values(self) -> dict[str, Any]:
        """What is kept of a valid form."""
        return {name: self.cleaned_data[name] for name in STEP_FIELDS}

    def wanted(self) -> FactFilter:
        """Which facts are looked for."""
        self.is_valid()
        asked = self.cleaned_data
        return FactFilter(asked.get("find", ""), asked.get("find_standing", ""), topic=asked.get("find_topic", ""))

    def drafted(self) -> Step:
        """The step as typed, so far as it holds, and unsaved: for the preview."""
        self.is_valid()
        draft = Step(lesson=self.lesson, pk=self.step.pk if self.step else None)
        draft.position = self.step.position if self.step else 1
        for name in STEP_FIELDS:
            if name in self.cleaned_data:
                setattr(draft, name, self.cleaned_data[name])
        # What does not hold is shown as typed: the preview is there to see it.
        draft.body = draft.body or self.data.get("body", "")
        return draft


def _initial(step: Step | None) -> dict[str, Any]:
    if step is None:
        return {}
    plain = {name: getattr(step, name) for name in (*STEP_FIELDS, "revision")}
    return {**plain, "conflict": step.conflict_id or "", "topic": step.topic_id or ""}


def cited(data: QueryDict, key: str, statement: str) -> QueryDict:
    """What was typed, with a new last paragraph: the fact's statement and its mark."""
    changed = data.copy()
    body = data.get("body", "").rstrip()
    changed["body"] = f"{body}\n\n{statement}[^{key}]" if body else f"{statement}[^{key}]"
    return changed


def marked(data: QueryDict, key: str) -> QueryDict:
    """What was typed, with the fact's mark behind its last word."""
    changed = data.copy()
    changed["body"] = f"{data.get('body', '').rstrip()}[^{key}]"
    return changed


def unmarked(data: QueryDict, key: str) -> QueryDict:
    """What was typed, without the fact's marks; the words that they stood behind stay."""
    changed = data.copy()
    for name in ("body", "teacher_note"):
        changed[name] = re.sub(rf"\[\^{re.escape(key)}\]", "", data.get(name, ""))
    return changed


class PlacesForm(forms.Form):
    """A typed place for each step; those with the same keep their order."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=2_000)

    def __init__(self, *args: Any, steps: Sequence[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._steps = steps
        for place, step in enumerate(steps, 1):
            self.fields[f"place-{step.pk}"] = forms.IntegerField(
                label=_now("Place of “%(title)s”") % {"title": step.title},
                min_value=1,
                max_value=999,
                initial=place,
                widget=forms.NumberInput(attrs={"class": "form-control place", "form": "order"}),
            )

    def seen_ids(self) -> list[int]:
        return [int(each) for each in self.cleaned_data["seen"].split(",") if each.isdecimal()]

    def wanted_ids(self) -> list[int]:
        """The new order: who is given another's place comes before it on the way up, after it on the way down."""
        places = []
        for before, step in enumerate(self._steps, 1):
            place = self.cleaned_data[f"place-{step.pk}"]
            places.append((place, (place > before) - (place < before), before, step.pk))
        return [pk for *_place, pk in sorted(places)]
