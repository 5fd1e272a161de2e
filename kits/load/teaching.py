"""Writes prompts, rules of discussion, lessons with their steps, questions and quizzes."""

from datetime import datetime
from decimal import Decimal

from django.db.models import F

from classroom.common.progress import Tell, nobody
from classroom.discussions.models import Guideline, Prompt
from classroom.lessons.models import DROPPED_STEPS_FROM, Lesson, Step
from classroom.lessons.rendering import with_html
from kits.load.library import Shelf
from kits.load.plan import State
from kits.load.rows import Rows
from kits.records.shapes import Data, Record
from quizzes.bank import actions as bank
from quizzes.bank.models import Question, Quiz, QuizItem

# Far behind every position, so that steps can change places without meeting.
ASIDE = 10_000
PLAIN_LESSON_FIELDS = (
    "title",
    "position",
    "essential_question",
    "summary",
    "overview",
    "objectives",
    "grade_band",
    "minutes",
    "subjects",
    "standards",
    "materials",
    "content_note",
    "missing",
    "alternative_task",
)
PLAIN_STEP_FIELDS = ("kind", "title", "minutes", "body", "teacher_note", "show", "answer", "completion")


def write_prompts(shelf: Shelf, rows: Rows[Prompt]) -> None:
    """Write prompts."""
    plain = ("text", "attribution", "age_band", "sensitive", "teacher_note", "right_to_pass", "younger_variant")
    for prompt, record in rows.each():
        for name in (*plain, "starters", "translations"):
            setattr(prompt, name, record.data[name])
        source = record.data["source"]
        prompt.passage = shelf.passages[source["source"], source["paragraph"]] if source else None
        prompt.position_line = record.data["position"]
        prompt.position = record.quiet["position"]
        prompt.retired_at = None
    rows.save()
    for prompt, record in rows.each():
        prompt.facts.set([shelf.facts[key] for key in record.data["facts"]])


def write_rules(rows: Rows[Guideline]) -> None:
    """Write the rules of discussion."""
    for rule, record in rows.each():
        for name in ("title", "text", "why"):
            setattr(rule, name, record.data[name])
        rule.position = record.quiet["position"]
        rule.retired_at = None
    rows.save()


def write_lessons(shelf: Shelf, rows: Rows[Lesson]) -> None:
    """Write lessons and their steps."""
    for lesson, record in rows.each():
        for name in PLAIN_LESSON_FIELDS:
            setattr(lesson, name, record.data[name])
        lesson.quiz_key = record.data["quiz"]
        lesson.prompt_keys = record.data["prompts"]
        html = record.quiet["html"]
        lesson.overview_html = html["overview"]
        lesson.translations = with_html(record.data["translations"], html["translated"])
        lesson.retired_at = None
    rows.save()
    for lesson, record in rows.each():
        _write_steps(shelf, lesson, record)


def _write_steps(shelf: Shelf, lesson: Lesson, record: Record) -> None:
    stored = list(lesson.steps.all())
    lesson.steps.update(position=F("position") + ASIDE)
    html = record.quiet["html"]
    for position, data in enumerate(record.data["steps"], 1):
        step = _matching(stored, data) or Step(lesson=lesson)
        for name in PLAIN_STEP_FIELDS:
            setattr(step, name, data[name])
        step.position, step.retired_at = position, None
        step.body_html, step.teacher_html = html["bodies"][position - 1], html["notes"][position - 1]
        step.translations = with_html(data["translations"], html["translated_steps"][position - 1])
        step.conflict = shelf.conflicts[data["conflict"]] if data["conflict"] else None
        step.topic = shelf.topics[data["topic"]] if data["topic"] else None
        step.quiz_key, step.prompt_key = data["quiz"], data["prompt"]
        step.save()
        step.facts.set([shelf.facts[key] for key in data["facts"]])
    _drop_steps(stored, shelf.at)


