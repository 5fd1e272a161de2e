"""The records of a kit in files."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from classroom.common.markdown import fact_keys
from classroom.lessons.rendering import Renderer, definitions_of, render_texts, translated_html
from kits.drafts import Drafts
from kits.reading.shapes import (
    Citation,
    Conflict,
    Fact,
    Kit,
    Lesson,
    Passage,
    Prompt,
    QuestionBlueprint,
    QuizBlueprint,
    Source,
    Step,
    Term,
)
from kits.records.shapes import Data, Record, Records, in_order, number, passage
from kits.records.translations import Translated
from quizzes.authoring import Draft

Element = TypeVar("Element")


def records_of_kit(kit: Kit, drafts: Drafts) -> Records:
    """The records of a kit and of its drafted questions."""
    known = frozenset(fact.key for fact in kit.facts)
    translated = Translated.of(kit, drafts)
    return {
        "film": {kit.film.key: _film(kit, known)},
        "topic": {
            topic.key: Record({"key": topic.key, "title": topic.title}, {"position": position})
            for position, topic in enumerate(kit.film.topics, 1)
        },
        "source": _placed(kit.sources, _source),
        "fact": _placed(kit.facts, lambda fact: _fact(fact) | _translations(translated, "fact", fact.key)),
        "conflict": _placed(
            kit.conflicts, lambda conflict: _conflict(conflict) | _translations(translated, "conflict", conflict.key)
        ),
        "term": {term.key: Record(_term(term)) for term in kit.terms},
        "prompt": _placed(
            kit.prompts, lambda prompt: _prompt(prompt) | _translations(translated, "prompt", prompt.key)
        ),
        "rule": _placed(
            kit.guidelines.rules if kit.guidelines else (),
            lambda rule: {"key": rule.key, "title": rule.title, "text": rule.text, "why": rule.why},
        ),
        "lesson": {lesson.key: _lesson(kit, lesson, known, translated) for lesson in kit.lessons},
        "question": {
            question.key: Record(_question(question, drafts.questions[question.key], drafts, translated))
            for quiz in kit.quizzes
            for question in quiz.questions
            if question.key in drafts.questions
        },
        "quiz": {quiz.key: Record(_quiz(quiz)) for quiz in kit.quizzes},
    }


def _translations(translated: Translated, kind: str, key: str) -> Data:
    return {"translations": translated.of_element(kind, key)}


def _placed(elements: Iterable[Element], data: Callable[[Element], Data]) -> dict[str, Record]:
    """Records of elements whose order is that of the files."""
    made = [data(element) for element in elements]
    return {each["key"]: Record(each, {"position": position}) for position, each in enumerate(made, 1)}


def _film(kit: Kit, known: frozenset[str]) -> Record:
    film = kit.film
    (families_html,) = render_texts(film.key, [kit.families], known)
    data = {
        "key": film.key,
        "title": film.title,
        "year": film.year,
        "version": film.version,
        "language": film.language,
        "licence": film.licence,
        "summary": film.summary,
        "content_note": film.content_note,
        "context_names": list(film.context_names),
        "families": kit.families,
        "rules_title": kit.guidelines.title if kit.guidelines else "",
        "rules_note": kit.guidelines.note if kit.guidelines else "",
    }
    return Record(data, {"families_html": families_html})


def _source(source: Source) -> Data:
    return {
        "key": source.key,
        "title": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "short_name": source.short_name,
        "also_named": list(source.also_named),
        "date": source.date,
        "date_updated": source.date_updated,
        "date_note": source.date_note,
        "kind": source.kind,
        "reliability": source.reliability,
        "paragraphs": {str(number): source.paragraphs[number] for number in sorted(source.paragraphs)},
    }


def _fact(fact: Fact) -> Data:
    return {
        "key": fact.key,
        "topic": fact.topic,
        "statement": fact.statement,
        "subject": fact.subject,
        "attribute": fact.attribute,
        "many": fact.many,
        "value": fact.value,
        "value_type": fact.value_type,
        "unit": fact.unit,
        "precision": fact.precision or "exact",
        "kind": fact.kind,
        "accept": list(fact.accept),
        "never": list(fact.never),
        "nature": fact.nature,
        "by": fact.by,
        "as_of": fact.as_of,
        "standing": fact.standing,
        "use": fact.use,
        "derivation": _derivation(fact),
        "note": fact.note,
        "citations": [_citation(citation) for citation in fact.citations],
    }


def _derivation(fact: Fact) -> Data | None:
    if not fact.derivation:
        return None
    return {
        "operation": fact.derivation.operation,
        "from": list(fact.derivation.from_facts),
        "working": fact.derivation.working,
    }


def _citation(citation: Citation) -> Data:
    return {
        **passage(citation.source, citation.paragraph),
        "says": citation.says,
        "stance": citation.stance,
        "value": citation.value,
        "unit": citation.unit,
        "precision": citation.precision,
    }


def _passages(passages: Iterable[Passage]) -> list[Data]:
    return in_order([passage(each.source, each.paragraph) for each in passages])


def _conflict(conflict: Conflict) -> Data:
    return {
        "key": conflict.key,
        "title": conflict.title,
        "kind": conflict.kind,
        "facts": sorted(conflict.facts),
        "readings": [
            {"says": reading.says, "citations": _passages(reading.citations)} for reading in conflict.readings
        ],
        "why": conflict.why,
        "conclusion": conflict.conclusion,
    }


def _term(term: Term) -> Data:
    return {
        "key": term.key,
        "term": term.term,
        "kind": term.kind,
        "definition": term.definition,
        "chinese": term.chinese,
        "also": list(term.also),
        "translations": dict(term.translations),
        "citations": _passages(term.citations),
    }


def _prompt(prompt: Prompt) -> Data:
    position = prompt.position
    return {
        "key": prompt.key,
        "text": prompt.text,
        "attribution": prompt.attribution,
        "source": passage(prompt.source.source, prompt.source.paragraph) if prompt.source else None,
        "age_band": prompt.age_band,
        "sensitive": prompt.sensitive,
        "teacher_note": prompt.teacher_note,
        "right_to_pass": prompt.right_to_pass,
        "younger_variant": prompt.younger_variant,
        "starters": dict(prompt.starters),
        "position": {"from": position.from_end, "to": position.to_end} if position else None,
        "facts": sorted(prompt.facts),
    }


def _lesson(kit: Kit, lesson: Lesson, known: frozenset[str], translated: Translated) -> Record:
    data = {
        "key": lesson.key,
        "title": lesson.title,
        "position": lesson.position,
        "essential_question": lesson.essential_question,
        "summary": lesson.summary,
        "overview": lesson.overview,
        "objectives": list(lesson.objectives),
        "grade_band": lesson.grade_band,
        "minutes": lesson.minutes,
        "subjects": list(lesson.subjects),
        "standards": [{"code": each.code, "title": each.title} for each in lesson.standards],
        "materials": list(lesson.materials),
        "content_note": lesson.content_note,
        "missing": lesson.missing,
        "alternative_task": lesson.alternative_task,
        "quiz": lesson.quiz,
        "prompts": list(lesson.prompts),
        "steps": [_step(step, known, translated) for step in lesson.steps],
        **_translations(translated, "lesson", lesson.key),
    }
    terms = definitions_of((term.key, term.definition, term.translations) for term in kit.terms)
    return Record(data, {"html": _html(data, Renderer(kit.film.key, known, terms))})


def _html(data: Data, renderer: Renderer) -> Data:
    """The rendered texts of a lesson; translated ones by language, and of steps by position."""
    steps = data["steps"]
    # What students see comes first, so that their facts are numbered without gaps.
    rendered = renderer.html([*(s["body"] for s in steps), data["overview"], *(s["teacher_note"] for s in steps)])
    count = len(steps)
    return {
        "bodies": rendered[:count],
        "overview": rendered[count],
        "notes": rendered[count + 1 :],
        "translated": translated_html(renderer, data["translations"]),
        "translated_steps": [translated_html(renderer, step["translations"]) for step in steps],
    }


def _step(step: Step, known: frozenset[str], translated: Translated) -> dict[str, Any]:
    return {
        "kind": step.kind.lower().replace(" ", "-"),
        "title": step.title,
        "minutes": step.minutes,
        "body": step.body,
        "teacher_note": step.teacher,
        "show": step.show,
        "conflict": step.conflict,
        "topic": step.topic,
        "quiz": step.quiz,
        "prompt": step.prompt,
        "answer": step.answer,
        "completion": step.completion,
        "facts": sorted(key for key in fact_keys(f"{step.body}\n{step.teacher}") if key in known),
        "translations": translated.of_step(step),
    }


def _quiz(quiz: QuizBlueprint) -> Data:
    return {
        "key": quiz.key,
        "title": quiz.title,
        "lesson": quiz.lesson,
        "instructions": quiz.instructions,
        "questions": [question.key for question in quiz.questions],
    }


def _question(question: QuestionBlueprint, draft: Draft, drafts: Drafts, translated: Translated) -> Data:
    return {
        "key": draft.question,
        "type": draft.type,
        "stem": draft.stem,
        "points": number(draft.points),
        "content": draft.content,
        "answer_key": draft.key,
        "explanation": draft.explanation.as_text(drafts.ledger),
        "hints": list(draft.hints),
        "feedback": draft.feedback,
        "difficulty": question.difficulty,
        "standards": sorted(question.standards),
        "tags": sorted(question.tags),
        "facts": sorted(draft.facts),
        "translations": translated.of_question(question, draft, drafts.ledger),
    }
