"""What people are told of reports and appeals, and the words for it, which are looked up whenever they are shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from classroom.assignments.models import visible_where
from classroom.discussions import news
from classroom.discussions.models import Flag, Post, PostAppeal, Thread, readable_where
from classroom.discussions.wording import date_format_of
from classroom.moderation import queries
from classroom.notices import actions as notices
from classroom.notices.kinds import Line
from classroom.people.models import Membership, User
from classroom.people.permissions import Permission, roles_with

FLAGGED, APPEALED, ANSWERED = "flagged", "post-appealed", "post-appeal-answered"
SETTLED = news.REPORT_SETTLED


def tell_flagged(*, post: Post, thread: Thread, at: datetime) -> None:
    """Those who moderate hear that a post in a thread was reported, save its author."""
    _tell(FLAGGED, _moderators(thread, but=post.author_id), thread, thread.pk, at)


def tell_settled(*, flag_id: int, to: int, thread: Thread, at: datetime) -> None:
    """Whoever has reported a post hears what came of it."""
    _tell(SETTLED, [to], thread, flag_id, at)


def tell_appealed(*, appeal: PostAppeal, to: Iterable[int], thread: Thread, at: datetime) -> None:
    """Those who may answer an appeal hear of it."""
    _tell(APPEALED, to, thread, appeal.pk, at)


def tell_answered(*, appeal: PostAppeal, to: int, thread: Thread, at: datetime) -> None:
    """An author hears that their appeal was answered, and reads how on its page."""
    _tell(ANSWERED, [to], thread, appeal.pk, at)


def _moderators(thread: Thread, *, but: int) -> Iterable[int]:
    deciding = Membership.objects.current().filter(
        section=thread.assignment.section_id, role__in=roles_with(Permission.POST_MODERATE)
    )
    return deciding.exclude(user=but).values_list("user_id", flat=True)


def _tell(kind: str, to: Iterable[int], thread: Thread, subject_id: int, at: datetime) -> None:
    notices.tell(
        kind=kind,
        to=to,
        section_id=thread.assignment.section_id,
        subject_id=subject_id,
        at=at,
        sealed=thread.names == Thread.Names.SEALED,
    )


# --- The words ----------------------------------------------------------------------------------------------------


def flagged(user: User, ids: Collection[int]) -> dict[int, Line]:
    """Threads in which posts that readers have reported wait for this person."""
    rows = queries.open_reports(user).filter(post__thread__in=ids)
    counted = rows.values_list("post__thread", "post__thread__assignment__title").annotate(
        count=Count("post", distinct=True)
    )
    return {
        thread: Line(
            ngettext(
                "%(count)d post in “%(title)s” was reported by readers",
                "%(count)d posts in “%(title)s” were reported by readers",
                count,
            )
            % {"count": count, "title": title},
            reverse("classroom:moderation"),
        )
        for thread, title, count in counted
    }


_SETTLED = {
    Flag.Outcome.FOUNDED: gettext_lazy("A teacher took down a post in “%(title)s” that you had reported"),
    Flag.Outcome.UNFOUNDED: gettext_lazy("A teacher looked at a post in “%(title)s” that you had reported: it stays"),
    Flag.Outcome.CHANGED: gettext_lazy(
        "A post in “%(title)s” that you had reported was changed by its author, and a teacher looked at it"
    ),
}


def settled(user: User, ids: Collection[int]) -> dict[int, Line]:
    """This person's own reports that a moderator has answered, in threads that they read still."""
    readable = readable_where(user, Permission.THREAD_READ, "post__thread__")
    own = Flag.objects.filter(readable, pk__in=ids, by=user)
    rows = own.exclude(outcome=Flag.Outcome.OPEN).select_related("post__thread__assignment")
    return {
        each.pk: Line(
            _settled(each) % {"title": each.post.thread.assignment.title},
            reverse("classroom:own_flags", args=[each.post.thread.assignment.section_id]),
        )
        for each in rows
    }


@dataclass(frozen=True)
class OwnReport:
    """A report as its maker reads it again; ``rule`` is the one under which the post was taken down."""

    id: int
    title: str
    thread_id: int
    at: datetime
    date_format: str
    reason: str
    outcome: str
    rule: str
    answer: str

    @classmethod
    def of(cls, flag: Flag) -> "OwnReport":
        decision = flag.decision if flag.outcome == Flag.Outcome.FOUNDED else None
        gone = flag.post.state == Post.State.DELETED and flag.decision_id is None
        return cls(
            id=flag.pk,
            title=flag.post.thread.assignment.title,
            thread_id=flag.post.thread_id,
            at=flag.at,
            date_format=date_format_of(flag.post.thread),
            reason=flag.get_reason_display(),
            outcome=_("its author deleted it") if gone else flag.get_outcome_display(),
            rule=decision.rule.title if decision is not None and decision.rule else "",
            answer=flag.answer,
        )


def _settled(flag: Flag) -> str | Promise:
    if flag.post.state == Post.State.DELETED and flag.decision_id is None:
        return _("A post in “%(title)s” that you had reported was deleted by its author")
    return _SETTLED[Flag.Outcome(flag.outcome)]


def appealed(user: User, ids: Collection[int]) -> dict[int, Line]:
    """Open appeals in this person's classes, of posts that stand as they were decided."""
    moderated = visible_where(user, Permission.POST_MODERATE, "decision__post__thread__assignment__")
    waiting = PostAppeal.objects.filter(moderated, pk__in=ids, outcome=PostAppeal.Outcome.OPEN)
    rows = waiting.filter(decision__post__revision=F("decision__revision") + 1).exclude(decision__post__author=user)
    return {
        each.pk: Line(
            _("Somebody has appealed against a decision on their post in “%(title)s”")
            % {"title": each.decision.post.thread.assignment.title},
            reverse("classroom:post_appeal_answer", args=[each.pk]),
        )
        for each in rows.select_related("decision__post__thread__assignment")
    }


def answered(user: User, ids: Collection[int]) -> dict[int, Line]:
    """This person's own appeals that were answered, in threads that they read still."""
    readable = readable_where(user, Permission.THREAD_READ, "decision__post__thread__")
    own = PostAppeal.objects.filter(readable, pk__in=ids, decision__post__author=user)
    rows = own.exclude(outcome=PostAppeal.Outcome.OPEN).select_related("decision__post__thread__assignment")
    return {
        each.pk: Line(
            _("Your appeal about a post in “%(title)s” was answered")
            % {"title": each.decision.post.thread.assignment.title},
            reverse("classroom:decision", args=[each.decision_id]),
        )
        for each in rows
    }
