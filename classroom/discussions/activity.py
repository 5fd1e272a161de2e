"""Threads as something to assign, and what of them waits for somebody."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import DateTimeField, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from classroom.assignments.activities import Attention, Chosen, Offer, Opened, ResponseRow, Work, WorkState, of_students
from classroom.assignments.models import Assignment
from classroom.discussions import actions, queries
from classroom.discussions.models import Decision, Post, Pseudonym, Thread
from classroom.discussions.options import option_fields, refusals
from classroom.library.models import Film
from classroom.people.models import Group, Membership, Section, User

Pair = tuple[int, int]
_SEALED = {"thread__names": Thread.Names.SEALED}


class ThreadKind:
    """See ``activities.ActivityKind``.

    Of a sealed thread it tells only who has taken part: no text, no number, no time and no state, each of which could
    be laid beside the posts that a teacher sees.
    """

    key = "thread"
    label = gettext_lazy("Discussion")

    def offers(self, user: User, films: Sequence[Film]) -> list[Offer]:
        return [
            Offer(
                kind=self.key,
                id=prompt.pk,
                key=prompt.key,
                title=queries.prompt_title(prompt),
                summary=_("Ages %(ages)s: %(text)s") % {"ages": prompt.age_band, "text": prompt.text},
                url=reverse("classroom:prompt", args=[prompt.film.key, prompt.key]),
            )
            for prompt in queries.prompts_of(films)
        ]

    def option_fields(self, section: Section | None = None) -> dict[str, forms.Field]:
        return option_fields(section)

    def refusals(
        self, options: Mapping[str, Any], section: Section, audience: Sequence[Group | User]
    ) -> dict[str, str | Promise]:
        return refusals(options, section, audience)

    def option_groups(self) -> list[tuple[str, list[str]]]:
        return []

    def set_up(self, assignment: Assignment, offer: Offer, options: Mapping[str, Any]) -> None:
        actions.set_up(
            assignment=assignment,
            together=Thread.Together(options.get("together", Thread.Together.ALL)),
            prompt_id=offer.id,
            names=options.get("names", Thread.Names.PSEUDONYM),
            policy=options.get("policy", Thread.Policy.HOLD_ALL),
        )

    def chosen(self, assignments: Sequence[Assignment]) -> dict[int, Chosen]:
        threads = Thread.objects.filter(assignment__in=assignments)
        return {
            each.assignment_id: Chosen(
                each.prompt_id, {"together": each.together, "names": each.names, "policy": each.policy}
            )
            for each in threads
        }

    def student_url(self, assignment: Assignment) -> str:
        # Not the thread's own address: a list of assignments would ask for each one's thread.
        return reverse("classroom:assignment_thread", args=[assignment.pk])

    def staff_url(self, assignment: Assignment) -> str:
        return self.student_url(assignment)

    def work(
        self, assignments: Sequence[Assignment], students: Sequence[User], visits: Mapping[Pair, Opened]
    ) -> dict[Pair, Work]:
        """In one query: who wrote, and who has come to a sealed thread; they have a pseudonym there, and no visit."""
        wrote = of_students(Post.objects.filter(thread__assignment__in=assignments), students, "author")
        came = Pseudonym.objects.filter(**_SEALED, thread__assignment__in=assignments)
        rows = (
            wrote.exclude(state=Post.State.DELETED)
            .order_by()
            .values_list(
                "thread__assignment_id", "author_id", "thread__names", "state", Coalesce("edited_at", "created_at")
            )
            .union(
                of_students(came, students, "user").values_list(
                    "thread__assignment_id", "user_id", "thread__names", Value(""), Value(None, DateTimeField())
                ),
                all=True,
            )
        )
        sealed: dict[Pair, Work] = {}
        posts: dict[Pair, list[tuple[str, datetime]]] = defaultdict(list)
        for assignment_id, student_id, names, state, at in rows:
            pair = assignment_id, student_id
            if names != Thread.Names.SEALED:
                posts[pair].append((state, at))
            elif state:
                sealed[pair] = Work(WorkState.DONE, _("taken part"))
            else:
                sealed.setdefault(pair, Work(WorkState.OPENED))
        return sealed | {pair: _work(own) for pair, own in posts.items()}

    def finished(self, assignments: Sequence[Assignment], students: Sequence[User]) -> set[Pair]:
        """Whose post stands or waits; where names are sealed, whoever has one, so that no decision shows."""
        stands = Q(state__in=[Post.State.HELD, Post.State.PUBLISHED]) | Q(**_SEALED)
        posts = self._written(assignments, students).filter(stands).order_by()
        return set(posts.values_list("thread__assignment_id", "author_id").distinct())

    def seconds(self, assignments: Sequence[Assignment], students: Sequence[User]) -> dict[Pair, int]:
        """Nothing: how long somebody wrote is measured nowhere."""
        return {}

    def responses(self, assignments: Sequence[Assignment], students: Sequence[User]) -> dict[Pair, list[ResponseRow]]:
        sealed = _("Taken part. Names are sealed in this thread, so what they wrote is not shown beside them.")
        found = {
            pair: [ResponseRow(asked=asked, given="", outcome=sealed)]
            for pair, asked in self._taken_part(assignments, students).items()
        }
        for pair, posts in self._posts(assignments, students).items():
            found[pair] = [_response(post) for post in posts]
        return found

    def _posts(self, assignments: Sequence[Assignment], students: Sequence[User]) -> dict[Pair, list[Post]]:
        """What these students wrote where names are not sealed, oldest first."""
        decisions = Decision.objects.select_related("rule").order_by("at", "pk")
        posts = (
            self._written(assignments, students)
            .exclude(**_SEALED)
            .select_related("thread__prompt")
            .prefetch_related(Prefetch("decisions", queryset=decisions))
        )
        found: dict[Pair, list[Post]] = defaultdict(list)
        for post in posts.order_by("created_at", "pk"):
            found[post.thread.assignment_id, post.author_id].append(post)
        return found

    def _taken_part(self, assignments: Sequence[Assignment], students: Sequence[User]) -> dict[Pair, str]:
        """Who wrote anything where names are sealed, with the prompt; whatever has become of it since."""
        posts = self._written(assignments, students).filter(**_SEALED)
        rows = posts.order_by().values_list("thread__assignment_id", "author_id", "thread__prompt__text").distinct()
        return {(assignment_id, author_id): prompt for assignment_id, author_id, prompt in rows}

    def _written(self, assignments: Sequence[Assignment], students: Sequence[User]) -> QuerySet[Post]:
        posts = Post.objects.filter(thread__assignment__in=assignments, author__in=students)
        return posts.exclude(state=Post.State.DELETED)


def _work(posts: Sequence[tuple[str, datetime]]) -> Work:
    """Of each post's state and time. One published post is done, since the rest can wait; before that, what has to be
    mended comes first.
    """
    states = {state for state, _at in posts}
    note = ngettext("%(count)d post", "%(count)d posts", len(posts)) % {"count": len(posts)}
    at = max(at for _state, at in posts)
    for named, state in _FURTHEST:
        if named in states:
            return Work(state, note, at)
    return Work(WorkState.UNDER_WAY, note, at)


_FURTHEST = (
    (Post.State.PUBLISHED, WorkState.DONE),
    (Post.State.RETURNED, WorkState.TO_MEND),
    (Post.State.HELD, WorkState.WAITING),
)


def _response(post: Post) -> ResponseRow:
    outcome = post.get_state_display()
    decisions = [each for each in post.decisions.all() if each.kind in Decision.AGAINST]
    if decisions and decisions[-1].rule and post.state in (Post.State.RETURNED, Post.State.HIDDEN):
        outcome = _("%(state)s (%(rule)s): %(reason)s") % {
            "state": outcome,
            "rule": decisions[-1].rule.title,
            "reason": decisions[-1].reason,
        }
    return ResponseRow(asked=post.thread.prompt.text, given=post.body, outcome=outcome, at=post.created_at)


def sealed_ids(assignments: Sequence[Assignment]) -> set[int]:
    """Which of these are threads whose names are sealed; asks nothing where none is a thread."""
    threads = [each.pk for each in assignments if each.kind == ThreadKind.key]
    if not threads:
        return set()
    sealed = Thread.objects.filter(assignment__in=threads, names=Thread.Names.SEALED)
    return set(sealed.values_list("assignment", flat=True))


# --- On the home page ---------------------------------------------------------------------------------------------


def attention(user: User, memberships: Sequence[Membership]) -> list[Attention]:
    """Decisions on this person's posts that they have not seen."""
    found = []
    for decision in queries.unseen_decisions(user):
        title = decision.post.thread.assignment.title
        address = reverse("classroom:post", args=[decision.post_id])
        found.append(Attention(str(_NEWS[decision.kind]) % {"title": title}, address))
    return found


_NEWS: dict[str, str | Promise] = {
    Decision.Kind.APPROVED: gettext_lazy("Your post in “%(title)s” is approved: the class can read it."),
    Decision.Kind.RETURNED: gettext_lazy("Your post in “%(title)s” came back: see why, mend it and send it again."),
    Decision.Kind.HIDDEN: gettext_lazy("Your post in “%(title)s” is hidden: see why."),
    Decision.Kind.DELETED: gettext_lazy("Your post in “%(title)s” was deleted by a teacher: see why."),
    Decision.Kind.UNDONE: gettext_lazy(
        "A teacher took back a decision on your post in “%(title)s”: see how it stands."
    ),
}
