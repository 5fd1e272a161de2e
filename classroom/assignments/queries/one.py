"""Assignments for those who may see them, and what students gave for one. To fetch is to authorise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import get_object_or_404

from classroom.assignments import activities, terms
from classroom.assignments.activities import NOTHING_YET, Offer, ResponseRow, Work
from classroom.assignments.models import Assignment, StepAnswer, Visit
from classroom.lessons.models import Lesson, Step
from classroom.library.models import Film
from classroom.people.models import Section, User
from classroom.people.permissions import Permission, places_with

LESSON = "lesson"


def get_assignment(user: User, assignment_id: int, needs: Permission) -> Assignment:
    """An assignment of a class where this person has the permission; else 404. Students see it once it opens."""
    return get_object_or_404(
        Assignment.objects.visible_to(user, needs).select_related("section", "lesson__film"),
        pk=assignment_id,
    )


def get_assignment_to_do(user: User, assignment_id: int, kind: str, at: datetime) -> Assignment:
    """An assignment that is open to this student; else 404."""
    return get_object_or_404(
        Assignment.objects.open_to(user, at)
        .visible_to(user, Permission.WORK_DO)
        .select_related("section", "lesson__film"),
        pk=assignment_id,
        kind=kind,
    )


def get_step_to_answer(assignment: Assignment, step_id: int) -> Step:
    """A step of the assigned lesson that takes an answer; else 404."""
    return get_object_or_404(Step.objects.exclude(answer=""), pk=step_id, lesson_id=assignment.lesson_id)


def assignments_of(section: Section) -> list[Assignment]:
    """All that is set to a class now, in its order; the section is attached."""
    found = list(Assignment.objects.current().filter(section=section).order_by("position", "pk"))
    for assignment in found:
        assignment.section = section
    return found


def withdrawn_from(section: Section) -> list[Assignment]:
    """What was set to a class and is withdrawn, the last first; parts that went with their lesson go by it."""
    found = Assignment.objects.withdrawn().filter(section=section).select_related("parent")
    return [
        each
        for each in found.order_by("-withdrawn_at", "position", "pk")
        if each.parent is None or each.parent.withdrawn_at != each.withdrawn_at
    ]


def get_set_or_withdrawn(user: User, assignment_id: int) -> Assignment:
    """An assignment of a class where this person sets work, withdrawn or not; else 404."""
    places = places_with(user, Permission.ASSIGN).values("section")
    return get_object_or_404(Assignment.objects.filter(section__in=places), pk=assignment_id)


def already_set(section: Section, offer: Offer) -> list[Assignment]:
    """What this class is set of the same thing now; in two queries at most."""
    same_kind = [each for each in assignments_of(section) if each.kind == offer.kind]
    chosen = activities.kind_of(offer.kind).chosen(same_kind)
    return [each for each in same_kind if each.pk in chosen and chosen[each.pk].item_id == offer.id]


def step_answers(assignment: Assignment, student: User) -> dict[int, StepAnswer]:
    """What a student wrote in a lesson, by step id."""
    return {answer.step_id: answer for answer in StepAnswer.objects.filter(assignment=assignment, student=student)}


def parts_of(assignment: Assignment, student: User) -> dict[str, Assignment]:
    """The quiz and threads assigned with a lesson to this student, by "kind:key"."""
    parts = Assignment.objects.current().set_to(student).filter(parent=assignment).select_related("section")
    return {f"{part.kind}:{part.item_key}": part for part in parts}


def parts_offered(user: User, films: Sequence[Film], offer: Offer) -> list[Offer]:
    """What a lesson names as its own (its check, its prompts) among what this teacher may assign."""
    if offer.kind != LESSON:
        return []
    lesson = Lesson.objects.get(pk=offer.id)
    own = {lesson.quiz_key, *lesson.prompt_keys} - {""}
    return [
        each
        for kind in activities.all_kinds()
        if kind.key != LESSON
        for each in kind.offers(user, [film for film in films if film.pk == lesson.film_id])
        if each.key in own
    ]


def parts_by_lesson(user: User, film: Film, lessons: Sequence[Offer]) -> dict[str, list[Offer]]:
    """What each of these lessons of a film names as its own, by its reference; in a fixed number of queries."""
    offered = {
        each.key: each for kind in activities.all_kinds() if kind.key != LESSON for each in kind.offers(user, [film])
    }
    named = Lesson.objects.in_bulk([lesson.id for lesson in lessons])
    return {
        lesson.ref: [
            offered[key] for key in (named[lesson.id].quiz_key, *named[lesson.id].prompt_keys) if key in offered
        ]
        for lesson in lessons
    }


def visit_of(assignment: Assignment, student: User) -> Visit | None:
    return Visit.objects.filter(assignment=assignment, student=student).first()


@dataclass(frozen=True)
class StudentResponses:
    student: User
    work: Work
    rows: list[ResponseRow]


def responses_to(assignment: Assignment, students: Sequence[User]) -> list[StudentResponses]:
    """What each student gave for one assignment, side by side."""
    work = activities.work_by_pair([assignment], students, terms.by_pair([assignment], students))
    rows = activities.responses_by_pair([assignment], students)
    return [
        StudentResponses(
            student, work.get((assignment.pk, student.pk), NOTHING_YET), rows.get((assignment.pk, student.pk), [])
        )
        for student in students
    ]
