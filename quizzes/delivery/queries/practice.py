"""What practice tells while an attempt is under way: hints that were taken, and what a check has found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizzes.bank.citing import without_marks
from quizzes.bank.models import AnswerKey
from quizzes.bank.translated import key_in_readers_language
from quizzes.delivery.models import QuizAssignment, Response
from quizzes.delivery.queries.results import Key, keys_of
from quizzes.delivery.rulings import BY_ITS_KEY, Ruling, rulings_on, said_to, share_of
from quizzes.delivery.showing import Tell, Told
from quizzes.grading import Said


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
    said: tuple[Said, ...] = ()


def practice_of(quiz_assignment: QuizAssignment, responses: Sequence[Response]) -> dict[int, Practice]:
    """By the response's id, for practice; in a fixed number of queries. Elsewhere nothing is read."""
    if not quiz_assignment.is_practice:
        return {}
    keys = {each.version_id: each for each in AnswerKey.objects.filter(version__in=[r.version.pk for r in responses])}
    told = [each for each in responses if each.told_at is not None]
    for response in responses:
        response.version.answer_key = key_in_readers_language(keys[response.version.pk], response.version.language)
    at_once = {what for what, when in quiz_assignment.telling.items() if when == Tell.AT_ONCE}
    rulings = rulings_on(responses)
    shown = keys_of(told, frozenset(at_once & {Told.KEY, Told.EXPLANATION, Told.FEEDBACK}), rulings) if told else {}
    return {
        each.pk: Practice(
            hints=each.version.answer_key.hints[: each.hints_taken],
            hints_left=0 if each.told_at else max(len(keys[each.version.pk].hints) - each.hints_taken, 0),
            hint_percent=quiz_assignment.hint_percent,
            can_check=each.told_at is None,
            is_settled=each.told_at is not None,
            mark=_mark(each, rulings.get(each.pk, BY_ITS_KEY)),
            key=shown.get(each.pk),
            said=_said(each, rulings, shown) if Told.FEEDBACK in at_once else (),
        )
        for each in responses
    }


def _said(response: Response, rulings: Mapping[int, Ruling], shown: Mapping[int, Key]) -> tuple[Said, ...]:
    """With the facts that it cites once the right answer is told."""
    if response.pk in shown:
        return shown[response.pk].said
    said = said_to(response, rulings.get(response.pk, BY_ITS_KEY)) if _is_checked(response) else ()
    return tuple(Said(each.to, without_marks(each.text)) for each in said)


def _is_checked(response: Response) -> bool:
    """Whether it was this very answer that was checked."""
    return response.answer is not None and response.checked_revision == response.revision


def _mark(response: Response, ruling: Ruling) -> str:
    if not _is_checked(response):
        return ""
    share, waits = share_of(response, ruling)
    if waits or ruling.dropped:
        return "dropped" if ruling.dropped else "waits"
    if share == 1:
        return "right"
    return "partly" if share > 0 else "wrong"
