"""Which format carries which type of question, as teachers are told before they choose one."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WHOLE: Final = _("whole")
_LEFT_OUT: Final = _("left out")
_RUBRIC: Final = _("as an essay without its rubric")

# By type, what GIFT and Moodle XML make of it. Our own table carries every type whole.
CARRIES: Final[dict[str, tuple[str | Promise, str | Promise]]] = {
    "choice": (_WHOLE, _WHOLE),
    "which-source": (_("as a choice"), _("as a choice")),
    "multiple": (_("by shares of its options"), _("by shares of its options")),
    "true-false": (_("without a penalty"), _("without a penalty")),
    "numeric": (_("without its unit"), _("with its units; a relative tolerance becomes a fixed one")),
    "date": (_("as a short answer"), _("as a short answer")),
    "short": (_("without tolerance for slips"), _("without tolerance for slips")),
    "matching": (_("each pair by itself"), _("each pair by itself")),
    "ordering": (_("whole, for Moodle 4.4 and later"), _("whole, for Moodle 4.4 and later")),
    "blanks": (_LEFT_OUT, _("as embedded answers; units and dates become numbers and words")),
    "short-text": (_RUBRIC, _("as an essay, its rubric as notes for graders")),
    "essay": (_RUBRIC, _("its rubric as notes for graders")),
}
