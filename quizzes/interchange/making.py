"""Answers as Moodle's formats hold them, each with the share of the marks that it gives, made into content and key."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from classroom.library.values.dates import date_precision, read_date
from classroom.library.values.numbers import plain_number
from quizzes.grading.folding import has_wildcard
from quizzes.interchange.records import Content, Key, Refused

Made = tuple[Content, Key]
Labelled = list[dict[str, str]]

# Moodle writes a third as 33.33333 per cent.
CLOSE: Final = Decimal("0.0001")
LARGEST: Final = Decimal(10**18)
WHOLE_RUBRIC: Final = "The answer as a whole"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a file: its text, the share of the marks that it gives (1 is all), and what is said to it.

    ``gap`` is the place of its gap in the text, 0 where it is an answer to the question itself.
    """

    text: str
    share: Decimal = Decimal(1)
    feedback: str = ""
    off: str = ""
    gap: int = 0


def labelled(texts: Iterable[str], prefix: str) -> Labelled:
    return [{"id": f"{prefix}{place}", "text": text} for place, text in enumerate(texts, 1)]


def decimal(text: str, what: str) -> Decimal:
    """A number as files write it, "." or "," before its fraction. Raises `Refused`."""
    try:
        found = Decimal(text.strip().replace(",", ".") if len(text) <= 40 else "")
    except InvalidOperation:
        raise Refused(f"“{text.strip()[:40]}” is not a number, and the {what} has to be one.") from None
    if not found.is_finite() or abs(found) > LARGEST or found.adjusted() < -18:
        raise Refused(f"“{text.strip()[:40]}” is not a number that can be asked for.")
    return found


def single(answers: Sequence[Answer]) -> Made:
    """One option is to be chosen. The first that gives all the marks is the key; others give what they give."""
    options = labelled((answer.text for answer in answers), "o")
    best = next((entry["id"] for entry, answer in zip(options, answers, strict=True) if answer.share == 1), "")
    if not best:
        raise Refused("No answer gives all the marks: one of them has to be right.")
    weights = {
        entry["id"]: plain_number(answer.share)
        for entry, answer in zip(options, answers, strict=True)
        if answer.share and entry["id"] != best
    }
    key: Key = {"correct": best}
    if weights:
        key["weights"] = weights
    if any(weight < 0 for weight in weights.values()):
        key["below_zero"] = True
    return {"options": options}, key


def several(answers: Sequence[Answer]) -> Made:
    """Any number of options is to be chosen; those with a share above nothing are right."""
    options = labelled((answer.text for answer in answers), "o")
    shares = {entry["id"]: answer.share for entry, answer in zip(options, answers, strict=True)}
    right = [option for option, share in shares.items() if share > 0]
    if not right:
        raise Refused("No answer is worth anything: one or more have to be right.")
    key: Key = {"correct": right}
    if _is_right_minus_wrong([shares[option] for option in right], [share for share in shares.values() if share <= 0]):
        return {"options": options}, key | {"scoring": "right-minus-wrong"}
    weights = {option: plain_number(share) for option, share in shares.items() if share}
    return {"options": options}, key | {"scoring": "weights", "weights": weights}


def _is_right_minus_wrong(right: Sequence[Decimal], wrong: Sequence[Decimal]) -> bool:
    each = Decimal(1) / len(right)
    return all(abs(share - each) <= CLOSE for share in right) and all(abs(share + each) <= CLOSE for share in wrong)


def _percent(share: Decimal) -> str:
    return f"{round(share * 100, 5).normalize():f}"


def true_false(correct: bool) -> Made:
    return {}, {"correct": correct}


def short(answers: Sequence[Answer], *, case: bool = False) -> tuple[Made, list[str]]:
    """Wordings that give all the marks are right, those that give none are wrong; a lone star for the rest goes."""
    accept = [answer.text for answer in answers if answer.share == 1]
    reject = [answer.text for answer in answers if answer.share <= 0 and answer.text.strip("* ")]
    lost = [
        f"“{answer.text}” gave {_percent(answer.share)}% of the marks and gives none now: a wording is right or wrong."
        for answer in answers
        if 0 < answer.share < 1
    ]
    if not accept:
        raise Refused("No wording gives all the marks: one of them has to be right.")
    key: Key = {"accept": list(dict.fromkeys(accept))}
    if reject:
        key["reject"] = list(dict.fromkeys(reject))
    if any(has_wildcard(wording) for wording in (*accept, *reject)):
        key["wildcards"] = True
    if not key.get("wildcards"):
        for name in ("accept", "reject"):
            if name in key:
                key[name] = [wording.replace("\\*", "*") for wording in key[name]]
    return ({}, key | ({"case": True} if case else {})), lost


