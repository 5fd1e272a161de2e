"""The figures of a class's talk, or of one thread's, under the names policy.

Of a thread whose names are sealed it tells of students that they have taken part, four or more at once (see ``seals``),
and nothing else: no number of posts, no letters, no time. Its posts count in nobody's share.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from classroom.assignments import terms
from classroom.discussions import wording
from classroom.discussions.lists import title_of
from classroom.discussions.models import Post, Pseudonym, Thread
from classroom.discussions.overview.counts import (
    UNANSWERED_AT_MOST,
    Cited,
    Unanswered,
    Written,
    cited_in,
    members_of,
    staff_ids,
    unanswered_in,
    written_in,
)
from classroom.discussions.seals import told_in
from classroom.people import queries as people
from classroom.people.models import Section, User
from classroom.people.permissions import Permission

_WITH = ("assignment__section", "group", "student")
# An open thread in which nobody has said anything for so long has gone quiet.
QUIET_AFTER = timedelta(days=3)


@dataclass(frozen=True)
class ThreadLine:
    """One thread: how many of those who are asked have taken part, and whether it has gone quiet."""

    thread: Thread
    title: str
    asked: int
    spoken: int
    published: int
    unseen: int
    last: datetime | None
    date_format: str
    state: str
    is_quiet: bool

    @property
    def is_sealed(self) -> bool:
        return self.thread.names == Thread.Names.SEALED


@dataclass(frozen=True)
class Voice:
    """A student, or several people together: in how many of the threads that ask for them they have taken part, what
    they wrote where names are not sealed, and their share of it in per cent (None where nobody wrote). ``width`` is the
    length of their bar, of 100: the student who wrote most has the longest.
    """

    name: str
    student: User | None
    asked: int
    spoken: int
    published: int
    unseen: int
    share: int | None
    width: int = 0


@dataclass(frozen=True)
class Talk:
    """What a page shows of a class's talk, or of one thread's."""

    section: Section
    lines: list[ThreadLine]
    voices: list[Voice]
    # Those who teach, and students who are in the class no more, together.
    others: list[Voice]
    # Where names are not sealed: there nobody is told who has not taken part.
    silent: list[User]
    unanswered: list[Unanswered]
    more_unanswered: bool
    cited: list[Cited]

    @property
    def quiet(self) -> list[ThreadLine]:
        return [line for line in self.lines if line.is_quiet]

    @property
    def has_shares(self) -> bool:
        """Whether there is a thread whose talk may be shown by student."""
        return any(not line.is_sealed for line in self.lines)

    @property
    def has_sealed(self) -> bool:
        return any(line.is_sealed for line in self.lines)


def threads_of(section: Section) -> list[Thread]:
    """The threads of a class that stand, in the order of its work."""
    threads = Thread.objects.of_present().filter(assignment__section=section, assignment__withdrawn_at=None)
    return list(threads.select_related(*_WITH).order_by("assignment__position", "assignment", "pk"))


def get_thread(user: User, thread_id: int) -> Thread:
    """A thread of a class where this person sees students' responses; else 404."""
    threads = Thread.objects.visible_to(user, Permission.RESPONSES_SEE).select_related(*_WITH)
    return get_object_or_404(threads, pk=thread_id)


def talk_of(section: Section, threads: Sequence[Thread], at: datetime) -> Talk:
    """The figures of these threads of a class, in a number of queries that is the same for one and for many."""
    students = people.students_of(section)
    asked = _asked(threads, students)
    written = written_in(threads)
    staff = staff_ids(section)
    by_thread: dict[int, list[Written]] = defaultdict(list)
    for each in written:
        by_thread[each.thread_id].append(each)
    sealed = {each.pk for each in threads if each.names == Thread.Names.SEALED}
    shares = _Shares([each for each in written if each.thread_id not in sealed])
    spoken = {(each.thread_id, each.author_id) for each in written if each.thread_id not in sealed}
    spoken |= _told(sealed)
    unanswered = unanswered_in(threads, staff)
    voices = [_voice(student, threads, asked, spoken, shares) for student in students]
    present = {student.pk for student in students}
    return Talk(
        section=section,
        lines=[_line(each, by_thread[each.pk], asked[each.pk], at) for each in threads],
        voices=voices,
        others=[
            found
            for name, ids in (
                (_("Those who teach"), staff - present),
                (_("Students who have left"), shares.authors - staff - present),
            )
            if (found := shares.of(name, ids)).published
        ],
        silent=_silent(students, [each.pk for each in threads if each.pk not in sealed], asked, spoken),
        unanswered=unanswered[:UNANSWERED_AT_MOST],
        more_unanswered=len(unanswered) > UNANSWERED_AT_MOST,
        cited=cited_in(threads),
    )


