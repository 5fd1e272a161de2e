"""What practice tells while an attempt is under way: hints that were taken, and what a check has found."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.bank.models import AnswerKey
from quizzes.delivery.models import QuizAssignment, Response
from quizzes.delivery.queries.results import Key, keys_of
from quizzes.delivery.showing import Tell, Told
from quizzes.grading import grade


@dataclass(frozen=True)
class Practice:
    """What stands below a question in practice. ``mark`` is empty until this very answer has been checked."""

    hints: list[str]
    hints_left: int
    hint_percent: int
    can_check: bool
    is_settled: bool
    mark: str = ""
    key: Key | None = None


def practice_of(quiz_assignment: QuizAssignment, responses: Sequence[Response]) -> dict[int, Practice]:
    """By the response's id, for practice; in a fixed number of queries. Elsewhere nothing is read."""
    if not quiz_assignment.is_practice:
        return {}
    keys = {each.version_id: each for each in AnswerKey.objects.filter(version__in=[r.version_id for r in responses])}
    told = [each for each in responses if each.told_at is not None]
    for response in responses:
        response.version.answer_key = keys[response.version_id]
    at_once = {what for what, when in quiz_assignment.telling.items() if when == Tell.AT_ONCE}
    shown = keys_of(told, frozenset(at_once & {Told.KEY, Told.EXPLANATION})) if told else {}
    return {
        each.pk: Practice(
            hints=keys[each.version_id].hints[: each.hints_taken],
            hints_left=0 if each.told_at else max(len(keys[each.version_id].hints) - each.hints_taken, 0),
            hint_percent=quiz_assignment.hint_percent,
            can_check=each.told_at is None,
            is_settled=each.told_at is not None,
            mark=_mark(each),
            key=shown.get(each.pk),
        )
        for each in responses
    }


def _mark(response: Response) -> str:
    if response.answer is None or response.checked_revision != response.revision:
        return ""
    version = response.version
    graded = grade(version.type, version.content, version.answer_key.key, response.answer)
    if graded.pending:
        return "waits"
    if graded.fraction == 1:
        return "right"
    return "partly" if graded.fraction > 0 else "wrong"
