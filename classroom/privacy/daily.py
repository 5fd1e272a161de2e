"""Retention every day by itself, and what the health page tells of it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django_tasks import task

from classroom.common import clock
from classroom.operations.reports import Report
from classroom.privacy import retention
from classroom.privacy.models import RetentionRun

# A round may come late, by as long as a worker was down over a night.
LATE_AFTER = timedelta(hours=36)


def queue_retention() -> None:
    """Let the worker carry the rules out, unless the site's settings say no.

    In the queue and not in the schedule, which closes quizzes minute by minute and must not wait for it.
    """
    if settings.RETENTION_DAILY:
        run_retention.enqueue()


@task()
def run_retention() -> None:
    """Once more does no harm: what is gone is not found again."""
    retention.run(at=clock.now())


def report(at: datetime) -> Report:
    """The last run that was no dry run, and came to its end."""
    last = RetentionRun.objects.filter(dry_run=False, is_whole=True).first()
    return Report(_("Removal of what is past its time"), _lines(last), _warning(last, at))


def _lines(last: RetentionRun | None) -> list[tuple[str, str]]:
    if last is None:
        return [(_("Last run"), _("never"))]
    when = _("%(when)s UTC") % {"when": date_format(localtime(last.at), "j M Y H:i")}
    counts = sorted(last.counts.items())
    removed = ", ".join(f"{label} {count}" for label, count in counts) or _("nothing was past its time")
    return [
        (_("Last run"), when),
        (_("Rows removed or made nameless"), removed),
        (_("People under legal hold"), str(last.people_held)),
        (_("Classes under legal hold"), str(last.classes_held)),
    ]


def _warning(last: RetentionRun | None, at: datetime) -> str:
    if not settings.RETENTION_DAILY:
        return _(
            "It does not run by itself: LIGHTS_UP_RETENTION is off. Students' data is kept past its time unless "
            "somebody runs “manage.py retention” every day."
        )
    if last is None or at - last.at > LATE_AFTER:
        return _("It should have run within the last day, and has not. See whether the worker is alive, and its log.")
    return ""
