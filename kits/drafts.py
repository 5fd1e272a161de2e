"""A kit's questions, drafted: blueprint and ledger in, a draft or the reason of its refusal out. No Django."""

from dataclasses import dataclass, field
from itertools import count

from classroom.common.progress import Tell, nobody
from kits.reading.places import Problem
from kits.reading.shapes import Citation, Fact, Kit, QuestionBlueprint
from quizzes.authoring import (
    Answered,
    Blueprint,
    Criterion,
    Draft,
    GapBlueprint,
    Ledger,
    LedgerFact,
    LedgerSource,
    LedgerTerm,
    Pair,
    PlainReading,
    Refused,
    draft,
    ledger_fact,
)
from quizzes.grading.feedback import MARKS


@dataclass
class Drafts:
    """The ledger of a kit, the draft of each question by its key, and why others are refused."""

    ledger: Ledger
    questions: dict[str, Draft] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def draft_questions(kit: Kit, tell: Tell = nobody) -> Drafts:
    """Draft every question of a kit. One that rests on a fact which could not be read is passed over.

    ``tell`` hears of the questions: each is held against every fact, which takes most of the time of a check.
    """
    drafts = Drafts(ledger_of(kit))
    total = sum(len(quiz.questions) for quiz in kit.quizzes)
    done = count()
    for quiz in kit.quizzes:
        for question in quiz.questions:
            tell(next(done), total)
            if not all(key in drafts.ledger.facts for key in question.fact_keys):
                continue
            try:
                drafts.questions[question.key] = draft(_blueprint(question), drafts.ledger, quiz.seed)
            except Refused as refusal:
                drafts.problems.append(question.at.problem(f"{question.key}: {refusal.reason}"))
    if total:
        tell(total, total)
    return drafts


def ledger_of(kit: Kit) -> Ledger:
    """The ledger of a kit. Facts whose values cannot be read are left out: the check tells of them."""
    facts = []
    for fact in kit.facts:
        try:
            facts.append(_ledger_fact(fact))
        except ValueError:
            continue
    sources = [LedgerSource(source.key, source.title, source.names) for source in kit.sources]
    terms = [
        LedgerTerm(term.key, tuple(name for name in (term.term, *term.also, term.chinese) if name))
        for term in kit.terms
    ]
    return Ledger.of(facts, sources, terms)


def _ledger_fact(fact: Fact) -> LedgerFact:
    return ledger_fact(
        key=fact.key,
        topic=fact.topic,
        statement=fact.statement,
        subject=fact.subject,
        attribute=fact.attribute,
        value=fact.value,
        value_type=fact.value_type,
        unit=fact.unit,
        precision=fact.precision,
        kind=fact.kind,
        many=fact.many,
        nature=fact.nature,
        standing=fact.standing,
        use=fact.use,
        accept=fact.accept,
        never=fact.never,
        citations=[_reading(citation) for citation in fact.citations],
        derived_from=fact.derivation.from_facts if fact.derivation else (),
    )


def _reading(citation: Citation) -> PlainReading:
    return PlainReading(
        source=citation.source,
        paragraph=citation.paragraph,
        stance=citation.stance,
        says=citation.says,
        value=citation.value,
        unit=citation.unit,
        precision=citation.precision,
    )


def _blueprint(question: QuestionBlueprint) -> Blueprint:
    feedback = question.feedback
    return Blueprint(
        key=question.key,
        type=question.type,
        stem=question.stem,
        points=question.points,
        fact=question.fact,
        facts=question.facts,
        pairs=tuple(Pair(pair.fact, pair.prompt) for pair in question.pairs),
        label=question.label,
        distractors=question.distractors,
        value=question.value,
        reading=question.reading,
        tolerance=question.tolerance,
        accept=question.accept,
        explanation=question.explanation,
        hints=question.hints,
        said={mark: getattr(feedback, mark) for mark in MARKS} if feedback else {},
        answered=tuple(Answered(each.to, each.text) for each in feedback.answers) if feedback else (),
        marking=question.marking,
        text=question.text,
        gaps=tuple(
            GapBlueprint(
                fact=gap.fact,
                type=gap.type,
                points=gap.points,
                distractors=gap.distractors,
                tolerance=gap.tolerance,
                accept=gap.accept,
                marking=gap.marking,
            )
            for gap in question.gaps
        ),
        rubric=tuple(Criterion(criterion.text, criterion.points) for criterion in question.rubric),
        model=question.model,
        least_words=question.least_words,
        most_words=question.most_words,
    )
