"""What people are told in plain words: who will see what, why nobody can write, and what became of a post."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from classroom.discussions.models import Decision, Mute, Post, Prompt, Thread
from classroom.discussions.pauses import Frozen
from classroom.discussions.queries import Place, policy_of
from classroom.people.models import User

_MOVES: dict[str, str | Promise] = {
    "agree": gettext_lazy("Agree and add"),
    "question": gettext_lazy("Ask"),
    "counter": gettext_lazy("Counter"),
    "cite": gettext_lazy("Bring a source"),
}
_OWN_STATE: dict[str, str | Promise] = {
    Post.State.HELD: gettext_lazy("Only you and your teachers see this: it waits for a teacher."),
    Post.State.RETURNED: gettext_lazy("Only you and your teachers see this: a teacher returned it to be mended."),
    Post.State.FLAGGED: gettext_lazy(
        "Only you and your teachers see this until a teacher has looked at it: readers have reported it."
    ),
    Post.State.HIDDEN: gettext_lazy("Only you and your teachers see this: a teacher has hidden it."),
}
_STAFF_STATE: dict[str, str | Promise] = {
    Post.State.HELD: gettext_lazy("Classmates do not see this: it waits for you."),
    Post.State.RETURNED: gettext_lazy("Classmates do not see this: it was returned to its author."),
    Post.State.FLAGGED: gettext_lazy("Classmates do not see this until you have looked at it: it was reported."),
    Post.State.HIDDEN: gettext_lazy("Classmates do not see this: it is hidden."),
}
_AGAINST: dict[str, str | Promise] = {
    Decision.Kind.APPROVED: gettext_lazy("A teacher has approved this post: the class can read it."),
    Decision.Kind.RETURNED: gettext_lazy("Why it was returned"),
    Decision.Kind.HIDDEN: gettext_lazy("Why it was hidden"),
    Decision.Kind.DELETED: gettext_lazy("Why it was deleted"),
    Decision.Kind.UNDONE: gettext_lazy("A teacher has taken back a decision on this post."),
}


_READS_FIRST: dict[str, str | Promise] = {
    Thread.Policy.HOLD_ALL: gettext_lazy("A teacher reads it first; until then only you and your teachers see it."),
    Thread.Policy.HOLD_FIRST: gettext_lazy(
        "A teacher reads your first posts before the class does, and later ones with a rude word, a telephone number "
        "or the like in them."
    ),
    Thread.Policy.HOLD_MATCH: gettext_lazy(
        "The class sees it at once, unless it has a rude word, a telephone number or the like in it: then a teacher "
        "reads it first."
    ),
    Thread.Policy.REVIEW_AFTER: gettext_lazy(
        "The class sees it at once. A teacher may hide it afterwards, and then tells you why."
    ),
}


@dataclass(frozen=True)
class Starter:
    """How a sentence may begin, for one move in a discussion."""

    move: str
    text: str


def starters(prompt: Prompt) -> list[Starter]:
    """The prompt's sentence starters by move, in the order in which moves are taught."""
    texts = prompt.words.starters
    return [Starter(str(label), texts[move]) for move, label in _MOVES.items() if texts.get(move)]


def state_words(state: str, *, own: bool) -> str:
    """Who sees a post that the class does not; empty where the class does."""
    return str((_OWN_STATE if own else _STAFF_STATE).get(state, ""))


# Instead of its state, where the reader has reported a post and nobody has looked at it yet.
REPORTED = "reported"


def stone(state: str) -> str:
    """What stands where a post was; ``state`` is empty where the reader may know no more."""
    if state == REPORTED:
        return _("You have reported this post, so you do not see it until a teacher has looked at it.")
    return _("This post was deleted.") if state == Post.State.DELETED else _("This post is no longer shown.")


def decision_words(decision: Decision) -> str:
    return str(_AGAINST[decision.kind])


def right_to_pass(prompt: Prompt) -> str:
    """What a student who passes does instead: the prompt's own words where it has some."""
    return prompt.words.right_to_pass or _(
        "You need not answer this one. Ask your teacher for another way to take part."
    )


