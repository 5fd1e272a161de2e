"""Writing questions of every type by hand: one form for each, in the order in which a teacher picks one."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quizzes.authoring.writing.gaps import BlanksSheet
from quizzes.authoring.writing.sheets import (
    FORM_ID,
    ChoiceSheet,
    DateSheet,
    MatchingSheet,
    MultipleSheet,
    NumericSheet,
    OrderingSheet,
    Sheet,
    ShortSheet,
    TrueFalseSheet,
    WrittenSheet,
)

__all__ = ["ABOUT", "FORM_ID", "SHEETS", "Sheet"]

SHEETS: dict[str, type[Sheet]] = {
    "choice": ChoiceSheet,
    "multiple": MultipleSheet,
    "true-false": TrueFalseSheet,
    "which-source": ChoiceSheet,
    "short": ShortSheet,
    "numeric": NumericSheet,
    "date": DateSheet,
    "matching": MatchingSheet,
    "ordering": OrderingSheet,
    "blanks": BlanksSheet,
    "short-text": WrittenSheet,
    "essay": WrittenSheet,
}
ABOUT: dict[str, str | Promise] = {
    "choice": _("One option is right; others may be worth a part."),
    "multiple": _("Any number of options is right, marked by a rule of your choice."),
    "true-false": _("A statement to be judged."),
    "which-source": _("Which of several sources says it."),
    "short": _("A word or a few, typed; slips and spellings are passed over as you say."),
    "numeric": _("A number, with a tolerance or a range, and units."),
    "date": _("A date, as precise as you ask."),
    "matching": _("Pairs, with options left over if you like."),
    "ordering": _("Items to put in order, with part of the points for what is nearly right."),
    "blanks": _("A text with several gaps, each a choice, a word, a number or a date."),
    "short-text": _("A sentence or two, read and marked by you with a rubric."),
    "essay": _("A longer text, read and marked by you with a rubric."),
}