def _matching(stored: list[Step], data: Data) -> Step | None:
    """The stored step that this one goes on from, taken out of the list: the same title first, then the same kind."""
    for name in ("title", "kind"):
        for step in stored:
            if getattr(step, name) == data[name] and (name == "title" or not step.answers.exists()):
                stored.remove(step)
                return step
    return None


def _drop_steps(steps: list[Step], at: datetime) -> None:
    """Delete the steps that are gone; one that students have answered stays behind the others, with its answers."""
    answered = [step for step in steps if step.answers.exists()]
    for step in steps:
        if step not in answered:
            step.delete()
    for position, step in enumerate(answered, DROPPED_STEPS_FROM):
        Step.objects.filter(pk=step.pk).update(position=position, retired_at=step.retired_at or at)


# What a question is found by; and what is said to its answers, which touches no grade.
LABELS = frozenset({"difficulty", "standards", "tags"})
COSMETIC = frozenset({"feedback"})
TRANSLATED = frozenset({"translations"})


def write_questions(shelf: Shelf, rows: Rows[Question], tell: Tell = nobody) -> None:
    """Publish a version for each new or changed question. Attempts under way keep the version they began with.

    Feedback alone that is another is a rewording, which past attempts show too; labels alone touch no version, and
    translations alone are set beside the one that is asked.
    """
    total = len(rows.plan.written("question"))
    rows.save()
    changed = {each.key: frozenset(each.fields) for each in rows.plan.of("question", State.CHANGED)}
    for done, (question, record) in enumerate(rows.each()):
        tell(done, total)
        data = record.data
        bank.label(question=question, difficulty=data["difficulty"], standards=data["standards"], tags=data["tags"])
        fields = changed.get(question.key)
        if fields is None or not fields <= LABELS | COSMETIC | TRANSLATED:
            _write_version(shelf, question, data)
        elif fields & COSMETIC and question.published is not None:
            bank.reword(
                question=question,
                version=question.published,
                stem=data["stem"],
                content=data["content"],
                explanation=data["explanation"],
                hints=data["hints"],
                feedback=data["feedback"],
                translations=data["translations"],
                by=None,
                at=shelf.at,
            )
        elif fields & TRANSLATED and question.published is not None:
            bank.translate(version=question.published, translations=data["translations"])
    if total:
        tell(total, total)


def _write_version(shelf: Shelf, question: Question, data: Data) -> None:
    version = bank.add_version(
        question=question,
        type=data["type"],
        stem=data["stem"],
        content=data["content"],
        key=data["answer_key"],
        explanation=data["explanation"],
        hints=data["hints"],
        feedback=data["feedback"],
        points=Decimal(str(data["points"])),
        facts=[shelf.facts[key] for key in data["facts"]],
        by=None,
        at=shelf.at,
        language=shelf.film.language,
        translations=data["translations"],
    )
    bank.publish(question=question, version=version, by=None, at=shelf.at)


def retire_questions(shelf: Shelf, rows: Rows[Question]) -> None:
    """Retire the questions that are gone."""
    for question in rows.gone():
        bank.retire(question=question, by=None, at=shelf.at)


def write_quizzes(shelf: Shelf, rows: Rows[Quiz], lessons: Rows[Lesson], questions: Rows[Question]) -> None:
    """Write quizzes and the order of their questions."""
    lesson_rows, question_rows = lessons.by_key(), questions.by_key()
    for quiz, record in rows.each():
        quiz.title, quiz.instructions = record.data["title"], record.data["instructions"]
        quiz.lesson = lesson_rows[record.data["lesson"]] if record.data["lesson"] else None
        quiz.retired_at = None
    rows.save()
    for quiz, record in rows.each():
        quiz.items.all().delete()
        QuizItem.objects.bulk_create(
            QuizItem(quiz=quiz, question=question_rows[key], position=position)
            for position, key in enumerate(record.data["questions"], 1)
        )
