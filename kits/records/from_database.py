"""The records of a film in the database: the kit's own rows, teachers' copies and questions left out."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from classroom.discussions.models import Guideline, Prompt
from classroom.lessons.models import DROPPED_STEPS_FROM, Lesson, Step
from classroom.lessons.rendering import without_html
from classroom.library.models import Conflict, Fact, Film, Passage, Reading, Source, Term, Topic
from kits.records.shapes import Data, Record, Records, in_order, number, passage
from quizzes.bank.models import Question, QuestionTag, Quiz, QuizItem
from quizzes.bank.translated import together

WITH_SOURCE = Passage.objects.select_related("source")


def records_of_film(film: Film) -> Records:
    """All records of a film, retired ones among them, in a fixed number of queries."""
    return {
        "film": {film.key: _film(film)},
        "topic": {
            topic.key: Record({"key": topic.key, "title": topic.title}, {"position": topic.position})
            for topic in Topic.objects.filter(film=film)
        },
        "source": {source.key: _source(source) for source in _sources(film)},
        "fact": {fact.key: _fact(fact) for fact in Fact.objects.filter(film=film).with_sources()},
        "conflict": {conflict.key: _conflict(conflict) for conflict in _conflicts(film)},
        "term": {term.key: _term(term) for term in _terms(film)},
        "prompt": {prompt.key: _prompt(prompt) for prompt in _prompts(film)},
        "rule": {rule.key: _rule(rule) for rule in Guideline.objects.filter(film=film)},
        "lesson": {lesson.key: _lesson(lesson) for lesson in _lessons(film)},
        "question": {question.key: _question(question) for question in _questions(film)},
        "quiz": {quiz.key: _quiz(quiz) for quiz in _quizzes(film)},
    }


def _sources(film: Film) -> QuerySet[Source]:
    return Source.objects.filter(film=film).prefetch_related("passages")


def _conflicts(film: Film) -> QuerySet[Conflict]:
    readings = Reading.objects.prefetch_related(Prefetch("passages", queryset=WITH_SOURCE))
    return Conflict.objects.filter(film=film).prefetch_related("facts", Prefetch("readings", queryset=readings))


def _terms(film: Film) -> QuerySet[Term]:
    return Term.objects.filter(film=film).prefetch_related(Prefetch("passages", queryset=WITH_SOURCE))


def _prompts(film: Film) -> QuerySet[Prompt]:
    return Prompt.objects.filter(film=film).select_related("passage__source").prefetch_related("facts")


def _lessons(film: Film) -> QuerySet[Lesson]:
    steps = Step.objects.select_related("conflict", "topic").prefetch_related("facts")
    return Lesson.objects.filter(film=film, owner=None).prefetch_related(Prefetch("steps", queryset=steps))


def _questions(film: Film) -> QuerySet[Question]:
    questions = Question.objects.filter(film=film, owner=None)
    return questions.select_related("published__answer_key").prefetch_related("published__facts", "tags")


def _quizzes(film: Film) -> QuerySet[Quiz]:
    items = QuizItem.objects.select_related("question")
    quizzes = Quiz.objects.filter(film=film, owner=None)
    return quizzes.select_related("lesson").prefetch_related(Prefetch("items", queryset=items))


def _film(film: Film) -> Record:
    data = {
        "key": film.key,
        "title": film.title,
        "year": film.year,
        "version": film.kit_version,
        "language": film.language,
        "licence": film.licence,
        "summary": film.summary,
        "content_note": film.content_note,
        "context_names": film.context_names,
        "families": film.families_markdown,
        "rules_title": film.rules_title,
        "rules_note": film.rules_note,
    }
    return Record(data, {"families_html": film.families_html})


def _source(source: Source) -> Record:
    passages = sorted(source.passages.all(), key=lambda each: each.number)
    data = {
        "key": source.key,
        "title": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "short_name": source.short_name,
        "also_named": source.also_named,
        "date": source.date,
        "date_updated": source.date_updated,
        "date_note": source.date_note,
        "kind": source.kind,
        "reliability": source.reliability,
        "paragraphs": {str(each.number): each.sha256 for each in passages if each.sha256},
    }
    return Record(data, {"position": source.position})


def _fact(fact: Fact) -> Record:
    data = {
        "key": fact.key,
        "topic": fact.topic.key,
        "statement": fact.statement,
        "subject": fact.subject,
        "attribute": fact.attribute,
        "many": fact.many,
        "value": fact.value,
        "value_type": fact.value_type,
        "unit": fact.unit,
        "precision": fact.precision,
        "kind": fact.kind,
        "accept": fact.accept,
        "never": fact.never,
        "nature": fact.nature,
        "by": fact.by,
        "as_of": fact.as_of,
        "standing": fact.standing,
        "use": fact.use,
        "derivation": fact.derivation,
        "note": fact.note,
        "citations": [
            {
                **_place(citation.passage),
                "says": citation.says,
                "stance": citation.stance,
                "value": citation.value,
                "unit": citation.unit,
                "precision": citation.precision,
            }
            for citation in sorted(fact.citations.all(), key=lambda each: each.position)
        ],
        "translations": fact.translations,
    }
    return Record(data, {"position": fact.position}, retired=fact.retired_at is not None)


def _place(row: Passage) -> Data:
    return passage(row.source.key, row.number)


def _places(rows: Iterable[Passage]) -> list[Data]:
    return in_order([_place(row) for row in rows])


def _keys(rows: Iterable[Fact]) -> list[str]:
    return sorted(row.key for row in rows)


def _conflict(conflict: Conflict) -> Record:
    readings = sorted(conflict.readings.all(), key=lambda each: each.position)
    data = {
        "key": conflict.key,
        "title": conflict.title,
        "kind": conflict.kind,
        "facts": _keys(conflict.facts.all()),
        "readings": [{"says": each.says, "citations": _places(each.passages.all())} for each in readings],
        "why": conflict.why,
        "conclusion": conflict.conclusion,
        "translations": conflict.translations,
    }
    return Record(data, {"position": conflict.position}, retired=conflict.retired_at is not None)


def _term(term: Term) -> Record:
    data = {
        "key": term.key,
        "term": term.term,
        "kind": term.kind,
        "definition": term.definition,
        "chinese": term.chinese,
        "also": term.also,
        "translations": term.translations,
        "citations": _places(term.passages.all()),
    }
    return Record(data, retired=term.retired_at is not None)


def _prompt(prompt: Prompt) -> Record:
    data = {
        "key": prompt.key,
        "text": prompt.text,
        "attribution": prompt.attribution,
        "source": _place(prompt.passage) if prompt.passage else None,
        "age_band": prompt.age_band,
        "sensitive": prompt.sensitive,
        "teacher_note": prompt.teacher_note,
        "right_to_pass": prompt.right_to_pass,
        "younger_variant": prompt.younger_variant,
        "starters": prompt.starters,
        "position": prompt.position_line,
        "facts": _keys(prompt.facts.all()),
        "translations": prompt.translations,
    }
    return Record(data, {"position": prompt.position}, retired=prompt.retired_at is not None)


def _rule(rule: Guideline) -> Record:
    data = {"key": rule.key, "title": rule.title, "text": rule.text, "why": rule.why}
    return Record(data, {"position": rule.position}, retired=rule.retired_at is not None)


def _lesson(lesson: Lesson) -> Record:
    kept = [step for step in lesson.steps.all() if step.position < DROPPED_STEPS_FROM]
    steps = sorted(kept, key=lambda each: each.position)
    data = {
        "key": lesson.key,
        "title": lesson.title,
        "position": lesson.position,
        "essential_question": lesson.essential_question,
        "summary": lesson.summary,
        "overview": lesson.overview,
        "objectives": lesson.objectives,
        "grade_band": lesson.grade_band,
        "minutes": lesson.minutes,
        "subjects": lesson.subjects,
        "standards": lesson.standards,
        "materials": lesson.materials,
        "content_note": lesson.content_note,
        "missing": lesson.missing,
        "alternative_task": lesson.alternative_task,
        "quiz": lesson.quiz_key,
        "prompts": lesson.prompt_keys,
        "steps": [_step(step) for step in steps],
        "translations": without_html(lesson.translations),
    }
    html = {
        "bodies": [step.body_html for step in steps],
        "overview": lesson.overview_html,
        "notes": [step.teacher_html for step in steps],
        "translated": _html(lesson),
        "translated_steps": [_html(step) for step in steps],
    }
    return Record(data, {"html": html}, retired=lesson.retired_at is not None)


def _step(step: Step) -> Data:
    return {
        "kind": step.kind,
        "title": step.title,
        "minutes": step.minutes,
        "body": step.body,
        "teacher_note": step.teacher_note,
        "show": step.show,
        "conflict": step.conflict.key if step.conflict else "",
        "topic": step.topic.key if step.topic else "",
        "quiz": step.quiz_key,
        "prompt": step.prompt_key,
        "answer": step.answer,
        "completion": step.completion,
        "facts": _keys(step.facts.all()),
        "translations": without_html(step.translations),
    }


def _html(row: Lesson | Step) -> Data:
    return {language: entry["html"] for language, entry in row.translations.items()}


def _question(question: Question) -> Record:
    version = question.published
    data: Data = {
        "key": question.key,
        "difficulty": question.difficulty,
        "standards": _tags(question, QuestionTag.Kind.STANDARD),
        "tags": _tags(question, QuestionTag.Kind.FREE),
    }
    if version:
        data |= {
            "type": version.type,
            "stem": version.stem,
            "points": number(version.points),
            "content": version.content,
            "answer_key": version.answer_key.key,
            "explanation": version.answer_key.explanation,
            "hints": version.answer_key.hints,
            "feedback": version.answer_key.feedback,
            "facts": _keys(version.facts.all()),
            "translations": together(version.translations, version.answer_key.translations),
        }
    return Record(data, retired=question.retired_at is not None)


def _tags(question: Question, kind: str) -> list[str]:
    return sorted(tag.name for tag in question.tags.all() if tag.kind == kind)


def _quiz(quiz: Quiz) -> Record:
    items = sorted(quiz.items.all(), key=lambda each: each.position)
    data = {
        "key": quiz.key,
        "title": quiz.title,
        "lesson": quiz.lesson.key if quiz.lesson else "",
        "instructions": quiz.instructions,
        "questions": [item.question.key for item in items],
    }
    return Record(data, retired=quiz.retired_at is not None)
