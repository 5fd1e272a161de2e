"""Records as Moodle XML, and what of them it does not carry."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from html import escape
from typing import Final

from quizzes.interchange.citing import numbered
from quizzes.interchange.feedback import centred, sayings_of
from quizzes.interchange.moodle_xml.cloze import cloze_text
from quizzes.interchange.moodle_xml.rubrics import rubric_text
from quizzes.interchange.records import Record, Refused, Writing
from quizzes.interchange.sharing import (
    Shared,
    also_of,
    centre_of,
    choice_shares,
    date_wordings,
    exact,
    order_rule,
    short_answers,
    shown,
    storable,
)
from quizzes.interchange.ties import tags_of, tied

_TYPES: Final = {
    "choice": "multichoice",
    "which-source": "multichoice",
    "multiple": "multichoice",
    "true-false": "truefalse",
    "numeric": "numerical",
    "short": "shortanswer",
    "date": "shortanswer",
    "matching": "matching",
    "ordering": "ordering",
    "blanks": "cloze",
    "essay": "essay",
    "short-text": "essay",
}
# Those whose answers as a whole Moodle has words for, by its names and ours.
_WITH_WHOLE: Final = frozenset({"multichoice", "matching", "ordering"})
_WHOLE: Final = (("correctfeedback", "right"), ("partiallycorrectfeedback", "partly"), ("incorrectfeedback", "wrong"))
_TAGGED: Final = frozenset({"date", "which-source", "short-text"})


def write(records: Iterable[Record]) -> Writing:
    """A document of those questions that Moodle XML can hold."""
    made = Writing()
    questions = "".join(made.each_of(map(numbered, records), _question))
    made.text = f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{questions}</quiz>\n'
    return made


def _question(record: Record, lost: list[str]) -> str:
    stem, name = record.stem, record.name or record.question
    own = _WRITERS[record.type](record, lost)
    if record.type == "blanks":
        stem = cloze_text(record, lost)
    has_whole = _TYPES[record.type] in _WITH_WHOLE
    lost += sayings_of(record).lost(record, whole=has_whole)
    tags = [*tags_of(record), *([f"type:{record.type}"] if record.type in _TAGGED else [])]
    lines = [
        f'  <question type="{_TYPES[record.type]}">',
        f"    <name><text>{_text(' '.join(name.split()))}</text></name>",
        f'    <questiontext format="plain_text"><text>{_text(stem)}</text></questiontext>',
        f'    <generalfeedback format="plain_text"><text>{_text(tied(record))}</text></generalfeedback>',
        f"    <defaultgrade>{shown(record.points)}</defaultgrade>",
        "    <hidden>0</hidden>",
        *([f"    <idnumber>{_text(record.question)}</idnumber>"] if record.question else []),
        *own,
        *(_whole(record) if has_whole else []),
        *(f'    <hint format="plain_text"><text>{_text(hint)}</text></hint>' for hint in record.hints),
        *(
            ["    <tags>", *(f"      <tag><text>{_text(tag)}</text></tag>" for tag in tags), "    </tags>"]
            if tags
            else []
        ),
        "  </question>\n",
    ]
    return "\n".join(lines)


def _text(text: str) -> str:
    return escape(storable(text).strip(), quote=False)


def _answer(text: str, share: Decimal, more: str = "") -> str:
    worth = shown(round(share * 100, 5))
    return f'    <answer fraction="{worth}" format="plain_text"><text>{_text(text)}</text>{more}</answer>'


def _answers(answers: Iterable[Shared]) -> list[str]:
    return [_answer(answer.text, answer.share, _said(answer.said)) for answer in answers]


def _said(text: str) -> str:
    return f'<feedback format="plain_text"><text>{_text(text)}</text></feedback>' if text else ""


def _whole(record: Record) -> list[str]:
    """What is said to answers as a whole, where Moodle's type has words for it."""
    said = [(name, record.feedback.get(mark)) for name, mark in _WHOLE]
    return [f'    <{name} format="plain_text"><text>{_text(text)}</text></{name}>' for name, text in said if text]


def _choice(record: Record, lost: list[str]) -> list[str]:
    single = record.type != "multiple"
    return [
        f"    <single>{str(single).lower()}</single>",
        "    <shuffleanswers>true</shuffleanswers>",
        *_answers(choice_shares(record, lost)),
    ]


def _true_false(record: Record, lost: list[str]) -> list[str]:
    if record.key.get("penalty"):
        lost.append("What a wrong answer takes away.")
    right = Decimal(1) if record.key["correct"] else Decimal(0)
    said = sayings_of(record).by
    shares = {"true": right, "false": 1 - right}
    return [_answer(word, share, _said(said.get(word, ""))) for word, share in shares.items()]


