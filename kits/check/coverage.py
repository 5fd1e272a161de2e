"""Which questions of a lesson's quiz ask what the lesson does not teach: a warning, since a teacher may mean it so.

The rule is that of `classroom.lessons.coverage`, by which pages warn before a quiz is set: a lesson teaches the facts
that its text cites for students, those of the conflicts that it lays out or opens, and those of the topics and
timelines that it shows.
"""

from collections.abc import Iterator, Mapping

from kits.drafts import Drafts
from kits.reading.markdown import blocks
from kits.reading.places import Problem
from kits.reading.shapes import Fact, Kit, Lesson, Step

DATED = frozenset({"date", "period"})


def coverage_warnings(kit: Kit, drafts: Drafts) -> Iterator[Problem]:
    """One warning for each question that rests on a fact which its quiz's lesson does not put before students."""
    conflicts = {conflict.key: conflict.facts for conflict in kit.conflicts}
    taught = {lesson.key: _taught(lesson, kit, conflicts) for lesson in kit.lessons}
    for quiz in kit.quizzes:
        if quiz.lesson not in taught:
            continue
        for question in quiz.questions:
            draft = drafts.questions.get(question.key)
            missing = [key for key in draft.facts if key not in taught[quiz.lesson]] if draft else []
            if missing:
                keys = ", ".join(missing)
                yield question.at.problem(
                    f"{question.key}: it asks what the lesson '{quiz.lesson}' does not teach ({keys})"
                )


def _taught(lesson: Lesson, kit: Kit, conflicts: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    for step in lesson.steps:
        found.update(conflicts.get(step.conflict, ()))
        found.update(fact.key for fact in kit.facts if _lays_out(step, fact))
        for block in blocks(step.body, step.body_line):
            found.update(block.facts)
            for target in block.links:
                found.update(conflicts.get(target.removeprefix("conflict:"), ()))
    return found


def _lays_out(step: Step, fact: Fact) -> bool:
    of_topic = step.topic == fact.topic
    if step.show == "facts":
        return of_topic
    return step.show == "timeline" and fact.value_type in DATED and (of_topic or not step.topic)
