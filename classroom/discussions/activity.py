"""Threads as something to assign, and what of them waits for somebody."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import DateTimeField, Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.assignments.activities import (
    Attention,
    Chosen,
    Offer,
    Opened,
    ResponseRow,
    Seals,
    Work,
    WorkState,
    of_students,
)
from classroom.assignments.models import Assignment
from classroom.discussions import actions, queries, shape
from classroom.discussions import options as thread_options
from classroom.discussions.counted import AS_WRITTEN, NOT_WRITTEN, Row, row_of, work_of
from classroom.discussions.models import Decision, Post, Pseudonym, Thread
from classroom.discussions.seals import seals_on, told_on, under_seal
from classroom.library.models import Film
from classroom.people.models import Group, Membership, Section, User

Pair = tuple[int, int]
_SEALED = {"thread__names": Thread.Names.SEALED}
_UNDER_SEAL = under_seal("thread", "author")
# Stands for the thread itself among rows of students.
_NOBODY = 0


class ThreadKind:
    """See ``activities.ActivityKind``.

    Of a sealed thread it tells only who has taken part, four or more at once: no text, no number, no time and no state,
    each of which could be laid beside the posts that a teacher sees.
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
        """In one query: who wrote, and who has come to a sealed thread; they have a pseudonym there, and no visit.
        Where one of these is sealed, in a few more.
        """
        wrote = of_students(Post.objects.filter(thread__assignment__in=assignments), students, "author")
        came = Pseudonym.objects.filter(**_SEALED, thread__assignment__in=assignments)
        sealed = Thread.objects.filter(assignment__in=assignments, names=Thread.Names.SEALED)
        nothing = (Value(None, DateTimeField()), *NOT_WRITTEN)
        rows = (
            wrote.exclude(state=Post.State.DELETED)
            .order_by()
            .values_list(
                "thread__assignment_id",
                "author_id",
                "thread__names",
                Coalesce("edited_at", "created_at"),
                *AS_WRITTEN,
            )
            .union(
                of_students(came, students, "user").values_list(
                    "thread__assignment_id", "user_id", "thread__names", *nothing
                ),
                sealed.order_by().values_list("assignment_id", Value(_NOBODY), "names", *nothing),
                all=True,
            )
        )
        over: set[int] = set()
        came_to: set[Pair] = set()
        posts: dict[Pair, list[Row]] = defaultdict(list)
        for assignment_id, student_id, names, at, *said in rows:
            if names == Thread.Names.SEALED:
                over.add(assignment_id)
            if names == Thread.Names.SEALED and student_id != _NOBODY:
                came_to.add((assignment_id, student_id))
            row = row_of(student_id, said)
            if row.post.state:
                posts[assignment_id, student_id].append(row._replace(at=at))
        if not over:
            return {pair: work_of(own) for pair, own in posts.items()}
        return self._under_seal([each for each in assignments if each.pk in over], students, came_to, posts)

    def _under_seal(
        self,
        over: Sequence[Assignment],
        students: Sequence[User],
        came_to: Collection[Pair],
        posts: Mapping[Pair, Sequence["Row"]],
    ) -> dict[Pair, Work]:
        """The same where some are sealed (``over``): how far students are for themselves, and what others are told."""
        seals, told = seals_on(over), told_on(over)
        covered = {(each.pk, student.pk) for each in over for student in students} | set(came_to)
        found = {pair: work_of(own) for pair, own in posts.items()}
        for pair in covered:
            if not seals.cover(*pair):
                continue
            taken_part = Work(WorkState.DONE, _("taken part"), first_part_done=True)
            to_others = taken_part if pair in told else Work(WorkState.NOT_TOLD)
            state = WorkState.OPENED if pair in came_to else WorkState.NOT_OPENED
            own = taken_part if pair in posts else Work(state)
            found[pair] = replace(own, to_others=to_others)
        return found

    def finished(self, assignments: Sequence[Assignment], students: Sequence[User]) -> set[Pair]:
        """Who has written what the task asks, see ``shape``; under seal, whoever has written anything, so that neither
        a decision nor a number shows.
        """
        rows = self._written(assignments, students).order_by()
        posts: dict[Pair, list[Row]] = defaultdict(list)
        sealed = False
        for assignment_id, author_id, names, *said in rows.values_list(
            "thread__assignment_id", "author_id", "thread__names", *AS_WRITTEN
        ):
            sealed = sealed or names == Thread.Names.SEALED
            posts[assignment_id, author_id].append(row_of(author_id, said))
        seals = seals_on(assignments) if sealed else Seals()
        return {
            pair
            for pair, own in posts.items()
            if seals.cover(*pair) or shape.progress(own[0].asked, [each.post for each in own]).is_done
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
        """Who is told to have written anything where names are sealed, with the prompt."""
        posts = Post.objects.filter(_UNDER_SEAL, thread__assignment__in=assignments, author__in=students)
        rows = posts.order_by().values_list("thread__assignment_id", "author_id", "thread__prompt__text").distinct()
        found = {(assignment_id, author_id): prompt for assignment_id, author_id, prompt in rows}
        told = told_on(assignments) if found else set()
        return {pair: prompt for pair, prompt in found.items() if pair in told}

    def _written(self, assignments: Sequence[Assignment], students: Sequence[User]) -> QuerySet[Post]:
        posts = Post.objects.filter(thread__assignment__in=assignments, author__in=students)
        return posts.exclude(state=Post.State.DELETED)


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
