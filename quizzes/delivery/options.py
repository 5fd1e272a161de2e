"""What a teacher decides about a quiz, as form fields: the same when setting it and later."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.delivery.models import QuizAssignment
from quizzes.delivery.models.settings import LONGEST_CODE
from quizzes.delivery.showing import Tell

MOST_STEPS, MOST_HOURS = 10, 24 * 365
MOST_BAND_CHARACTERS = 500
Schedule = list[list[int]]


class LateCreditField(forms.CharField):
    """A schedule as teachers type it, "24 90, 48 75": hours after the due time, and the per cent that is kept."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return ", ".join(f"{hours} {percent}" for hours, percent in value)
        return value

    def clean(self, value: Any) -> Schedule:
        typed = super().clean(value)
        steps = [self._step(part) for part in typed.split(",")] if typed else []
        hours = [step[0] for step in steps]
        percents = [step[1] for step in steps]
        if hours != sorted(set(hours)) or percents != sorted(percents, reverse=True) or len(steps) > MOST_STEPS:
            raise forms.ValidationError(_("Let the hours rise and the per cent fall, in at most ten steps."))
        return steps

    def _step(self, part: str) -> list[int]:
        numbers = part.replace("%", " ").split()
        if len(numbers) != 2 or not all(each.isascii() and each.isdigit() and len(each) < 6 for each in numbers):
            raise forms.ValidationError(_("Write hours and per cent in pairs, as in 24 90, 48 75."))
        hours, percent = map(int, numbers)
        if not 1 <= hours <= MOST_HOURS or percent > 100:
            raise forms.ValidationError(_("Hours go from 1 to a year's, and per cent from 0 to 100."))
        return [hours, percent]


