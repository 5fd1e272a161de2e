"""What there is to translate in a kit: the texts of each element, by their paths, and the mark that they bear now.

The marks of lessons and steps are worked out again where pages show teachers' copies (`classroom.lessons.originals`);
those of facts, conflicts, prompts and questions are looked at when a kit is checked and loaded.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from classroom.common.translated import mark_of
from kits.drafts import Drafts
from kits.reading.shapes import Fact, Kit, Lesson, Prompt, QuestionBlueprint, Step
from kits.reading.translations import flat
from quizzes.authoring import Draft
from quizzes.grading import texts_of

TEXT = "text"


@dataclass(frozen=True)
class Original:
    """The texts of an element, each of which a translation has; the words that it needs besides, and those it may."""

    texts: Mapping[str, str]
    mark: str
    needed: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


Originals = Mapping[tuple[str, str], Original]


def originals_of(kit: Kit, drafts: Drafts) -> Originals:
    """What there is to translate, by kind and key, in the order of the kit."""
    return {(kind, key): original for kind, key, original in _originals(kit, drafts)}


def _originals(kit: Kit, drafts: Drafts) -> Iterator[tuple[str, str, Original]]:
    for fact in kit.facts:
        yield "fact", fact.key, _fact(fact)
    for conflict in kit.conflicts:
        named = ("title", "why", "conclusion")
        texts = {name: getattr(conflict, name) for name in named}
        yield "conflict", conflict.key, _whole(texts | flat({"readings": [each.says for each in conflict.readings]}))
    for prompt in kit.prompts:
        yield "prompt", prompt.key, _whole(_prompt(prompt))
    for lesson in kit.lessons:
        yield "lesson", lesson.key, _whole(_lesson(lesson))
    for quiz in kit.quizzes:
        for question in quiz.questions:
            if question.key in drafts.questions:
                yield "question", question.key, _question(question, drafts.questions[question.key])


def original_of_step(step: Step) -> Original:
    """What there is to translate in a step."""
    return _whole(flat({"title": step.title, "body": step.body, "teacher": step.teacher}))


def _whole(texts: Mapping[str, str]) -> Original:
    return Original(texts, mark_of(*texts.values()))


def _fact(fact: Fact) -> Original:
    """Of a fact the statement is translated; what else a page tells of it may be."""
    told = [fact.subject, fact.attribute, *(citation.says for citation in fact.citations)]
    told += [fact.derivation.working] if fact.derivation else []
    told += [str(fact.value)] if fact.value_type == TEXT else []
    return Original({"statement": fact.statement}, mark_of(fact.statement), allowed=_each_once(told))


def _prompt(prompt: Prompt) -> dict[str, str]:
    named = ("text", "younger_variant", "sensitive", "teacher_note", "right_to_pass")
    ends = prompt.position
    position = {"from": ends.from_end, "to": ends.to_end} if ends else {}
    return flat({**{name: getattr(prompt, name) for name in named}, "starters": prompt.starters, "position": position})


def _lesson(lesson: Lesson) -> dict[str, str]:
    named = ("title", "essential_question", "summary", "content_note", "alternative_task", "missing", "overview")
    lists = {"objectives": lesson.objectives, "materials": lesson.materials}
    return flat({**{name: getattr(lesson, name) for name in named}, **lists})


def _question(question: QuestionBlueprint, draft: Draft) -> Original:
    asked = texts_of(draft.content)
    words = _each_once(text for place, text in asked.items() if place != TEXT)
    feedback = question.feedback
    said = {mark: getattr(feedback, mark).strip() for mark in ("right", "partly", "wrong")} if feedback else {}
    answers = [{"to": each.to, "text": each.text.strip()} for each in feedback.answers] if feedback else []
    texts = flat(
        {
            "stem": draft.stem,
            "text": asked.get(TEXT, ""),
            "explanation": draft.explanation.text,
            "hints": draft.hints,
            "feedback": {**said, "answers": answers},
        }
    )
    # Sources keep their names in every language.
    named = draft.type == "which-source"
    mark = mark_of(*texts.values(), *sorted(words))
    return Original(texts, mark, needed=() if named else words, allowed=words if named else ())


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
