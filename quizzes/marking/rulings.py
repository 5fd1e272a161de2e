"""What marking tells delivery of single answers: the last regrade of their question, and the last marking by hand."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from quizzes.bank.models import AnswerKey, QuestionVersion
from quizzes.delivery.models import Response
from quizzes.delivery.rulings import BY_ITS_KEY, Pair, RubricLine, Ruling
from quizzes.grading.written import rubric_of
from quizzes.marking.models import HandGrade, Regrade

WRITTEN = ("short-text", "essay")
_ANNOUNCED: dict[str, str | Promise] = {
    Regrade.Policy.NEW_KEY: gettext_lazy("The right answer to this question was mended, and all were graded again."),
    Regrade.Policy.BOTH: gettext_lazy("A second right answer to this question was added, and all were graded again."),
    Regrade.Policy.FULL: gettext_lazy("This question was not in order: everybody gets its full points."),
    Regrade.Policy.DROP: gettext_lazy("This question was not in order: it does not count for anybody."),
    Regrade.Policy.AS_ASKED: gettext_lazy("A change to this question was taken back: it counts as it was first asked."),
}


def rulings_on(responses: Sequence[Response], instead: Regrade | None = None) -> dict[int, Ruling]:
    """By response id; in three queries at most, of which most answers need the first alone.

    The responses come with their version, in any of its wordings: a decision about a key reaches all of them.
    ``instead`` is a regrade that is only thought of, in place of what stands for its question in any class.
    """
    regrades = last_regrades(
        {each.attempt.quiz_assignment_id for each in responses}, {each.version.first_wording_id for each in responses}
    )
    if instead is not None:
        asked = {each.attempt.quiz_assignment_id for each in responses}
        regrades |= {(quiz, instead.version.first_wording_id): instead for quiz in asked}
    marked = last_hand_grades(responses)
    keys = _keys_for(regrades.values(), [each.version_id for each in responses if each.pk in marked])
    found: dict[int, Ruling] = {}
    for response in responses:
        hand = marked.get(response.pk)
        if hand is not None:
            found[response.pk] = _by_hand(hand, keys[response.version_id])
        regrade = regrades.get((response.attempt.quiz_assignment_id, response.version.first_wording_id))
        if regrade is not None:
            found[response.pk] = ruled_by(regrade, keys, found.get(response.pk, BY_ITS_KEY))
    return found


def ruled_by(regrade: Regrade, keys: Mapping[int, AnswerKey], before: Ruling) -> Ruling:
    """A ruling with a regrade laid over it; ``keys`` by version id, those that the regrade needs among them."""
    ruling = replace(before, announced=str(_ANNOUNCED[regrade.policy]), reason=regrade.reason)
    if regrade.policy in (Regrade.Policy.FULL, Regrade.Policy.DROP):
        is_full = regrade.policy == Regrade.Policy.FULL
        return replace(ruling, full=is_full, dropped=not is_full)
    if regrade.corrected_id is None:
        return ruling
    corrected = keys[regrade.corrected_id]
    old = (keys[regrade.version_id].key,) if regrade.policy == Regrade.Policy.BOTH else ()
    # Answers go by the key that was decided on, explained and answered in the words that it has now.
    worded = corrected.version.worded.answer_key
    feedbacks = (worded.feedback, *(None for _key in old))
    # Where the old key is right too, what explained it stays in force where nothing explains the new one.
    first = keys[regrade.version_id].version.worded.answer_key if old else None
    explanation = worded.explanation or (first.explanation if first else "")
    return replace(ruling, keys=(corrected.key, *old), feedbacks=feedbacks, explanation=explanation)


def decisions_on(quiz_assignment_ids: Iterable[int], versions: Iterable[QuestionVersion]) -> dict[Pair, Ruling]:
    """By (quiz assignment id, id of the question's first wording); in two queries at most."""
    regrades = last_regrades(set(quiz_assignment_ids), {each.first_wording_id for each in versions})
    keys = _keys_for(regrades.values(), [])
    return {pair: ruled_by(each, keys, BY_ITS_KEY) for pair, each in regrades.items()}


def last_regrades(quiz_assignment_ids: Collection[int], first_wording_ids: Collection[int]) -> dict[Pair, Regrade]:
    """The last regrade by (quiz assignment id, id of the question's first wording); in one query."""
    found = Regrade.objects.filter(quiz_assignment__in=quiz_assignment_ids, version__in=first_wording_ids)
    return {(each.quiz_assignment_id, each.version_id): each for each in found.order_by("number")}


def last_hand_grades(responses: Sequence[Response]) -> dict[int, HandGrade]:
    """The last marking by hand by response id; in one query, and in none where no question is for a person to mark."""
    written = [each.pk for each in responses if each.version.type in WRITTEN]
    if not written:
        return {}
    return {each.response_id: each for each in HandGrade.objects.filter(response__in=written).order_by("number")}


def _keys_for(regrades: Iterable[Regrade], version_ids: Iterable[int]) -> dict[int, AnswerKey]:
    wanted = set(version_ids)
    for each in regrades:
        wanted.add(each.version_id)
        if each.corrected_id is not None:
            wanted.add(each.corrected_id)
    if not wanted:
        return {}
    found = AnswerKey.objects.filter(version__in=wanted)
    return {each.version_id: each for each in found.select_related("version__newest_wording__answer_key")}


def _by_hand(hand: HandGrade, key: AnswerKey) -> Ruling:
    lines = [
        RubricLine(each.text, number_format(Decimal(hand.levels.get(each.id, "0"))), number_format(each.points))
        for each in rubric_of(key.key)
    ]
    lines += [
        RubricLine(text, number_format(Decimal(points)) if Decimal(points) else "", "")
        for _comment, text, points in hand.comments
    ]
    return Ruling(by_hand=hand.share, feedback=hand.feedback, rubric=tuple(lines))
