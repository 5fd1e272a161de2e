"""What must hold of a lesson: its marks and links resolve, its claims cite facts, its minutes add up."""

import re
from collections.abc import Iterator

from kits.check.claims import claim_in, stray_figures
from kits.check.keys import Names
from kits.reading.markdown import Block, blocks
from kits.reading.places import Place, Problem
from kits.reading.shapes import Fact, Kit, Lesson, Step

CLAIMING_STEPS = frozenset({"Read", "Look", "Source work"})
LINK_KINDS = frozenset({"term", "conflict"})
QUIZ_STEP = "Check"
REFERENCE_LINE = re.compile(r"^\s*\[\^[^\]]*\]:", re.MULTILINE)


def lesson_faults(names: Names) -> Iterator[Problem]:
    """Every fault of the lessons."""
    facts = {fact.key: fact for fact in names.kit.facts}
    for lesson in names.kit.lessons:
        yield from _plan_faults(lesson)
        for block in blocks(lesson.overview, lesson.overview_line):
            yield from _mark_faults(names, lesson.at.file, block)
        shown = _facts_shown(lesson, names.kit)
        for step in lesson.steps:
            yield from _step_faults(names, facts, step, shown)
    yield from _pairing_faults(names.kit)


def _facts_shown(lesson: Lesson, kit: Kit) -> tuple[str, ...]:
    """The facts that a lesson puts before the class: cited in any step, or in a conflict that it lays out or opens."""
    conflicts = {conflict.key: conflict.facts for conflict in kit.conflicts}
    shown: list[str] = []
    for step in lesson.steps:
        shown += conflicts.get(step.conflict, ())
        for text in (step.body, step.teacher):
            for block in blocks(text, 0):
                shown += block.facts
                for target in block.links:
                    shown += conflicts.get(target.removeprefix("conflict:"), ())
    return tuple(dict.fromkeys(shown))


def _step_faults(names: Names, facts: dict[str, Fact], step: Step, shown: tuple[str, ...]) -> Iterator[Problem]:
    file, unread = step.at.file, names.kit.unread
    if REFERENCE_LINE.search(f"{step.body}\n{step.teacher}"):
        yield step.at.problem("footnotes need no text of their own: [^key] stands for the fact of that key")
    for block in _paragraphs(step.body, step.body_line):
        yield from _claim_faults(step, block)
        for figure in stray_figures(block.text, block.facts, facts, unread):
            yield Problem(file, block.line, f"the figure {figure} is in no fact that this paragraph cites")
    for block in _paragraphs(step.teacher, step.teacher_line):
        for figure in stray_figures(block.text, shown, facts, unread):
            yield Problem(file, block.line, f"the figure {figure} is in no fact that this lesson shows")
    for block in (*blocks(step.body, step.body_line), *blocks(step.teacher, step.teacher_line)):
        yield from _mark_faults(names, file, block)


def _claim_faults(step: Step, block: Block) -> Iterator[Problem]:
    if step.kind in CLAIMING_STEPS and not block.facts and (claim := claim_in(block.text)):
        yield Problem(step.at.file, block.line, f"this claim cites no fact: “{claim}”")


def _paragraphs(markdown: str, line: int) -> Iterator[Block]:
    return (block for block in blocks(markdown, line) if not block.is_heading)


def _mark_faults(names: Names, file: str, block: Block) -> Iterator[Problem]:
    at = Place(file, block.line)
    for key in block.facts:
        yield from names.missing("fact", key, at)
    for target in block.links:
        kind, _, key = target.partition(":")
        if kind in LINK_KINDS:
            yield from names.missing(kind, key, at)
        else:
            yield at.problem(f"the link '{target}' is neither term:KEY nor conflict:KEY")


def _plan_faults(lesson: Lesson) -> Iterator[Problem]:
    planned = sum(step.minutes for step in lesson.steps if step.kind != "Extension")
    if planned != lesson.minutes:
        message = f"the steps (extensions aside) take {planned} minutes, the lesson {lesson.minutes}"
        yield lesson.at.problem(message, field="minutes")
    checks = [step.quiz for step in lesson.steps if step.kind == QUIZ_STEP]
    if lesson.quiz and lesson.quiz not in checks:
        yield lesson.at.problem(f"no Check step asks the quiz '{lesson.quiz}'", field="quiz")
    for step in lesson.steps:
        if step.prompt and step.prompt not in lesson.prompts:
            yield step.at.problem(f"the front matter's prompts do not name '{step.prompt}'", field="prompt")
        if step.quiz and step.quiz != lesson.quiz:
            yield step.at.problem(f"the front matter's quiz is not '{step.quiz}'", field="quiz")


def _pairing_faults(kit: Kit) -> Iterator[Problem]:
    """A lesson and its quiz name each other."""
    lessons = {lesson.key: lesson for lesson in kit.lessons}
    quizzes = {quiz.key: quiz for quiz in kit.quizzes}
    for quiz in kit.quizzes:
        lesson = lessons.get(quiz.lesson)
        if lesson and lesson.quiz != quiz.key:
            yield quiz.at.problem(f"the lesson '{lesson.key}' does not name this quiz", field="lesson")
    for lesson in kit.lessons:
        quiz_of_lesson = quizzes.get(lesson.quiz)
        if quiz_of_lesson and quiz_of_lesson.lesson != lesson.key:
            yield lesson.at.problem(f"the quiz '{lesson.quiz}' is not for this lesson", field="quiz")
