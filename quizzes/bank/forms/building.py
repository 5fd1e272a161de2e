"""Putting a quiz together: its words, its questions in their order, and what each attempt draws."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from classroom.lessons.models import Lesson
from quizzes.bank.finding import Choices
from quizzes.bank.models import Question, Quiz, QuizDraw, QuizItem
from quizzes.bank.places import Drawn, Entry, Fixed
from quizzes.bank.words import TYPE_WORDS

MOST_QUESTIONS = 100
MOST_DRAWS = 20
_ANY = ("", _("any"))


class QuizForm(forms.ModelForm[Quiz]):
    """What a quiz is called, and what its students are told."""

    class Meta:
        model = Quiz
        fields = ["title", "instructions"]
        widgets = {"instructions": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = one_button(self, _("Make the quiz"))
        self.helper.layout = Layout("title", "instructions")


def _points() -> forms.DecimalField:
    return forms.DecimalField(
        label=_("Points"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=1000,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "form-control place", "step": "any"}),
    )


@dataclass(frozen=True)
class Row:
    """A question or a draw of the quiz with the fields of its place and points; ``ref`` names it in what is sent."""

    ref: str
    held: QuizItem | QuizDraw
    place: forms.BoundField
    points: forms.BoundField

    @property
    def is_draw(self) -> bool:
        return isinstance(self.held, QuizDraw)


class QuizQuestionsForm(forms.Form):
    """What a quiz asks, in which order: a place for each that it has, and ticks for those to add."""

    def __init__(
        self,
        *args: Any,
        items: Sequence[QuizItem],
        draws: Sequence[QuizDraw] = (),
        offered: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.held: dict[str, QuizItem | QuizDraw] = {str(item.question_id): item for item in items}
        self.held |= {f"draw-{draw.pk}": draw for draw in draws}
        for ref, each in self.held.items():
            self.fields[f"place-{ref}"] = forms.IntegerField(
                label=_("Place"),
                required=False,
                min_value=1,
                max_value=MOST_QUESTIONS + MOST_DRAWS,
                initial=each.position,
                widget=forms.NumberInput(attrs={"class": "form-control place"}),
            )
            self.fields[f"points-{ref}"] = _points()
            self.fields[f"points-{ref}"].initial = each.points.normalize() if each.points else None
        self.fields["add"] = forms.TypedMultipleChoiceField(
            label=_("Add"),
            required=False,
            coerce=int,
            choices=offered,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        )

    def rows(self) -> list[Row]:
        ordered = sorted(self.held.items(), key=lambda each: each[1].position)
        return [Row(ref, each, self[f"place-{ref}"], self[f"points-{ref}"]) for ref, each in ordered]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and len(self.entries()) > MOST_QUESTIONS:
            self.add_error(None, _("A quiz has at most %(most)d questions.") % {"most": MOST_QUESTIONS})
        return cleaned

    def entries(self, move: str = "") -> list[Entry]:
        """What the quiz asks in its new order; what has no place is left out, new questions come last.

        ``move`` is "up:REF" or "down:REF" for one that goes a step beyond its neighbour.
        """
        kept = self._in_order(move)
        return [*(self._entry(ref) for ref in kept), *(Fixed(each) for each in self.cleaned_data.get("add", []))]

    def place_after(self, move: str) -> int:
        """Where, counted from 1, the one that ``move`` names stands after it; 0 for none."""
        kept, moved = self._in_order(move), move.partition(":")[2]
        return kept.index(moved) + 1 if moved in kept else 0

    def _in_order(self, move: str) -> list[str]:
        kept = [ref for ref in self.held if self.cleaned_data.get(f"place-{ref}")]
        kept.sort(key=lambda ref: (self.cleaned_data[f"place-{ref}"], self.held[ref].position))
        direction, _colon, moved = move.partition(":")
        if moved in kept:
            here = kept.index(moved)
            there = min(max(here + (-1 if direction == "up" else 1), 0), len(kept) - 1)
            kept[here], kept[there] = kept[there], kept[here]
        return kept

    def _entry(self, ref: str) -> Entry:
        each, points = self.held[ref], self.cleaned_data.get(f"points-{ref}")
        return Fixed(each.question_id, points) if isinstance(each, QuizItem) else Drawn.of(each, points)


class DrawForm(forms.Form):
    """A draw to add: how many, of which questions. Without a number there is none."""

    prefix = "draw"

    count = forms.IntegerField(label=_("How many"), required=False, min_value=1, max_value=QuizDraw.MOST)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    lesson = forms.ChoiceField(label=_("Lesson"), required=False)
    difficulty = forms.ChoiceField(label=_("Difficulty"), required=False, choices=[_ANY, *Question.Difficulty.choices])
    type = forms.ChoiceField(label=_("Type"), required=False, choices=[_ANY, *TYPE_WORDS.items()])
    standard = forms.ChoiceField(label=_("Standard"), required=False)
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    points = _points()

    def __init__(self, *args: Any, choices: Choices, lessons: Sequence[Lesson], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.topics = {topic.key: topic for topic in choices.topics}
        self.lessons = {lesson.key: lesson for lesson in lessons}
        listed = {
            "topic": [(topic.key, topic.title) for topic in choices.topics],
            "lesson": list(choices.lessons),
            "standard": [(name, name) for name in choices.standards],
            "tag": [(name, name) for name in choices.tags],
        }
        for name, entries in listed.items():
            self.fields[name].choices = [_ANY, *entries]  # type: ignore[attr-defined]  # a ChoiceField's own
            if not entries and name in ("standard", "tag"):
                del self.fields[name]
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control" if name in ("count", "points") else "form-select"

    def drawn(self) -> list[Entry]:
        """The draw that is asked for, or none."""
        sent = self.cleaned_data
        if not sent.get("count"):
            return []
        return [
            Drawn(
                count=sent["count"],
                type=sent["type"],
                topic=self.topics.get(sent["topic"]),
                lesson=self.lessons.get(sent["lesson"]),
                difficulty=sent["difficulty"],
                standard=sent.get("standard", ""),
                tag=sent.get("tag", ""),
                points=sent["points"],
            )
        ]


def ticked(sent: QueryDict) -> Iterator[int]:
    """The questions that are ticked on a page, whether it shows them or carries them."""
    return (
        int(each) for each in dict.fromkeys(sent.getlist("add")) if each.isascii() and each.isdigit() and len(each) < 10
    )


def put_together(sent: QueryDict, items: Sequence[QuizItem], draws: Sequence[QuizDraw]) -> QueryDict:
    """What was sent from a page that is behind, for the quiz as it is now, so that neither side's questions are lost.

    What has come into the quiz since keeps its place; what has gone out of it and was still in its place on the page is
    ticked to be added again.
    """
    joined = sent.copy()
    held: dict[str, QuizItem | QuizDraw] = {str(each.question_id): each for each in items}
    held |= {f"draw-{each.pk}": each for each in draws}
    for ref, each in held.items():
        if f"place-{ref}" not in sent:
            joined[f"place-{ref}"] = str(each.position)
            joined[f"points-{ref}"] = str(each.points.normalize()) if each.points else ""
    gone = [name.removeprefix("place-") for name in sent if name.startswith("place-") and sent[name]]
    for ref in gone:
        if ref not in held and ref not in sent.getlist("add"):
            joined.appendlist("add", ref)
    return joined
