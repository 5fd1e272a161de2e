"""The ledger of a film as the database holds it, and what a teacher may draft from it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from classroom.library.models import Fact, Film, Source, Term
from quizzes.authoring.blueprint import Blueprint
from quizzes.authoring.drafting import draft
from quizzes.authoring.drafts.draft import Draft
from quizzes.authoring.ledger import Ledger, LedgerFact, LedgerSource, LedgerTerm, PlainReading, ledger_fact
from quizzes.authoring.refusal import Refused
from quizzes.authoring.suggesting import suggest
from quizzes.authoring.wording import question
from quizzes.bank.flaws import Flaw, flaws
from quizzes.bank.queries import Entry
from quizzes.bank.words import TYPE_WORDS
from quizzes.grading import key_text

MOST_FACTS = 8


def ledger_of(film: Film) -> Ledger:
    """The current facts of a film with its sources and terms, in four queries, however many."""
    facts = [_ledger_fact(fact) for fact in Fact.objects.current().filter(film=film).with_sources()]
    sources = [_ledger_source(source) for source in Source.objects.filter(film=film)]
    terms = [
        LedgerTerm(term.key, tuple(name for name in (term.term, *term.also, term.chinese) if name))
        for term in Term.objects.filter(film=film, retired_at__isnull=True)
    ]
    return Ledger.of(facts, sources, terms)


def ledgers_on(facts: Iterable[Fact]) -> dict[int, Ledger]:
    """By film, these facts alone with the sources that they cite, which they bring: enough to lay a value beside them.

    Asks nothing itself.
    """
    found: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.film_id].append(fact)
    return {film_id: _ledger_on(group) for film_id, group in found.items()}


def _ledger_on(facts: Sequence[Fact]) -> Ledger:
    cited = {citation.passage.source_id: citation.passage.source for fact in facts for citation in fact.citations.all()}
    return Ledger.of([_ledger_fact(fact) for fact in facts], [_ledger_source(source) for source in cited.values()])


def _ledger_source(source: Source) -> LedgerSource:
    names = (source.short_name, source.title, source.publisher, source.author, *source.also_named)
    return LedgerSource(source.key, source.title, tuple(dict.fromkeys(name for name in names if name)))


def _ledger_fact(fact: Fact) -> LedgerFact:
    return ledger_fact(
        key=fact.key,
        topic=fact.topic.key,
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
        citations=[
            PlainReading(
                source=citation.passage.source.key,
                paragraph=citation.passage.number,
                stance=citation.stance,
                says=citation.says,
                value=citation.value,
                unit=citation.unit,
                precision=citation.precision,
            )
            for citation in fact.citations.all()
        ],
        derived_from=(fact.derivation or {}).get("from", ()),
    )


@dataclass(frozen=True)
class DraftView:
    """A draft as a teacher looks it over before keeping it."""

    draft: Draft
    type_words: str
    entries: list[Entry]
    key: str
    explanation: str
    flaws: list[Flaw]


@dataclass(frozen=True)
class Refusal:
    """A fact that gives no question with options, and why."""

    statement: str
    reason: str


@dataclass(frozen=True)
class Suggestions:
    drafts: list[DraftView]
    refusals: list[Refusal]


def suggestions(fact_keys: Sequence[str], ledger: Ledger, seed: int) -> Suggestions:
    """The drafts that these facts yield, always alike from one seed, and what is refused with its reason."""
    facts = [ledger.facts[key] for key in dict.fromkeys(fact_keys) if key in ledger.facts][:MOST_FACTS]
    drafts = [draft(blueprint, ledger, seed) for blueprint in suggest(facts, ledger, seed)]
    refused = [(fact, _why_no_choice(fact, ledger, seed)) for fact in facts]
    return Suggestions(
        [_view(each, ledger) for each in drafts],
        [Refusal(fact.statement, reason) for fact, reason in refused if reason],
    )


def _why_no_choice(fact: LedgerFact, ledger: Ledger, seed: int) -> str:
    blueprint = Blueprint(key=f"{fact.key}-choice", type="choice", stem=question(fact, ledger), fact=fact.key)
    try:
        draft(blueprint, ledger, seed)
    except Refused as refused:
        return refused.reason
    return ""


def _view(made: Draft, ledger: Ledger) -> DraftView:
    correct = made.key.get("correct")
    right = set(correct) if isinstance(correct, list) else {correct}
    return DraftView(
        draft=made,
        type_words=str(TYPE_WORDS[made.type]),
        entries=[Entry(entry["text"], entry["id"] in right) for entry in made.content.get("options", [])],
        key=key_text(made.type, made.content, made.key),
        explanation=made.explanation.as_text(ledger),
        flaws=flaws(made.type, made.stem, made.content, made.key),
    )
