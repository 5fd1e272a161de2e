"""The page of a thread, or of one long branch of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, QueryDict
from django.utils.translation import ngettext

from classroom.common.addresses import address
from classroom.common.pages import PageLinks
from classroom.discussions import queries, wording
from classroom.discussions.checklist import Checklist, asked_words, checklist
from classroom.discussions.lists import name_of
from classroom.discussions.mine import Mine
from classroom.discussions.models import Decision, Thread
from classroom.discussions.queries import Place
from classroom.discussions.thread_page.contents import ON_A_PAGE, Contents, contents_of, first_new
from classroom.discussions.thread_page.markup import BranchView
from classroom.discussions.thread_page.outline import Branch, Node, branches_of
from classroom.discussions.thread_page.posts import PostView, Reader, views_of
from classroom.discussions.thread_page.seen import Eyes, eyes_of
from classroom.discussions.thread_page.texts import Text, said_below, said_on
from classroom.discussions.wording import Starter
from classroom.people.models import Role, User
from classroom.people.permissions import GRANTED, Permission


@dataclass(frozen=True)
class Asked:
    """Which part of a thread an address asks for: a page of it, or of the branch below one post."""

    page: int = 1
    branch: int | None = None

    @classmethod
    def from_query(cls, query: QueryDict) -> "Asked":
        return cls(number(query.get("page", "")) or 1, number(query.get("branch", "")))


@dataclass(frozen=True)
class ThreadPage:
    """Everything that the page of a thread shows."""

    thread: Thread
    for_staff: bool
    # The group or the student who talks apart; empty where all talk together, and for the student themselves.
    whose: str
    branches: list[BranchView]
    # Of a page that shows one branch alone: its first post.
    branch_of: PostView | None
    links: PageLinks
    count: int
    new: int
    first_new: str
    audience: list[str]
    names_for_staff: str
    shut: str
    # Why this student may not post, though the thread is open; and the address of the page that says more.
    muted: str
    muted_url: str
    pace: str
    frozen_for_staff: str
    excused: str
    starters: list[Starter]
    right_to_pass: str
    # What is asked: of this student with what is done of it, or, for those who teach, in general.
    checklist: Checklist | None
    asked: list[str]
    may_set: bool
    # Whether an answer to the teachers alone is another thing than a post: not where a student talks with them alone.
    may_pass: bool
    has_passed: bool
    private: int
    is_closed: bool
    # Decisions that the author sees here for the first time.
    unseen: list[int]

    @property
    def count_words(self) -> str:
        return ngettext("%(count)d post", "%(count)d posts", self.count) % {"count": self.count}

    @property
    def with_times(self) -> bool:
        return self.thread.names == Thread.Names.SHOWN


def thread_page(place: Place, user: User, mine: Mine, at: datetime, asked: Asked) -> ThreadPage:
    """What this person sees of a thread; 404 where they ask for a branch that is not theirs to see."""
    thread = place.thread
    eyes = eyes_of(place, user, mine.before, has_reported=mine.has_reported)
    contents = contents_of(eyes)
    part = _part(contents, eyes, place, asked, sources=mine.has_sources)
    decisions: list[Decision] = []
    if place.for_staff or mine.has_decisions:
        decisions = queries.decisions_in(place, user, list(part.written))
    shut = wording.shut_words(place, at)
    reader = Reader(
        place=place,
        # The request's user is looked up behind a stand-in, each time; here that would be for every post.
        user_id=eyes.reader,
        may_write=not shut and place.mute is None,
        is_open=not shut,
        decisions={decision.post_id: decision for decision in decisions},
        at=at,
        has_sources=mine.has_sources,
    )
    views = views_of(part.nodes, part.written, eyes, reader)
    branches = [
        BranchView(views[each.root.id], [views[one.id] for one in each.replies], left_out)
        for each, left_out in part.branches
    ]
    new = first_new(eyes, contents)
    return ThreadPage(
        thread=thread,
        for_staff=place.for_staff,
        whose=name_of(thread) if place.for_staff or thread.student_id is None else "",
        branches=branches,
        branch_of=branches[0].root if part.is_branch else None,
        links=part.links,
        count=contents.published,
        new=contents.new,
        first_new=address("classroom:post", new) if new else "",
        audience=wording.audience(place, user, mine.pseudonym, is_opened=mine.is_opened),
        names_for_staff=wording.names_for_staff(thread) if place.for_staff else "",
        shut=shut,
        muted=wording.muted_words(place.mute) if place.mute else "",
        muted_url=address("classroom:mute", place.mute.pk) if place.mute else "",
        pace="" if shut else wording.pace_words(place),
        frozen_for_staff=wording.frozen_for_staff(place),
        excused=wording.excused_words(place),
        starters=wording.starters(thread.prompt),
        right_to_pass=wording.right_to_pass(thread.prompt),
        checklist=None if place.for_staff else checklist(place, eyes.written, is_opened=mine.is_opened),
        asked=asked_words(thread) if place.for_staff else [],
        may_pass=thread.student_id is None,
        has_passed=mine.has_passed,
        private=mine.private if place.for_staff else 0,
        may_set=Permission.ASSIGN in GRANTED[Role(place.membership.role)],
        is_closed=eyes.is_closed,
        unseen=_unseen(decisions, eyes, place),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What was asked for of a thread: branches, each with how many of its replies are left out, and what they say."""

    branches: list[tuple[Branch, int]]
    written: dict[int, Text]
    links: PageLinks
    is_branch: bool = False

    @property
    def nodes(self) -> Iterator[Node]:
        return (node for branch, _left_out in self.branches for node in (branch.root, *branch.replies))


def _part(contents: Contents, eyes: Eyes, place: Place, asked: Asked, *, sources: bool) -> _Part:
    if asked.branch is None:
        page = min(asked.page, contents.pages)
        shown = contents.on_page(page)
        nodes, written = said_on(shown, eyes, place, sources=sources)
        left_out = {each.id: each.left_out for each in shown}
        branches = [(each, left_out[each.root.conversation]) for each in branches_of(nodes)]
        return _Part(branches, written, _links(page, contents.pages, ""))
    conversation = contents.of(asked.branch)
    if conversation is None:
        raise Http404
    of = max(-(-conversation.replies // ON_A_PAGE), 1)
    page = min(asked.page, of)
    nodes, written = said_below(asked.branch, page, eyes, place, sources=sources)
    # What is replied to may stand on a page before.
    [branch] = branches_of(nodes, with_stones=page == 1)
    return _Part([(branch, 0)], written, _links(page, of, f"branch={asked.branch}&"), is_branch=True)


def _links(page: int, of: int, before: str) -> PageLinks:
    return PageLinks(
        number=page,
        of=of,
        total=of,
        previous=f"?{before}page={page - 1}" if page > 1 else "",
        following=f"?{before}page={page + 1}" if page < of else "",
    )


def _unseen(decisions: Sequence[Decision], eyes: Eyes, place: Place) -> list[int]:
    own = [each for each in decisions if each.seen_at is None and each.post.author_id == eyes.reader]
    return [each.pk for each in own if place.for_staff or each.post_id in eyes.own]


def number(text: str) -> int | None:
    """A number out of an address; None for whatever no row has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