class BandsField(forms.CharField):
    """What is said to scores as teachers type it, one a line: "80: Well done". Each holds up to the next one above."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{percent}: {text}" for percent, text in value)
        return value

    def clean(self, value: Any) -> list[list[Any]]:
        bands = [self._band(line.strip()) for line in super().clean(value).splitlines() if line.strip()]
        if len({percent for percent, _text in bands}) < len(bands):
            raise forms.ValidationError(_("Two of these begin at the same per cent."))
        if len(bands) > MOST_STEPS:
            raise forms.ValidationError(_("Say ten different things at most."))
        return sorted(bands, key=lambda band: -band[0])

    def _band(self, line: str) -> list[Any]:
        percent, colon, text = (part.strip() for part in line.partition(":"))
        number = percent.removesuffix("%").strip()
        if not colon or not text or not (number.isascii() and number.isdigit() and len(number) < 4):
            raise forms.ValidationError(
                _("Write “%(line)s” as a per cent, a colon and what is said, as in 80: Well done."),
                params={"line": line[:60]},
            )
        if int(number) > 100 or len(text) > MOST_BAND_CHARACTERS:
            raise forms.ValidationError(
                _("Per cent goes from 0 to 100, and what is said is %(most)d characters at most."),
                params={"most": MOST_BAND_CHARACTERS},
            )
        return [int(number), text]


def option_fields() -> dict[str, forms.Field]:
    """The fields by the model's names, with sensible initial values."""
    return {
        "attempts_allowed": forms.IntegerField(label=_("Attempts"), min_value=1, max_value=20, initial=1),
        "counts": forms.ChoiceField(
            label=_("Which attempt counts"),
            choices=QuizAssignment.Counts.choices,
            initial=QuizAssignment.Counts.HIGHEST,
        ),
        "pause_minutes": forms.IntegerField(
            label=_("Minutes between attempts"),
            min_value=0,
            max_value=60 * 24 * 30,
            initial=0,
            help_text=_("How long a student waits before trying again."),
        ),
        "builds_on_last": _tick(
            _("Each attempt builds on the last"),
            _("Answers are carried over, right and wrong alike, so that nothing tells which are which."),
        ),
        "pass_percent": forms.IntegerField(
            label=_("Per cent to pass"),
            required=False,
            min_value=1,
            max_value=100,
            help_text=_("Leave it empty where nobody passes or fails."),
        ),
        "minutes_allowed": forms.IntegerField(
            label=_("Minutes"),
            required=False,
            min_value=1,
            max_value=1440,
            initial=None,
            help_text=_("From a student's start. Leave it empty for no limit."),
        ),
        "late_credit": LateCreditField(
            label=_("Credit for late work"),
            required=False,
            max_length=200,
            initial="",
            help_text=_(
                "Hours after the due time and the per cent that is kept, such as 24 90, 48 75; later than the last, "
                "nothing is. The class's late rule then takes nothing more. Leave it empty to go by the class's rule."
            ),
        ),
        "access_code": forms.CharField(
            label=_("Access code"),
            required=False,
            max_length=LONGEST_CODE,
            initial="",
            help_text=_("Asked of each student before they start. Leave it empty for none."),
        ),
        "pages": forms.ChoiceField(
            label=_("Questions"), choices=QuizAssignment.Pages.choices, initial=QuizAssignment.Pages.ALL
        ),
        "shuffle_questions": _tick(_("Shuffle the questions"), _("An order of its own for each attempt.")),
        "shuffle_options": _tick(
            _("Shuffle the options"),
            _("In matching and ordering they are shuffled always: as written, they would tell the answer."),
            initial=True,
        ),
        "score_told": _tell(_("The score"), Tell.HANDED_IN),
        "marks_told": _tell(_("Right or wrong"), Tell.HANDED_IN),
        "key_told": _tell(
            _("The right answers"),
            Tell.DUE,
            _("If they come before all have handed in, whoever is first can tell them to the others."),
        ),
        "explanation_told": _tell(
            _("The explanations"), Tell.DUE, _("The facts and sources behind a question come once both are shown.")
        ),
        "feedback_told": _tell(
            _("The feedback to their answers"),
            Tell.DUE,
            _("What the questions say to single answers. It comes no sooner than right or wrong does."),
        ),
        "score_bands": BandsField(
            label=_("What is said to a score"),
            required=False,
            max_length=6000,
            initial="",
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_(
                "One a line, each from a per cent up to the next one above: 80: Well done. It comes with the score, "
                "once all answers are read."
            ),
        ),
        "is_practice": _tick(
            _("Practice"),
            _(
                "Each answer can be checked at once and mended, and hints can be asked for. What is told “at once” "
                "comes with the check; once it tells the right answer, that answer is settled."
            ),
        ),
        "practice_counts": _tick(_("Practice goes into the gradebook"), _("Otherwise nobody's score is kept there.")),
        "hint_percent": forms.IntegerField(
            label=_("Per cent of the points that a hint costs"), min_value=0, max_value=100, initial=25
        ),
    }


def option_groups() -> list[tuple[str, list[str]]]:
    """The fields in the order of the form, under their legends."""
    return [
        (
            gettext("attempts"),
            ["attempts_allowed", "counts", "pause_minutes", "builds_on_last", "pass_percent"],
        ),
        (gettext("time and access"), ["minutes_allowed", "late_credit", "access_code"]),
        (gettext("pages and order"), ["pages", "shuffle_questions", "shuffle_options"]),
        (
            gettext("what students see, and when"),
            ["score_told", "marks_told", "key_told", "explanation_told", "feedback_told", "score_bands"],
        ),
        (gettext("practice"), ["is_practice", "practice_counts", "hint_percent"]),
    ]


def settings_from(options: dict[str, Any]) -> dict[str, Any]:
    """What was chosen as the model keeps it. Practice that is none cannot count."""
    chosen = {name: value for name, value in options.items() if value is not None or name in _MAY_BE_NONE}
    if not chosen.get("is_practice", False):
        chosen["practice_counts"] = False
    return chosen


_MAY_BE_NONE = frozenset({"pass_percent", "minutes_allowed"})


def _tick(label: Any, help_text: Any, *, initial: bool = False) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, initial=initial, help_text=help_text)


def _tell(label: Any, initial: Tell, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Tell.choices, initial=initial, help_text=help_text)