def numeric(answers: Sequence[Answer], *, unit: str = "") -> tuple[Made, list[str]]:
    """A number with how far it may be off, or a range; further exact numbers that give all the marks are right too."""
    right = [answer for answer in answers if answer.share == 1]
    lost = [
        f"“{answer.text}” gave {_percent(answer.share)}% of the marks and gives none now: a number is right or wrong."
        for answer in answers
        if 0 < answer.share < 1
    ]
    if not right:
        raise Refused("No number gives all the marks: one of them has to be right.")
    key = _number(right[0])
    also = []
    for answer in right[1:]:
        other = _number(answer)
        if set(other) != {"value"}:
            raise Refused("It has more than one right number with a tolerance; here only one can have one.")
        also.append({"value": other["value"], "unit": unit})
    return ({"unit": unit}, key | ({"also": also} if also else {})), lost


def _number(answer: Answer) -> Key:
    text = answer.text.strip()
    low, dots, high = text.partition("..")
    if dots and low.strip():
        least, most = decimal(low, "range"), decimal(high, "range")
        return {"least": plain_number(least), "most": plain_number(most)}
    key: Key = {"value": plain_number(decimal(text, "answer"))}
    if answer.off.strip():
        off = decimal(answer.off, "tolerance")
        key |= {"tolerance": plain_number(abs(off))} if off else {}
    return key


def matching(pairs: Sequence[tuple[str, str]]) -> Made:
    """Prompts with their options; an empty prompt stands before an option that goes with nothing."""
    prompts = labelled((prompt for prompt, _option in pairs if prompt), "p")
    options = labelled(dict.fromkeys(option for _prompt, option in pairs if option), "o")
    ids = {entry["text"]: entry["id"] for entry in options}
    made = [(prompt, option) for prompt, option in pairs if prompt]
    if any(not option for _prompt, option in made):
        raise Refused("A prompt lacks what it goes with.")
    if len(prompts) < 2:
        raise Refused("A matching asks for two pairs or more.")
    goes = {entry["id"]: ids[option] for entry, (_prompt, option) in zip(prompts, made, strict=True)}
    return {"prompts": prompts, "options": options}, {"pairs": goes}


def ordering(items: Sequence[str], scoring: str = "") -> Made:
    if len(items) < 2:
        raise Refused("Two items or more are put in order.")
    entries = labelled(items, "i")
    key: Key = {"order": [entry["id"] for entry in entries]}
    return {"items": entries}, key | ({"scoring": scoring} if scoring else {})


def written(rubric: Sequence[tuple[Decimal, str]] = (), model: str = "", least: int = 0, most: int = 0) -> Made:
    """A text read by a person; without a rubric it gets one line for the whole."""
    lines = rubric or [(Decimal(1), WHOLE_RUBRIC)]
    criteria = [
        {"id": f"r{place}", "text": text, "points": plain_number(points)}
        for place, (points, text) in enumerate(lines, 1)
    ]
    content: Content = {name: words for name, words in (("least_words", least), ("most_words", most)) if words}
    return content, {"rubric": criteria} | ({"model": model} if model else {})


def date(text: str) -> Made:
    """A date, asked for as precisely as it is written."""
    try:
        value = read_date(text)
    except ValueError as fault:
        raise Refused(str(fault)) from fault
    return {"precision": date_precision(value)}, {"value": value}


def with_feedback(explanation: str, answers: Iterable[Answer]) -> str:
    """The explanation, with what the file says to single answers: a question here explains itself as a whole."""
    said = [f"{_whom(answer)}{answer.feedback}" for answer in answers if answer.feedback]
    return "\n".join(part for part in (explanation.strip(), *said) if part)


def _whom(answer: Answer) -> str:
    parts = [f"Gap {answer.gap}"] if answer.gap else []
    parts += [f"“{answer.text.strip()}”"] if answer.text.strip("* ") else []
    return f"{', '.join(parts)}: " if parts else ""


def retyped(type_: str, wanted: str, made: Made) -> tuple[str, Made]:
    """The type that a tag asks for, where it is one that the format can only hold as another."""
    content, key = made
    if type_ == "short" and wanted == "date":
        try:
            return "date", date(key["accept"][0])
        except Refused:
            return type_, made
    if (type_, wanted) in {("choice", "which-source"), ("essay", "short-text")}:
        return wanted, made
    return type_, (content, key)