def audience(place: Place, user: User, pseudonym: str | None, *, is_opened: bool = False) -> list[str]:
    """Who will see what of a new post under this thread's policies, a sentence each."""
    return [*_who_reads(place), *names_told(place, user, pseudonym, is_opened=is_opened), _who_reads_first(place)]


def _who_reads(place: Place) -> list[str]:
    """Who is in the thread at all, where it is not everybody to whom the discussion is set."""
    thread = place.thread
    if thread.student_id is not None:
        if place.for_staff:
            return [_("This student and those who teach the class read this, and nobody else.")]
        return [_("You and those who teach your class read this, and no classmate.")]
    if thread.group is not None:
        name = {"group": thread.group.name}
        if place.for_staff:
            return [_("The students of “%(group)s” read this, and those who teach the class.") % name]
        return [_("Only your group, “%(group)s”, reads this, and those who teach your class.") % name]
    return []


def names_told(place: Place, user: User, pseudonym: str | None, *, is_opened: bool = False) -> list[str]:
    """Under which name this person writes, and who knows their own; ``is_opened`` is of a sealed one."""
    if place.for_staff and place.thread.student_id is not None:
        return [_("The student sees your name, %(name)s, and that you teach.") % {"name": user.name}]
    if place.for_staff and pseudonym is None:
        return [_("The class sees your name, %(name)s, and that you teach.") % {"name": user.name}]
    if is_opened:
        return [
            _("Classmates will see you as %(pseudonym)s. Your name was opened here: your teachers see it.")
            % {"pseudonym": pseudonym}
        ]
    return _who_sees_you(place.thread, user, pseudonym or "")


def _who_sees_you(thread: Thread, user: User, pseudonym: str) -> list[str]:
    if thread.student_id is not None:
        return [_("They see your name, %(name)s.") % {"name": user.name}]
    if thread.names == Thread.Names.SHOWN:
        return [_("Classmates and teachers will see your name, %(name)s.") % {"name": user.name}]
    if thread.names == Thread.Names.PSEUDONYM:
        return [_("Classmates will see you as %(pseudonym)s; your teacher sees your name.") % {"pseudonym": pseudonym}]
    return [
        _("Classmates and teachers will see you as %(pseudonym)s.") % {"pseudonym": pseudonym},
        _(
            "Your teacher is told only whether you have taken part, not which posts are yours, and that together with "
            "at least three others."
        ),
        _(
            "Your name is opened to your teachers only if one of them gives a reason in writing and a second consents. "
            "You are told then, with the reason."
        ),
        _(
            "One exception: if a post sounds as if somebody were in danger, its author's name is shown to the class's "
            "safeguarding contact alone, so that they can help. That is logged."
        ),
        _("The site keeps the name, so whoever runs its database could look it up."),
    ]


def private_audience(place: Place, user: User) -> list[str]:
    """Who will see what of an answer to the teachers alone, a sentence each."""
    found = [_("Those who teach this class read it. No classmate ever does, and nobody can publish it.")]
    if place.thread.names == Thread.Names.SEALED:
        found.append(_("They see it under your pseudonym: names are sealed in this thread."))
    else:
        found.append(_("They see your name, %(name)s.") % {"name": user.name})
    found.append(_("It counts as taking part, for all that is asked here."))
    found.append(
        _(
            "If it sounds as if somebody were in danger, the class's safeguarding contact is told, with your name, so "
            "that they can help."
        )
    )
    return found


def _who_reads_first(place: Place) -> str:
    if place.for_staff:
        return _("It appears at once.")
    if place.thread.student_id is not None and policy_of(place) == Thread.Policy.REVIEW_AFTER:
        return _("They see it at once.")
    return reads_first(policy_of(place))


def reads_first(policy: str) -> str:
    """Who reads a student's post first under a policy."""
    return str(_READS_FIRST[policy])


