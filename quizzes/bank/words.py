"""What the parts of the bank are called on its pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TYPE_WORDS: dict[str, str | Promise] = {
    "choice": _("choice"),
    "multiple": _("several right"),
    "true-false": _("true or false"),
    "numeric": _("number"),
    "date": _("date"),
    "short": _("short answer"),
    "matching": _("matching"),
    "ordering": _("ordering"),
    "which-source": _("which source"),
    "blanks": _("fill the blanks"),
    "short-text": _("short text"),
    "essay": _("essay"),
}
STATES: dict[str, str | Promise] = {"published": _("published"), "draft": _("draft"), "retired": _("retired")}
