"""Looking for words in a class's discussions, as far as one reader may read them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from classroom.assignments import terms
from classroom.common.languages import pieces
from classroom.common.pages import PageLinks, page_of
from classroom.discussions import wording
from classroom.discussions.bylines import Byline, byline, with_names
from classroom.discussions.excerpts import Piece, around
from classroom.discussions.lists import title_of
from classroom.discussions.models import Post, Thread
from classroom.people.models import Membership, Role, User
from classroom.people.permissions import GRANTED, Permission

if TYPE_CHECKING:
    from classroom.discussions.bylines import NamedPost

ON_A_PAGE = 20
_LONGEST = 200
_MOST_WORDS = 8
# Marks that HTML writes in other letters.
_MARKUP = re.compile(r"[<>&\"']")


@dataclass(frozen=True)
class Found:
    """A post in which every word occurs."""

    url: str
    by: Byline
    written_at: datetime
    state: str
    pieces: list[Piece]


@dataclass(frozen=True)
class FoundIn:
    """What was found in one thread, newest first."""

    thread: Thread
    title: str
    date_format: str
    posts: list[Found]


@dataclass(frozen=True)
class Search:
    """What was looked for, where it could be, and a page of what was found."""

    words: str
    # By id, with what each is called.
    threads: list[tuple[int, str]]
    chosen: int | None
    found: list[FoundIn]
    links: PageLinks | None


def readable_threads(user: User, membership: Membership, at: datetime) -> list[Thread]:
    """The threads of a class that this person may read now, the newest first: as ``queries.get_place`` has it for one,
    in two queries for all.
    """
    threads = list(
        Thread.objects.visible_to(user, Permission.THREAD_READ)
        .of_present()
        .filter(assignment__section=membership.section_id)
        .select_related("assignment__section", "group", "student")
        .order_by("-pk")
    )
    if _teaches(membership):
        return threads
    held = terms.by_pair({each.assignment for each in threads}, [user])
    return [each for each in threads if held[each.assignment_id, user.pk].dates.has_opened(at)]


def search(user: User, membership: Membership, at: datetime, asked: QueryDict) -> Search:
    """The posts of a class in which every word of ``q`` occurs: of all threads, or of the one that ``thread`` names.

    They come by thread, and never by time across threads: where names are sealed, a post's place among posts whose
    time is known would tell when it was written.
    """
    typed = asked.get("q", "").replace("\x00", "").strip()[:_LONGEST]
    words = typed.split()[:_MOST_WORDS]
    threads = readable_threads(user, membership, at)
    chosen = next((each.pk for each in threads if str(each.pk) == asked.get("thread", "")), None)
    # A student has one of an assignment's threads: there is nothing to tell it from.
    titles = {each.pk: title_of(each) if _teaches(membership) else each.assignment.title for each in threads}
    if not words:
        return Search(typed, list(titles.items()), chosen, [], None)
    within = [each for each in threads if chosen in (None, each.pk)]
    rows, links = page_of(_posts(user, membership, within, words), asked, size=ON_A_PAGE)
    by_id = {each.pk: each for each in threads}
    found = [
        FoundIn(
            by_id[pk],
            titles[pk],
            wording.date_format_of(by_id[pk]),
            [_found(post, by_id[pk], user, membership, words) for post in posts],
        )
        for pk, posts in groupby(rows, key=lambda post: post.thread_id)
    ]
    return Search(typed, list(titles.items()), chosen, found, links)


def _teaches(membership: Membership) -> bool:
    return Permission.POST_MODERATE in GRANTED[Role(membership.role)]


def _posts(
    user: User, membership: Membership, threads: Sequence[Thread], words: Sequence[str]
) -> "QuerySet[NamedPost]":
    posts = Post.objects.visible_to(user, membership).filter(thread__in=[each.pk for each in threads])
    for word in words:
        posts = posts.filter(_says(word))
    return with_names(posts).order_by("-thread_id", "-created_at", "-pk")


def _says(word: str) -> Q:
    """That a word occurs in a post as it was typed, and in what the class reads of it: a word that is starred there is
    not to be found out by looking for it.
    """
    shown = max((part for piece in pieces(word) for part in _MARKUP.split(piece)), key=len)
    return _contains("body", word) & (_contains("body_html", shown) if shown else Q())


def _contains(field: str, word: str) -> Q:
    """Whatever its case and however its accents are composed: SQLite knows the case of ASCII letters alone."""
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    spelt = {unicodedata.normalize(form, each) for each in spellings for form in ("NFC", "NFD")}
    found = Q()
    for each in sorted(spelt):
        found |= Q(**{f"{field}__icontains": each})
    return found


def _found(post: "NamedPost", thread: Thread, user: User, membership: Membership, words: Sequence[str]) -> Found:
    return Found(
        url=reverse("classroom:post", args=[post.pk]),
        by=byline(post, thread.names, for_staff=_teaches(membership)),
        written_at=post.created_at,
        state=wording.state_words(post.state, own=post.author_id == user.pk),
        pieces=around(post.body_html, words),
    )