def names_for_staff(thread: Thread) -> str:
    """The names policy, for those who teach."""
    if thread.student_id is not None:
        return _("This student talks with those who teach the class, and no classmate reads it.")
    if thread.names == Thread.Names.SEALED:
        return _(
            "Names are sealed: you see pseudonyms as the class does, and elsewhere only who has taken part, four or "
            "more at once. One name can be opened for a reason, if a colleague consents."
        )
    if thread.names == Thread.Names.PSEUDONYM:
        return _("Classmates see pseudonyms; the names in brackets are for you and the other teachers alone.")
    return _("The class sees names.")


def excused_words(place: Place) -> str:
    """For a student of whom it is not asked; empty for all others."""
    return _("You are excused from this discussion: you need not write, and you may.") if place.terms.is_excused else ""


_FROZEN: dict[str, str | Promise] = {
    Frozen.BY_HAND: gettext_lazy(
        "A teacher has frozen the threads of this class for a while: you can read them, and nobody can add to them."
    ),
    Frozen.BY_QUIZ: gettext_lazy(
        "The threads of this class are frozen while a quiz runs: you can read them, and nobody can add to them. They "
        "open again by themselves."
    ),
}
_FROZEN_FOR_STAFF: dict[str, str | Promise] = {
    Frozen.BY_HAND: gettext_lazy("The threads of this class are frozen: students read, and cannot write."),
    Frozen.BY_QUIZ: gettext_lazy("The threads of this class are frozen while a quiz runs: students cannot write."),
}


def muted_words(mute: Mute) -> str:
    """For somebody who is muted: where, and until when."""
    until = date_format(localtime(mute.until, mute.section.zone), "j F Y")
    if mute.thread_id is not None:
        return _("You are muted in this thread: you can post again on %(until)s.") % {"until": until}
    return _("You are muted in this class: you can post again on %(until)s.") % {"until": until}


def pace_words(place: Place) -> str:
    """How slow a thread is; empty where it is not."""
    minutes = place.thread.slow_minutes
    if not minutes:
        return ""
    if place.for_staff:
        return ngettext(
            "This thread is slow: each student posts once a minute.",
            "This thread is slow: each student posts once in %(minutes)d minutes.",
            minutes,
        ) % {"minutes": minutes}
    return ngettext(
        "This thread is slow: you can post once a minute, so take your time.",
        "This thread is slow: you can post once in %(minutes)d minutes, so take your time.",
        minutes,
    ) % {"minutes": minutes}


def frozen_for_staff(place: Place) -> str:
    """Why students cannot write now, though the thread is open; empty where they can, and for students."""
    if place.for_staff and place.too_small:
        return _(
            "Fewer than four students are left here, so a sealed name could be guessed: students read, and cannot "
            "write, until there are four again."
        )
    return str(_FROZEN_FOR_STAFF.get(place.frozen, "")) if place.for_staff else ""


def shut_words(place: Place, at: datetime) -> str:
    """Why this person cannot write now; empty where they can."""
    thread, dates = place.thread, place.terms.dates
    if place.frozen and not place.for_staff:
        return str(_FROZEN[place.frozen])
    if thread.is_locked(at):
        return _("A teacher has locked this thread: you can read it, and nobody can add to it.")
    if thread.assignment.section.archived_at is not None:
        return _("This class has ended: you can read the thread, and nobody can add to it.")
    if not dates.has_opened(at):
        return _("This thread opens on %(when)s. Students do not see it before.") % {
            "when": _when(thread, dates.opens_at)
        }
    if place.too_small and not place.for_staff and not dates.has_closed(at):
        return _(
            "Fewer than four students are left here, so your sealed name could be guessed: you can read the thread, "
            "and nobody can add to it. Ask your teacher for another way to take part."
        )
    if dates.closes_at is not None and dates.has_closed(at):
        return _("This thread closed on %(when)s: you can read it, and add nothing to it.") % {
            "when": _when(thread, dates.closes_at)
        }
    return ""


def date_format_of(thread: Thread) -> str:
    """Days alone where names are not shown: in times of day one could read who wrote what."""
    return "j M Y, H:i" if thread.names == Thread.Names.SHOWN else "j M Y"


def _when(thread: Thread, moment: datetime) -> str:
    return date_format(localtime(moment, thread.assignment.section.zone), "DATETIME_FORMAT")