def _numeric(record: Record, lost: list[str]) -> list[str]:
    value, off = centre_of(record, lost)
    if "value" not in record.key:
        lost.append("That it is a range: it is its middle with a tolerance there.")
    numbers = [(value, off), *((each, Decimal(0)) for each in also_of(record, lost))]
    asks = record.content.get("asks_unit", False)
    unit = record.key["unit"] if asks else record.content["unit"]
    units = [(unit, Decimal(1))] if unit else []
    others = record.key.get("units", {})
    if others and not unit:
        raise Refused("It has other units beside none of its own, which Moodle does not know.")
    units += [(name, 1 / exact(factor)) for name, factor in others.items()]
    said = sayings_of(record)
    told = [said.to_right, *[""] * (len(numbers) - 1)]
    return [
        *(
            _answer(shown(number), Decimal(1), f"{_said(text)}<tolerance>{shown(tolerance)}</tolerance>")
            for (number, tolerance), text in zip(numbers, told, strict=True)
        ),
        *(_wrong_number(words, text) for words, text in said.wrong.items()),
        f"    <unitgradingtype>{int(asks)}</unitgradingtype>",
        f"    <unitpenalty>{shown(exact(record.key.get('unit_penalty', 1)))}</unitpenalty>",
        f"    <showunits>{0 if unit else 3}</showunits>",
        "    <unitsleft>0</unitsleft>",
        *(["    <units>", *(_unit(*each) for each in units), "    </units>"] if units else []),
    ]


def _wrong_number(words: str, said: str) -> str:
    number, tolerance = centred(words)
    return _answer(shown(number), Decimal(0), f"{_said(said)}<tolerance>{shown(tolerance)}</tolerance>")


def _unit(name: str, multiplier: Decimal) -> str:
    worth = shown(Decimal(f"{multiplier:.15g}"))
    return f"      <unit><multiplier>{worth}</multiplier><unit_name>{_text(name)}</unit_name></unit>"


def _short(record: Record, lost: list[str]) -> list[str]:
    return [f"    <usecase>{int(record.key.get('case', False))}</usecase>", *_answers(short_answers(record, lost))]


def _date(record: Record, lost: list[str]) -> list[str]:
    return ["    <usecase>0</usecase>", *_answers(date_wordings(record, lost))]


def _matching(record: Record, lost: list[str]) -> list[str]:
    if record.key.get("scoring") == "all-or-nothing":
        lost.append("That only all pairs together give marks: each gives its share.")
    options = {entry["id"]: entry["text"] for entry in record.content["options"]}
    pairs = [(entry["text"], options[record.key["pairs"][entry["id"]]]) for entry in record.content["prompts"]]
    used = set(record.key["pairs"].values())
    pairs += [("", text) for option, text in options.items() if option not in used]
    return [
        "    <shuffleanswers>true</shuffleanswers>",
        *(
            f'    <subquestion format="plain_text"><text>{_text(prompt)}</text>'
            f"<answer><text>{_text(option)}</text></answer></subquestion>"
            for prompt, option in pairs
        ),
    ]


def _ordering(record: Record, lost: list[str]) -> list[str]:
    texts = {entry["id"]: entry["text"] for entry in record.content["items"]}
    return [
        "    <layouttype>VERTICAL</layouttype>",
        "    <selecttype>ALL</selecttype>",
        f"    <selectcount>{len(texts)}</selectcount>",
        f"    <gradingtype>{order_rule(record)}</gradingtype>",
        "    <showgrading>SHOW</showgrading>",
        "    <numberingstyle>none</numberingstyle>",
        *(
            f'    <answer fraction="{place}" format="plain_text"><text>{_text(texts[item])}</text></answer>'
            for place, item in enumerate(record.key["order"], 1)
        ),
    ]


def _blanks(record: Record, lost: list[str]) -> list[str]:
    return []


def _written(record: Record, lost: list[str]) -> list[str]:
    limits = [(name, record.content.get(own)) for name, own in _LIMITS]
    return [
        "    <responseformat>plain</responseformat>",
        "    <responserequired>1</responserequired>",
        f"    <responsefieldlines>{5 if record.type == 'short-text' else 15}</responsefieldlines>",
        *(f"    <{name}>{limit}</{name}>" for name, limit in limits if limit),
        "    <attachments>0</attachments>",
        f'    <graderinfo format="plain_text"><text>{_text(rubric_text(record.key))}</text></graderinfo>',
    ]


_LIMITS: Final = (("minwordlimit", "least_words"), ("maxwordlimit", "most_words"))
_WRITERS: Final[dict[str, Callable[[Record, list[str]], list[str]]]] = {
    "choice": _choice,
    "which-source": _choice,
    "multiple": _choice,
    "true-false": _true_false,
    "numeric": _numeric,
    "short": _short,
    "date": _date,
    "matching": _matching,
    "ordering": _ordering,
    "blanks": _blanks,
    "essay": _written,
    "short-text": _written,
}