def _asked(threads: Sequence[Thread], students: Sequence[User]) -> dict[int, set[int]]:
    """By thread, of which students it is asked that they take part."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for (assignment_id, student_id), own in terms.by_pair({each.assignment for each in threads}, students).items():
        if own.is_set and not own.is_excused:
            wanted[assignment_id].add(student_id)
    members = members_of(threads)
    found = {}
    for thread in threads:
        asked = wanted[thread.assignment_id]
        if thread.group_id is not None:
            asked = asked & members[thread.group_id]
        elif thread.student_id is not None:
            asked = asked & {thread.student_id}
        found[thread.pk] = asked
    return found


def _told(sealed: Collection[int]) -> set[tuple[int, int]]:
    """Of whom it is told that they have taken part under seal, by thread; whose name was opened is told at once."""
    if not sealed:
        return set()
    told = {(thread_id, author_id) for thread_id, _assignment, author_id in told_in(Q(pk__in=sealed))}
    wrote = Post.objects.filter(thread=OuterRef("thread"), author=OuterRef("user")).exclude(state=Post.State.DELETED)
    opened = Pseudonym.objects.filter(Exists(wrote), thread__in=sealed).exclude(opened_at=None)
    return told | set(opened.values_list("thread_id", "user_id"))


def _silent(
    students: Sequence[User], threads: Collection[int], asked: dict[int, set[int]], spoken: set[tuple[int, int]]
) -> list[User]:
    """Who is asked in some of these threads, and has taken part in nothing at all that is told."""
    heard = {student_id for _thread, student_id in spoken}
    wanted = {student_id for thread in threads for student_id in asked[thread]}
    return [each for each in students if each.pk in wanted - heard]


def _line(thread: Thread, written: Sequence[Written], asked: set[int], at: datetime) -> ThreadLine:
    last = max((each.last for each in written if each.last), default=None)
    dates = thread.assignment.dates
    is_locked = thread.is_locked(at)
    is_open = dates.is_open(at) and not is_locked
    return ThreadLine(
        thread=thread,
        title=title_of(thread),
        asked=len(asked),
        spoken=len(asked & {each.author_id for each in written}),
        published=sum(each.published for each in written),
        unseen=sum(each.unseen for each in written),
        last=last,
        date_format=wording.date_format_of(thread),
        state=_state(dates.has_opened(at), is_locked, is_open),
        is_quiet=is_open and max(last or dates.opens_at, dates.opens_at) < at - QUIET_AFTER,
    )


def _state(has_opened: bool, is_locked: bool, is_open: bool) -> str:
    if is_open:
        return _("open")
    if is_locked:
        return _("locked")
    return _("closed") if has_opened else _("not open yet")


def _voice(
    student: User,
    threads: Sequence[Thread],
    asked: dict[int, set[int]],
    spoken: set[tuple[int, int]],
    shares: "_Shares",
) -> Voice:
    wanted = [each.pk for each in threads if student.pk in asked[each.pk]]
    own = shares.of(student.name, {student.pk})
    return Voice(
        name=student.name,
        student=student,
        asked=len(wanted),
        spoken=sum((pk, student.pk) in spoken for pk in wanted),
        published=own.published,
        unseen=own.unseen,
        share=own.share,
        width=own.width,
    )


class _Shares:
    """Who wrote how much where names are not sealed."""

    def __init__(self, written: Sequence[Written]) -> None:
        self.by_author: dict[int, list[Written]] = defaultdict(list)
        for each in written:
            self.by_author[each.author_id].append(each)
        self.letters = sum(each.letters for each in written)
        self.most = max((sum(each.letters for each in own) for own in self.by_author.values()), default=0)

    @property
    def authors(self) -> set[int]:
        return set(self.by_author)

    def of(self, name: str, ids: set[int]) -> Voice:
        own = [each for pk in ids for each in self.by_author.get(pk, ())]
        letters = sum(each.letters for each in own)
        return Voice(
            name=name,
            student=None,
            asked=0,
            spoken=0,
            published=sum(each.published for each in own),
            unseen=sum(each.unseen for each in own),
            share=round(100 * letters / self.letters) if self.letters else None,
            width=min(round(100 * letters / self.most), 100) if self.most else 0,
        )
