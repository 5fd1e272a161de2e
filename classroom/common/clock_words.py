"""What people are told of a time on a day when the clocks change."""

from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _

from classroom.common.local_time import Change


def doubled(typed: datetime, change: Change) -> str:
    return _(
        "On %(day)s the clocks go back from %(before)s to %(after)s, so %(typed)s comes twice. The first is taken."
    ) % _words(typed, change)


def skipped(typed: datetime, change: Change) -> str:
    """For what somebody types: nothing can be set for it."""
    return _(
        "On %(day)s the clocks go forward from %(before)s to %(after)s, so there is no %(typed)s. Choose a time before "
        "%(before)s, or from %(after)s on."
    ) % _words(typed, change)


def skipped_and_moved(typed: datetime, change: Change) -> str:
    """For what nobody typed: the time to which the clocks are put is taken."""
    return _(
        "On %(day)s the clocks go forward from %(before)s to %(after)s, so there is no %(typed)s: %(after)s is taken."
    ) % _words(typed, change)


def _words(typed: datetime, change: Change) -> dict[str, str]:
    return {
        "day": formats.date_format(change.before, "j F Y"),
        "before": f"{change.before:%H:%M}",
        "after": f"{change.after:%H:%M}",
        "typed": f"{typed:%H:%M}",
    }
