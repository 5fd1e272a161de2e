"""Questions as a teacher types them, one entry a line, turned into content and key, and back again.

Every function raises ``BadLine`` with a sentence for the teacher.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from classroom.library.values.dates import date_precision, read_date
from classroom.library.values.numbers import group, plain_number, read_number

Content = dict[str, Any]
Key = dict[str, Any]
Made = tuple[Content, Key]

_WORTH: Final = re.compile(r"^([+-]?\d+(?:[.,]\d+)?)\s*%\s*:\s*(.+)$")


class BadLine(ValueError):
    """What a line holds cannot be read."""


def lines_of(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def split_at(line: str, mark: str) -> tuple[str, str]:
    """The two halves of a line such as "father = Ai Qing"."""
    before, found, after = (part.strip() for part in line.partition(mark))
    if not (before and found and after):
        raise BadLine(
            _("“%(line)s” lacks its “%(mark)s”, or something on one side of it.") % {"line": line, "mark": mark}
        )
    return before, after


def number_in(text: str) -> Decimal:
    try:
        return read_number(text)
    except ValueError as fault:
        raise BadLine(_("“%(text)s” is not a number.") % {"text": text}) from fault


def labelled(texts: Iterable[str], before: Iterable[Mapping[str, str]] = (), prefix: str = "") -> list[dict[str, str]]:
    """Texts with ids. A text keeps the id that it had before, so that answers given to it can still be told."""
    texts = list(texts)
    old = {entry["text"]: entry["id"] for entry in before}
    taken = {old[text] for text in texts if text in old}
    fresh = (
        each for each in (f"{prefix}{number}" for number in range(1, 1000)) if each not in set(old.values()) | taken
    )
    given: set[str] = set()
    entries = []
    for text in texts:
        own = old.get(text, "")
        own = own if own and own not in given else next(fresh)
        given.add(own)
        entries.append({"id": own, "text": text})
    return entries


def worth(line: str) -> tuple[str, float | int | None]:
    """The text of a line and its worth: "50%: three months" is ("three months", 0.5), without a worth None."""
    found = _WORTH.match(line)
    if not found:
        return line, None
    return found.group(2), plain_number(number_in(found.group(1)) / 100)


def with_worth(text: str, weight: float | None) -> str:
    return text if weight is None else f"{group(Decimal(str(weight)) * 100)}%: {text}"


# --- Options ------------------------------------------------------------------------------------------------------


def choice(
    right: Sequence[str], wrong: Sequence[str], *, below_zero: bool = False, before: Content | None = None
) -> Made:
    """One right option among others, which may be worth something."""
    if len(right) != 1:
        raise BadLine(_("A choice has one right option, on a line of its own."))
    others = [worth(line) for line in wrong]
    options = labelled([right[0], *(text for text, _weight in others)], (before or {}).get("options", ()), "o")
    key: Key = {"correct": options[0]["id"]}
    weights = {entry["id"]: weight for entry, (_text, weight) in zip(options[1:], others, strict=True) if weight}
    return {"options": options}, key | _present(weights=weights, below_zero=below_zero)


def multiple(
    right: Sequence[str], wrong: Sequence[str], *, scoring: str, below_zero: bool, before: Content | None = None
) -> Made:
    """Several right options among others, with their weights where the rule asks for them."""
    both = [worth(line) for line in (*right, *wrong)]
    options = labelled([text for text, _weight in both], (before or {}).get("options", ()), "o")
    weights = {entry["id"]: weight for entry, (_text, weight) in zip(options, both, strict=True) if weight is not None}
    key: Key = {"correct": sorted(entry["id"] for entry in options[: len(right)]), "scoring": scoring}
    return {"options": options}, key | _present(weights=weights, below_zero=below_zero)


def _present(**held: Any) -> Key:
    return {name: value for name, value in held.items() if value}


def options_typed(content: Content, key: Key) -> tuple[list[str], list[str]]:
    """The right and the wrong options as they are typed."""
    correct = key["correct"]
    right = set(correct) if isinstance(correct, list) else {correct}
    weights = key.get("weights", {})
    typed = [
        (entry["id"] in right, with_worth(entry["text"], weights.get(entry["id"]))) for entry in content["options"]
    ]
    return [text for is_right, text in typed if is_right], [text for is_right, text in typed if not is_right]


# --- What is typed ------------------------------------------------------------------------------------------------


def short(accept: Sequence[str], reject: Sequence[str], **options: bool) -> Made:
    """Wordings that are right, the best first, and ones that are wrong."""
    return {}, {"accept": list(accept)} | _present(reject=list(reject), **options)


def numeric(
    *, value: str, off: str, least: str, most: str, unit: str, units: Sequence[str] = (), unit_cost: int | None = None
) -> Made:
    """A number and how far it may be off ("5", "5%"), or a range; ``unit_cost``, in per cent, asks for the unit."""
    key: Key = {}
    for name, typed in (("value", value), ("least", least), ("most", most)):
        if typed:
            key[name] = plain_number(number_in(typed))
    if off:
        name, share = ("relative", number_in(off[:-1]) / 100) if off.endswith("%") else ("tolerance", number_in(off))
        key[name] = plain_number(share)
    factors = {name: plain_number(number_in(factor)) for name, factor in (split_at(line, "=") for line in units)}
    key |= _present(units=factors)
    if unit_cost is None:
        return {"unit": unit}, key
    return {"unit": "", "asks_unit": True}, key | {"unit": unit, "unit_penalty": plain_number(Decimal(unit_cost) / 100)}


def date(typed: str, *, partial: bool = True) -> Made:
    """A date, asked for as precisely as it is typed."""
    try:
        value = read_date(typed)
    except ValueError as fault:
        raise BadLine(str(fault)) from fault
    return {"precision": date_precision(value)}, {"value": value} | ({} if partial else {"partial": False})


# --- What is arranged ---------------------------------------------------------------------------------------------


def matching(pairs: Sequence[str], extra: Sequence[str], *, scoring: str, before: Content | None = None) -> Made:
    """Lines "prompt = option", and options that go with none."""
    made = [split_at(line, "=") for line in pairs]
    prompts = labelled([prompt for prompt, _option in made], (before or {}).get("prompts", ()), "p")
    texts = list(dict.fromkeys([*(option for _prompt, option in made), *extra]))
    options = labelled(texts, (before or {}).get("options", ()), "o")
    ids = {entry["text"]: entry["id"] for entry in options}
    goes = {entry["id"]: ids[option] for entry, (_prompt, option) in zip(prompts, made, strict=True)}
    return {"prompts": prompts, "options": options}, {"pairs": goes, "scoring": scoring}


def ordering(items: Sequence[str], *, scoring: str, before: Content | None = None) -> Made:
    """The items in their right order."""
    entries = labelled(items, (before or {}).get("items", ()), "i")
    return {"items": entries}, {"order": [entry["id"] for entry in entries], "scoring": scoring}


def rubric(lines: Sequence[str], *, before: Key | None = None) -> list[dict[str, Any]]:
    """Lines "2 = Names a source | 1 = Names it without saying where" as criteria with points and levels."""
    made = [[split_at(part, "=") for part in line.split("|")] for line in lines]
    entries = labelled([parts[0][1] for parts in made], (before or {}).get("rubric", ()), "r")
    return [
        entry | {"points": plain_number(number_in(parts[0][0]))} | _levels_in(parts[1:])
        for entry, parts in zip(entries, made, strict=True)
    ]


def _levels_in(parts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    levels = [{"points": plain_number(number_in(points)), "text": text} for points, text in parts]
    return {"levels": levels} if levels else {}


def criterion_typed(held: Mapping[str, Any]) -> str:
    """A criterion as its line was typed."""
    parts = [held, *held.get("levels", ())]
    return " | ".join(f"{each['points']} = {each['text']}" for each in parts)
