"""What is asked of a student in a thread, in words: line by line, with what is done of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.discussions import shape
from classroom.discussions.models import Post, Task, Thread, task_of
from classroom.discussions.queries import Place
from classroom.discussions.shape import Written


@dataclass(frozen=True)
class Line:
    """One thing that is asked, by when, and how far the student is with it."""

    text: str
    by: str
    state: str
    is_done: bool


@dataclass(frozen=True)
class Checklist:
    """``room`` tells how many posts more the thread takes of the student, where it takes only so many."""

    lines: list[Line] = field(default_factory=list)
    room: str = ""
    passed: bool = False


def checklist(place: Place, written: Sequence[Written], *, is_opened: bool = False) -> Checklist:
    """How far a student is with what their thread asks; ``is_opened`` is of their sealed name."""
    task = task_of(place.thread)
    sealed = place.thread.names == Thread.Names.SEALED and not is_opened
    states = shape.COUNTED_UNDER_SEAL if sealed else shape.COUNTED
    done = shape.progress(task, written, states)
    dates = place.terms.dates
    lines = [_own(task, done, _by(place, dates.first_due_at or dates.due_at))]
    if task.replies:
        lines.append(_replies(task, done, _by(place, dates.due_at)))
    if task.sources:
        lines.append(_sources(task, done, _by(place, dates.due_at)))
    return Checklist(lines, _room(task, written), done.passed)


def _own(task: Task, done: shape.Progress, by: str) -> Line:
    if task.own_words == 1:
        text = _("A post of your own")
    else:
        text = _("A post of your own of %(count)d words or more") % {"count": task.own_words}
    state = _("done") if done.own else _("not yet")
    if done.longest and not done.own:
        state = _("%(count)d of %(of)d words so far") % {"count": done.longest, "of": task.own_words}
    return Line(text, by, state, done.own)


def _replies(task: Task, done: shape.Progress, by: str) -> Line:
    text = ngettext("%(count)d reply to somebody else", "%(count)d replies to others", task.replies)
    is_done = done.replies >= task.replies
    state = _("done") if is_done else _("%(count)d of %(of)d") % {"count": done.replies, "of": task.replies}
    return Line(text % {"count": task.replies}, by, state, is_done)


def _sources(task: Task, done: shape.Progress, by: str) -> Line:
    text = ngettext("%(count)d fact or passage attached", "%(count)d facts or passages attached", task.sources)
    is_done = done.sources >= task.sources
    state = _("done") if is_done else _("%(count)d of %(of)d") % {"count": done.sources, "of": task.sources}
    return Line(text % {"count": task.sources}, by, state, is_done)


def _room(task: Task, written: Sequence[Written]) -> str:
    if task.most_posts is None:
        return ""
    left = task.most_posts - sum(each.state not in (Post.State.DELETED, Post.State.PRIVATE) for each in written)
    if left <= 0:
        return _("You have written as many posts as this thread takes of one student. Let the others speak.")
    return ngettext(
        "You can write %(count)d more post here: no one is to fill the thread.",
        "You can write %(count)d more posts here: no one is to fill the thread.",
        left,
    ) % {"count": left}


def _by(place: Place, moment: datetime | None) -> str:
    if moment is None:
        return ""
    words = date_format(localtime(moment, place.thread.assignment.section.zone), "D j M, H:i")
    return _("by %(when)s") % {"when": words}


def asked_words(thread: Thread) -> list[str]:
    """What a thread asks of each student, a sentence each, for those who teach."""
    task = task_of(thread)
    words = ngettext("A post of their own.", "A post of their own of %(count)d words or more.", task.own_words)
    found = [words % {"count": task.own_words}]
    if task.replies:
        words = ngettext("%(count)d reply to somebody else.", "%(count)d replies to others.", task.replies)
        found.append(words % {"count": task.replies})
    if task.sources:
        words = ngettext("%(count)d fact or passage attached.", "%(count)d facts or passages attached.", task.sources)
        found.append(words % {"count": task.sources})
    if task.post_first:
        found.append(_("Nobody sees what the others wrote before they have posted themselves."))
    if task.most_posts is not None:
        words = ngettext(
            "At most %(count)d post of one student.", "At most %(count)d posts of one student.", task.most_posts
        )
        found.append(words % {"count": task.most_posts})
    return found
