"""What runs by itself: the worker and its tasks, the mail, the scheduled work, and the versions of it all."""

import platform
from datetime import datetime

import django
from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from classroom.operations import queries
from classroom.operations import schedule as rounds
from classroom.operations.backups import app_version
from classroom.operations.health.parts import Failed, Part, State, moment
from classroom.operations.models import Heartbeat
from classroom.operations.names import words_for
from classroom.operations.records import MAIL_FAILED, MAIL_SENT

# Where mail goes that no server is told of: a backend's module by its last part.
_NOT_SENT = {"console", "dummy", "filebased", "locmem"}
# The jobs of the worker itself, which only its own process registers.
WORKERS_OWN = "classroom.operations.worker."
MOST_KINDS = 10
# A round that comes three times its period late has been missed.
MISSED_AFTER = 3


def tasks(at: datetime) -> Part:
    now = queries.health(at)
    oldest = DBTaskResult.objects.ready().aggregate(at=Min("enqueued_at"))["at"] if now.waiting else None
    kinds, since = _failed() if now.failed else ([], None)
    lines = [(_("Last heartbeat"), moment(now.worker_beat_at)), (_("Tasks waiting"), str(now.waiting))]
    if oldest:
        lines.append((_("The oldest waits since"), moment(oldest)))
    lines.append((_("Tasks failed"), str(now.failed)))
    title = _("Background tasks")
    if not now.worker_alive:
        advice = _(
            "The task worker is silent: no mail is sent, and overdue quizzes close only when somebody looks at them. "
            "Start it with “manage.py serve” or “manage.py worker”."
        )
        return Part("tasks", title, State.FAULT, advice, now.worker_beat_at, lines, kinds)
    if kinds:
        advice = _(
            "Some tasks have failed. Mend what made them fail, and try them again: to do one twice does no harm."
        )
        return Part("tasks", title, State.WARNING, advice, since, lines, kinds)
    return Part("tasks", title, State.WELL, lines=lines)


def _failed() -> tuple[list[Failed], datetime | None]:
    """The kinds of failed tasks with how many of each, and when the first of them failed."""
    failed = DBTaskResult.objects.failed().values("task_path").annotate(count=Count("pk"), first=Min("finished_at"))
    rows = list(failed.order_by("first")[:MOST_KINDS])
    kinds = [Failed(each["task_path"], words_for(each["task_path"]), each["count"]) for each in rows]
    return kinds, rows[0]["first"] if rows else None


def mail() -> Part:
    signs = {sign.name: sign for sign in Heartbeat.objects.filter(name__in=[MAIL_SENT, MAIL_FAILED])}
    sent, failed = (signs[name].beat_at if name in signs else None for name in (MAIL_SENT, MAIL_FAILED))
    why = f" ({signs[MAIL_FAILED].detail})" if MAIL_FAILED in signs else ""
    through = settings.MAIL_BACKEND if settings.EMAIL_BACKEND.endswith("RecordedBackend") else settings.EMAIL_BACKEND
    kind = through.rpartition(".")[0].rpartition(".")[2]
    to_nobody = kind in _NOT_SENT
    lines = [
        (_("Goes"), _("nowhere: it is written into the log") if to_nobody else settings.EMAIL_HOST),
        (_("Last sent"), moment(sent)),
        (_("Last failed"), moment(failed) + why),
    ]
    if failed and (sent is None or failed > sent):
        advice = _("The last mail could not be sent. See whether the mail server answers, and what the log says.")
        return Part("mail", _("Mail"), State.FAULT, advice, failed, lines)
    if to_nobody:
        advice = _("No mail server is set: name one with LIGHTS_UP_MAIL_HOST. Until then, hand links over yourself.")
        return Part("mail", _("Mail"), State.WARNING, advice, lines=lines)
    return Part("mail", _("Mail"), State.WELL, "", sent, lines)


def schedule(at: datetime) -> Part:
    """Work that comes round again: what the rooms have registered, and what the worker itself does."""
    jobs = {job.name: job for job in rounds.jobs()}
    own = Q(name__startswith=WORKERS_OWN)
    beats = {beat.name: beat for beat in Heartbeat.objects.filter(Q(name__in=jobs) | own)}
    lines = []
    for name in sorted({*jobs, *beats}, key=words_for):
        beat, job = beats.get(name), jobs.get(name)
        told = [_every(job)] if job else []
        told += [moment(beat.beat_at if beat else None), *([beat.detail] if beat and beat.detail else [])]
        lines.append((words_for(name), " · ".join(told)))
    late = [
        name for name, job in jobs.items() if name in beats and at - beats[name].beat_at > job.period * MISSED_AFTER
    ]
    title = _("Scheduled work")
    if any(beat.detail for beat in beats.values()):
        advice = _("A job failed when it ran last, and will be tried again. The log says why.")
        return Part("schedule", title, State.WARNING, advice, lines=lines)
    if late or not beats:
        advice = _("Scheduled work does not run: see whether the worker is alive.")
        since = min((beats[name].beat_at for name in late), default=None)
        return Part("schedule", title, State.WARNING, advice, since, lines)
    return Part("schedule", title, State.WELL, lines=lines)


def _every(job: rounds.Job) -> str:
    seconds = int(job.period.total_seconds())
    minutes = seconds // 60
    if minutes < 1:
        return _("every %(seconds)d seconds") % {"seconds": seconds}
    if minutes == rounds.MINUTES_A_DAY:
        return _("once a day")
    return ngettext("every minute", "every %(minutes)d minutes", minutes) % {"minutes": minutes}


def version() -> Part:
    """Ours and what it stands on. Nobody outside is asked whether there is a newer one."""
    lines = [
        ("Lights Up", app_version()),
        ("Django", django.get_version()),
        ("Python", platform.python_version()),
    ]
    return Part("version", _("Version"), State.WELL, lines=lines)
