"""Questions of the bank as records, and those that a file may speak of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from classroom.common.markdown import fact_keys
from classroom.library.models import Citation, Fact, Film
from classroom.people.models import User
from quizzes.authoring.ledger import BEARING
from quizzes.bank import queries as bank
from quizzes.bank.citing import facts_cited, texts_in
from quizzes.bank.finding import QuestionFilter
from quizzes.bank.models import Question, QuestionTag, QuestionVersion, Quiz
from quizzes.interchange.records import FactTie, Record, SourceTie


def records_of(versions: Sequence[QuestionVersion]) -> list[Record]:
    """Versions, with keys and facts as ``with_all`` fetches them, as records; in two queries at most."""
    cited = cited_in(versions)
    return [record_of(version, cited) for version in versions]


Cited = Mapping[tuple[int, str], Fact]


def cited_in(versions: Sequence[QuestionVersion]) -> Cited:
    """The facts that the texts of versions cite, by film and key; in two queries, or in none."""
    texts = [text for each in versions for text in texts_in(each.answer_key.explanation, each.answer_key.feedback)]
    facts = facts_cited(versions, texts)
    prefetch_related_objects(facts, Prefetch("citations", queryset=Citation.objects.select_related("passage__source")))
    return {(fact.film_id, fact.key): fact for fact in facts}


def record_of(version: QuestionVersion, cited: Cited) -> Record:
    """A version as a record; ``cited`` as ``cited_in`` finds it."""
    question, film = version.question, version.question.film.key
    return Record(
        type=version.type,
        stem=version.stem,
        content=version.content,
        key=version.answer_key.key,
        film=film,
        question=question.key,
        version=version.number,
        explanation=version.answer_key.explanation,
        hints=tuple(version.answer_key.hints),
        feedback=version.answer_key.feedback,
        points=version.points,
        facts=tuple(_fact_tie(fact, film) for fact in version.facts.all()),
        cited=tuple(_fact_tie(cited[each], film) for each in _marks_of(version) if each in cited),
        tags=labels_of(question),
    )


def _marks_of(version: QuestionVersion) -> Iterable[tuple[int, str]]:
    """What the texts of a version cite, by film and key, each once."""
    texts = texts_in(version.answer_key.explanation, version.answer_key.feedback)
    return dict.fromkeys((version.question.film_id, key) for text in texts for key in fact_keys(text))


def labels_of(question: Question) -> tuple[str, ...]:
    """A question's tags, standards and difficulty as other systems hold them: all as tags."""
    standard = QuestionTag.Kind.STANDARD
    tags = [f"standard:{tag.name}" if tag.kind == standard else tag.name for tag in question.tags.all()]
    return (*tags, *([f"difficulty:{question.difficulty}"] if question.difficulty else []))


def _fact_tie(fact: Fact, film: str) -> FactTie:
    bearing = [citation for citation in fact.citations.all() if citation.stance in BEARING]
    passages = {
        (citation.passage.source_id, citation.passage.number): SourceTie(
            citation.passage.source.short_name,
            citation.passage.source.key,
            citation.passage.number,
        )
        for citation in bearing
    }
    return FactTie(film, fact.key, fact.statement, tuple(passages.values()))


def with_all(versions: "QuerySet[QuestionVersion]") -> "QuerySet[QuestionVersion]":
    """With all that a record needs; in seven queries, however many."""
    return versions.select_related("question__film", "answer_key").prefetch_related(
        "question__tags", Prefetch("facts", queryset=Fact.objects.order_by("position", "pk").with_sources())
    )


# --- To be written ------------------------------------------------------------------------------------------------


def versions_to_export(user: User, film: Film, wanted: QuestionFilter, quiz: Quiz | None) -> list[QuestionVersion]:
    """The questions that this teacher may see and asks for, each in its published wording or else its newest."""
    found = bank.find_questions(user, film, wanted)
    if quiz is not None:
        found = found.filter(quiz_items__quiz=quiz).order_by("quiz_items__position")
    return shown_versions(found)


def kit_versions(film: Film, quiz: Quiz | None, words: str = "") -> list[QuestionVersion]:
    """The kit's own questions, without anybody's of their own; with ``words``, those that have all of them."""
    found = Question.objects.filter(film=film, owner__isnull=True).order_by("key")
    for word in words.split():
        found = found.filter(published__stem__icontains=word)
    if quiz is not None:
        found = found.filter(quiz_items__quiz=quiz).order_by("quiz_items__position")
    return shown_versions(found)


def shown_versions(questions: "QuerySet[Question]") -> list[QuestionVersion]:
    """Of each question in order the published version, or else the newest."""
    newest_first = QuestionVersion.objects.order_by("-number").only("id", "question_id", "number")
    chosen = []
    for question in questions.prefetch_related(None).prefetch_related(Prefetch("versions", queryset=newest_first)):
        newest = next(iter(question.versions.all()), None)
        chosen.append(question.published_id or (newest.pk if newest else 0))
    found = {version.pk: version for version in with_all(QuestionVersion.objects.filter(pk__in=chosen))}
    return [found[pk] for pk in chosen if pk in found]


def quizzes_of(user: User, film: Film) -> list[Quiz]:
    """The quizzes whose questions this teacher may export."""
    return list(Quiz.objects.current().visible_to(user).filter(film=film).order_by("owner", "title", "pk"))


# --- To be read ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """A question that the bank has under a key of the file: its newest wording, and all of them by number."""

    question: Question
    newest: QuestionVersion
    by_number: dict[int, QuestionVersion]


def known_questions(user: User, film: Film, keys: Iterable[str]) -> dict[str, Known]:
    """By key, this teacher's own questions and else the kit's; in a fixed number of queries."""
    wanted = list(dict.fromkeys(keys))
    versions = with_all(
        QuestionVersion.objects.filter(
            question__in=Question.objects.visible_to(user).filter(film=film, key__in=wanted)
        ).order_by("question_id", "number")
    ).select_related("question__published")
    found: dict[str, Known] = {}
    grouped: dict[int, list[QuestionVersion]] = {}
    for version in versions:
        grouped.setdefault(version.question_id, []).append(version)
    for group in grouped.values():
        question = group[0].question
        if question.owner_id is None and question.key in found:
            continue
        found[question.key] = Known(question, group[-1], {each.number: each for each in group})
    return found
