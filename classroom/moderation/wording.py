"""What moderators are told in plain words."""

from collections import Counter

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from classroom.discussions.models import Decision
from classroom.moderation.actions import Report
from classroom.moderation.models import CLAIM_LASTS, Claim
from classroom.people.models import User

_Kind = Decision.Kind
_DONE: dict[str, str | Promise] = {
    _Kind.APPROVED: gettext_lazy("Approved: the class can read it."),
    _Kind.KEPT: gettext_lazy("Left as it is: the class goes on reading it."),
    _Kind.RETURNED: gettext_lazy("Returned, with your reason."),
    _Kind.HIDDEN: gettext_lazy("Hidden, with your reason."),
    _Kind.DELETED: gettext_lazy("Deleted, with your reason."),
}
_HEADINGS: dict[str, str | Promise] = {
    _Kind.RETURNED: gettext_lazy("Return a post"),
    _Kind.HIDDEN: gettext_lazy("Hide a post"),
    _Kind.DELETED: gettext_lazy("Delete a post"),
}
_BUTTONS: dict[str, str | Promise] = {
    _Kind.RETURNED: gettext_lazy("Return the post"),
    _Kind.HIDDEN: gettext_lazy("Hide the post"),
    _Kind.DELETED: gettext_lazy("Delete the post"),
}
_FOLLOWS: dict[str, str | Promise] = {
    _Kind.RETURNED: gettext_lazy(
        "Its author sees the rule and your reason, can mend the post, and sends it to you again. Classmates see "
        "nothing of it."
    ),
    _Kind.HIDDEN: gettext_lazy(
        "The class no longer sees the post. Its author still does, with the rule and your reason. You can show it "
        "again."
    ),
    _Kind.DELETED: gettext_lazy(
        "The text is gone for the class. Its author finds it with the rule and your reason, to appeal if they think "
        "you are wrong. Those who teach can look up what it said. For an hour you can take this back."
    ),
}
_HEADINGS_MANY = {
    _Kind.RETURNED: ngettext_lazy("Return %(count)d post", "Return %(count)d posts", "count"),
    _Kind.HIDDEN: ngettext_lazy("Hide %(count)d post", "Hide %(count)d posts", "count"),
    _Kind.DELETED: ngettext_lazy("Delete %(count)d post", "Delete %(count)d posts", "count"),
}
_DONE_MANY = {
    _Kind.APPROVED: ngettext_lazy("%(count)d post approved.", "%(count)d posts approved.", "count"),
    _Kind.KEPT: ngettext_lazy("%(count)d post left as it is.", "%(count)d posts left as they are.", "count"),
    _Kind.RETURNED: ngettext_lazy("%(count)d post returned.", "%(count)d posts returned.", "count"),
    _Kind.HIDDEN: ngettext_lazy("%(count)d post hidden.", "%(count)d posts hidden.", "count"),
    _Kind.DELETED: ngettext_lazy("%(count)d post deleted.", "%(count)d posts deleted.", "count"),
}


def already_decided(decision: Decision, user: User) -> str:
    """For the second moderator: that a post has been decided on, and by whom."""
    if decision.by_id == user.pk:
        return _("You had already decided on this post: %(kind)s.") % {"kind": decision.get_kind_display()}
    return _("%(name)s has already decided on this post: %(kind)s. Nothing was changed.") % {
        "name": decision.by.name if decision.by else _("Somebody"),
        "kind": decision.get_kind_display(),
    }


def who_did_what(decision: Decision, user: User) -> str:
    """A decision in few words, for one of the moderators."""
    who = _("You") if decision.by_id == user.pk else (decision.by.name if decision.by else _("Somebody"))
    return _("%(who)s: %(what)s") % {"who": who, "what": decision.get_kind_display()}


def under_appeal() -> str:
    return _("Its author has appealed against the decision: whoever answers the appeal decides.")


def done(kind: Decision.Kind) -> str:
    return str(_DONE[kind])


def heading(kind: Decision.Kind) -> str:
    """Over the page on which a decision against a post is made."""
    return str(_HEADINGS[kind])


def button(kind: Decision.Kind) -> str:
    return str(_BUTTONS[kind])


def heading_many(kind: Decision.Kind, count: int) -> str:
    return str(_HEADINGS_MANY[kind] % {"count": count})


def what_follows(kind: Decision.Kind) -> str:
    """What a decision against a post does, and to whom."""
    return str(_FOLLOWS[kind])


def done_many(kind: Decision.Kind, count: int) -> str:
    return str(_DONE_MANY[kind] % {"count": count})


def undone_many(count: int) -> str:
    return ngettext(
        "%(count)d decision taken back: the post stands as it did before.",
        "%(count)d decisions taken back: the posts stand as they did before.",
        count,
    ) % {"count": count}


def left_out(report: Report, user: User) -> list[str]:
    """Why some of many were left as they are, a sentence for each cause."""
    lines = []
    for by, count in Counter(_name(each, user) for each in report.earlier).items():
        lines.append(
            ngettext(
                "%(count)d post was decided on by %(name)s meanwhile, and stays so.",
                "%(count)d posts were decided on by %(name)s meanwhile, and stay so.",
                count,
            )
            % {"count": count, "name": by}
        )
    if report.claimed:
        lines.append(
            ngettext(
                "%(count)d post was left out: another moderator is at it.",
                "%(count)d posts were left out: other moderators are at them.",
                report.claimed,
            )
            % {"count": report.claimed}
        )
    if report.changed:
        lines.append(
            ngettext(
                "%(count)d post was left out: it has changed since you opened the page, or cannot become that.",
                "%(count)d posts were left out: they have changed since you opened the page, or cannot become that.",
                report.changed,
            )
            % {"count": report.changed}
        )
    return lines


def _name(decision: Decision, user: User) -> str:
    if decision.by_id == user.pk:
        return _("yourself")
    return decision.by.name if decision.by else _("somebody")


def claimed() -> str:
    minutes = int(CLAIM_LASTS.total_seconds()) // 60
    return _("You are at this post: for %(minutes)d minutes the other moderators see that.") % {"minutes": minutes}


def taken_by(claim: Claim) -> str:
    return _("%(name)s is at this post already.") % {"name": claim.by.name}


_FROZEN: dict[str, str | Promise] = {
    "freeze": gettext_lazy("Frozen: students read, and cannot write, until you open the threads again."),
    "open": gettext_lazy("The threads are open again."),
    "in-quiz": gettext_lazy("From now on the threads freeze while a quiz runs."),
    "not-in-quiz": gettext_lazy("The threads stay open while a quiz runs."),
}


def frozen(act: str) -> str:
    """What was done to a class's threads; empty for what no button does."""
    return str(_FROZEN.get(act, ""))
