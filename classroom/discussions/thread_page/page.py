"""The page of a thread, or of one long branch of it."""

from collections.abc import Sequence
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
from classroom.discussions.thread_page.markup import BranchView
from classroom.discussions.thread_page.outline import Branch, Node, Outline, outline_of
from classroom.discussions.thread_page.posts import PostView, Reader, views_of
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
    outline = outline_of(place, user, mine.before, has_reported=mine.has_reported)
    decisions = queries.decisions_in(place, user) if place.for_staff or mine.has_decisions else []
    shut = wording.shut_words(place, at)
    # The request's user is looked up behind a stand-in, each time; here that would be for every post.
    user_id = user.pk
    new = outline.new
    reader = Reader(
        place=place,
        user_id=user_id,
        may_write=not shut and place.mute is None,
        is_open=not shut,
        decisions={decision.post_id: decision for decision in decisions},
        new=frozenset(new),
        at=at,
        has_sources=mine.has_sources,
    )
    branches, links, branch_of = _shown(outline, reader, asked)
    own = {node.id for node in outline.nodes.values() if node.author_id == user_id}
    return ThreadPage(
        thread=thread,
        for_staff=place.for_staff,
        whose=name_of(thread) if place.for_staff or thread.student_id is None else "",
        branches=branches,
        branch_of=branch_of,
        links=links,
        count=outline.published,
        new=len(new),
        first_new=address("classroom:post", new[0]) if new else "",
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
        checklist=None if place.for_staff else checklist(place, outline.written, is_opened=mine.is_opened),
        asked=asked_words(thread) if place.for_staff else [],
        may_pass=thread.student_id is None,
        has_passed=mine.has_passed,
        private=mine.private if place.for_staff else 0,
        may_set=Permission.ASSIGN in GRANTED[Role(place.membership.role)],
        is_closed=outline.is_closed,
        unseen=_unseen(decisions, own),
    )


def _shown(outline: Outline, reader: Reader, asked: Asked) -> tuple[list[BranchView], PageLinks, PostView | None]:
    if asked.branch is None:
        page = min(asked.page, len(outline.pages))
        branches = outline.pages[page - 1]
        views = views_of(_nodes(branches), outline, reader)
        shown = [
            BranchView(views[each.root.id], [views[one.id] for one in each.shown], each.left_out) for each in branches
        ]
        return shown, _links(page, len(outline.pages), ""), None
    branch = outline.of_branch(asked.branch)
    if branch is None:
        raise Http404
    pages = outline.branch_pages(branch)
    page = min(asked.page, len(pages))
    views = views_of([branch.root, *pages[page - 1]], outline, reader)
    root = views[branch.root.id]
    shown = [BranchView(root, [views[one.id] for one in pages[page - 1]])]
    return shown, _links(page, len(pages), f"branch={asked.branch}&"), root


def _nodes(branches: Sequence[Branch]) -> list[Node]:
    return [node for branch in branches for node in (branch.root, *branch.shown)]


def _links(page: int, of: int, before: str) -> PageLinks:
    return PageLinks(
        number=page,
        of=of,
        total=of,
        previous=f"?{before}page={page - 1}" if page > 1 else "",
        following=f"?{before}page={page + 1}" if page < of else "",
    )


def _unseen(decisions: Sequence[Decision], own: set[int]) -> list[int]:
    return [each.pk for each in decisions if each.seen_at is None and each.post_id in own]


def number(text: str) -> int | None:
    """A number out of an address; None for whatever no row has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
