"""The questions that a class found hardest, over all of its quizzes."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from classroom.library.models import Fact
from quizzes.bank.models import QuestionVersion
from quizzes.delivery.keys import in_words
from quizzes.statistics.marks import FEW, percent
from quizzes.statistics.queries.evidence import Answer, Assigned, Evidence


@dataclass(frozen=True)
class QuestionLine:
    """A question, and how the class did with it; ``facility`` in whole per cent, None where too few were asked."""

    version: QuestionVersion
    key: str
    asked: int
    facility: int | None
    wrong: str
    wrong_count: int
    wrong_said_by: str
    facts: list[Fact]
    quizzes: list[Assigned]


def hardest(evidence: Evidence) -> list[QuestionLine]:
    """All questions that were answered, the hardest first; those that too few were asked come last."""
    groups: dict[int, list[Answer]] = defaultdict(list)
    for answer in evidence.answers:
        groups[evidence.versions[answer.version_id].question_id].append(answer)
    lines = [_line(group, evidence) for group in groups.values()]
    return sorted(lines, key=lambda line: (line.facility is None, line.facility or 0, line.version.pk))


def _line(answers: list[Answer], evidence: Evidence) -> QuestionLine:
    version = max((evidence.versions[each.version_id] for each in answers), key=lambda each: each.number)
    wrong: Counter[tuple[str, str]] = Counter()
    for answer in answers:
        words, _marks, said_by = evidence.verdict(answer)
        if answer.share < 1 and words:
            wrong[words, said_by] += 1
    (words, said_by), count = min(wrong.items(), key=lambda each: (-each[1], each[0]), default=(("", ""), 0))
    quizzes = {each.assignment_id for each in answers}
    titles = {each.quiz_id: evidence.assigned[each.assignment_id].title for each in answers}
    keys = [(title, evidence.keys.of(quiz_id, version)) for quiz_id, title in titles.items()]
    earned = sum(each.share for each in answers)
    return QuestionLine(
        version=version,
        key=in_words(keys),
        asked=len(answers),
        facility=percent(earned, len(answers)) if len(answers) >= FEW else None,
        wrong=words,
        wrong_count=count,
        wrong_said_by=said_by,
        facts=[evidence.facts[pk] for pk in evidence.asked.get(version.pk, [])],
        quizzes=[each for each in evidence.assigned.values() if each.pk in quizzes],
    )
