"""Threads as something to assign, and what of them waits for somebody."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.db.models import DateTimeField, Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from classroom.assignments.activities import Attention, Chosen, Offer, Opened, ResponseRow, Work, WorkState, of_students
from classroom.assignments.models import Assignment
from classroom.discussions import actions, queries, shape
from classroom.discussions import options as thread_options
from classroom.discussions.models import Decision, Post, Pseudonym, Thread, sources_asked_for
from classroom.discussions.seals import under_seal
from classroom.discussions.shape import Written
from classroom.library.models import Film
from classroom.people.models import Group, Membership, Section, User

Pair = tuple[int, int]
_SEALED = {"thread__names": Thread.Names.SEALED}
_UNDER_SEAL = under_seal("thread", "author")


class ThreadKind:
    """See ``activities.ActivityKind``.

    Of a sealed thread it tells only who has taken part: no text, no number, no time and no state, each of which could
    be laid beside the posts that a teacher sees.
    """

    key = "thread"
    label = gettext_lazy("Discussion")
    first_part = gettext_lazy("a post of one's own")

    def has_rest(self, options: Mapping[str, Any]) -> bool:
        return thread_options.asks_for_more(options)

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
        return thread_options.option_fields(section)

    def refusals(
        self, options: Mapping[str, Any], section: Section, audience: Sequence[Group | User]
    ) -> dict[str, str | Promise]:
        return thread_options.refusals(options, section, audience)

    def option_groups(self) -> list[tuple[str, list[str]]]:
        return []

    def set_up(self, assignment: Assignment, offer: Offer, options: Mapping[str, Any]) -> None:
        actions.set_up(
            assignment=assignment,
            together=Thread.Together(options.get("together", Thread.Together.ALL)),
            prompt_id=offer.id,
            **thread_options.of_thread(options),
        )
        thread_options.task_from(assignment, options).save()

    def chosen(self, assignments: Sequence[Assignment]) -> dict[int, Chosen]:
        threads = Thread.objects.filter(assignment__in=assignments).select_related("assignment__talk_task")
        return {each.assignment_id: Chosen(each.prompt_id, thread_options.chosen(each)) for each in threads}

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
                "thread__assignment_id",
                "author_id",
                "thread__names",
                Coalesce("edited_at", "created_at"),
                *_AS_WRITTEN,
            )
            .union(
                of_students(came, students, "user").values_list(
                    "thread__assignment_id", "user_id", "thread__names", Value(None, DateTimeField()), *_NOT_WRITTEN
                ),
                all=True,
            )
        )
        sealed: dict[Pair, Work] = {}
        posts: dict[Pair, list[_Row]] = defaultdict(list)
        for assignment_id, student_id, names, at, *said in rows:
            pair, row = (assignment_id, student_id), _row(student_id, said)
            if names != Thread.Names.SEALED:
                posts[pair].append(row._replace(at=at))
            elif row.post.state:
                sealed[pair] = Work(WorkState.DONE, _("taken part"), first_part_done=True)
            else:
                sealed.setdefault(pair, Work(WorkState.OPENED))
        return sealed | {pair: _work(own) for pair, own in posts.items()}

    def finished(self, assignments: Sequence[Assignment], students: Sequence[User]) -> set[Pair]:
        """Who has written what the task asks, see ``shape``; where names are sealed, whoever has written anything, so
        that neither a decision nor a number shows.
        """
        rows = self._written(assignments, students).order_by()
        found: set[Pair] = set()
        posts: dict[Pair, list[_Row]] = defaultdict(list)
        for assignment_id, author_id, names, *said in rows.values_list(
            "thread__assignment_id", "author_id", "thread__names", *_AS_WRITTEN
        ):
            pair = assignment_id, author_id
            if names == Thread.Names.SEALED:
                found.add(pair)
            else:
                posts[pair].append(_row(author_id, said))
        return found | {
            pair for pair, own in posts.items() if shape.progress(own[0].asked, [each.post for each in own]).is_done
        }

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
            .exclude(_UNDER_SEAL)
            .select_related("thread__prompt")
            .prefetch_related(Prefetch("decisions", queryset=decisions))
        )
        found: dict[Pair, list[Post]] = defaultdict(list)
        for post in posts.order_by("created_at", "pk"):
            found[post.thread.assignment_id, post.author_id].append(post)
        return found

    def _taken_part(self, assignments: Sequence[Assignment], students: Sequence[User]) -> dict[Pair, str]:
        """Who wrote anything where names are sealed, with the prompt; whatever has become of it since."""
        posts = self._written(assignments, students).filter(_UNDER_SEAL)
        rows = posts.order_by().values_list("thread__assignment_id", "author_id", "thread__prompt__text").distinct()
        return {(assignment_id, author_id): prompt for assignment_id, author_id, prompt in rows}

    def _written(self, assignments: Sequence[Assignment], students: Sequence[User]) -> QuerySet[Post]:
        posts = Post.objects.filter(thread__assignment__in=assignments, author__in=students)
        return posts.exclude(state=Post.State.DELETED)


# A post as ``shape`` sees it, with what its thread asks; and a row of the same columns of who has not written.
_AS_WRITTEN = (
    "state",
    "words",
    "parent_id",
    "parent__author_id",
    Coalesce("thread__assignment__talk_task__own_words", 1),
    Coalesce("thread__assignment__talk_task__replies", 0),
    Coalesce("thread__assignment__talk_task__sources", 0),
    sources_asked_for(),
)
_NOT_WRITTEN = (Value(""), Value(0), Value(0), Value(0), Value(1), Value(0), Value(0), Value(0))


class _Row(NamedTuple):
    post: Written
    asked: shape.Terms
    at: datetime | None = None


def _row(author_id: int, said: Sequence[Any]) -> _Row:
    state, words, parent_id, replied_to, own_words, replies, asked_sources, sources = said
    to_other = parent_id is not None and replied_to != author_id
    post = Written(state, words, parent_id is not None, to_other, sources)
    return _Row(post, shape.Terms(own_words, replies, asked_sources))


def _work(rows: Sequence[_Row]) -> Work:
    """What the published posts have done is done, since the rest can wait; before that, what has to be mended comes
    first, then what waits for a teacher and would do.
    """
    asked, posts = rows[0].asked, [each.post for each in rows]
    counted = shape.progress(asked, posts)
    if shape.progress(asked, posts, {Post.State.PUBLISHED}).is_done:
        state = WorkState.DONE
    elif any(each.state == Post.State.RETURNED for each in posts):
        state = WorkState.TO_MEND
    else:
        state = WorkState.WAITING if counted.is_done else WorkState.UNDER_WAY
    posts = [each for each in posts if each.state != Post.State.PRIVATE]
    note = ngettext("%(count)d post", "%(count)d posts", len(posts)) % {"count": len(posts)}
    if counted.passed:
        note = _("answered the teachers alone")
    elif asked.replies:
        note = _("%(posts)s, %(count)d of %(of)d replies") % {
            "posts": note,
            "count": min(counted.replies, asked.replies),
            "of": asked.replies,
        }
    at = max((each.at for each in rows if each.at is not None), default=None)
    return Work(state, note, at, first_part_done=counted.own)


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
