"""Reading JSON that may be anything, and the errors that say what is wrong with it."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

Json = Mapping[str, object]
Labels = dict[str, str]

MOST_CHARACTERS: Final = 500
MOST_ITEMS: Final = 50
MOST_ID_CHARACTERS: Final = 40
# PostgreSQL stores no NUL, and no encoding stores half of a surrogate pair.
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
LARGEST: Final = Decimal(10**18)


class GradingError(ValueError):
    """Anything that grading refuses."""


class BadQuestion(GradingError):
    """The content or the key of a question is not what its type asks for."""


class BadAnswer(GradingError):
    """What was sent as an answer cannot be one: a page of ours would not have sent it."""


Fault = type[BadQuestion] | type[BadAnswer]


def fields(
    data: object, required: Collection[str], fault: Fault, *, optional: Collection[str] = (), what: str = "answer"
) -> Json:
    """`data` itself, when it is an object with all of the required fields and none beside them and the optional."""
    # Nearly always: each option of a question is such an object, and each answer that is read looks at all of them.
    if type(data) is dict and len(data) == len(required) and all(map(data.__contains__, required)):
        return data
    if not isinstance(data, Mapping):
        raise fault(f"The {what} is not an object.")
    missing = [name for name in required if name not in data]
    if missing:
        raise fault(f"The {what} lacks “{missing[0]}”.")
    if len(data) > len(required) + len(optional) or any(name not in (*required, *optional) for name in data):
        raise fault(f"The {what} holds something beside {', '.join((*required, *optional)) or 'nothing'}.")
    return data


def text(data: object, fault: Fault, what: str, *, limit: int = MOST_CHARACTERS) -> str:
    """`data` itself, when it is text that a database can hold and not longer than `limit`. It may be empty."""
    if not isinstance(data, str):
        raise fault(f"The {what} is not text.")
    if len(data) > limit:
        raise fault(f"The {what} is longer than {limit} characters.")
    if _UNSTORABLE.search(data):
        raise fault(f"The {what} holds characters that cannot be stored.")
    return data


def label(data: object, fault: Fault, what: str, *, limit: int = MOST_CHARACTERS) -> str:
    """Text that says something."""
    found = text(data, fault, what, limit=limit)
    if not found.strip():
        raise fault(f"The {what} is empty.")
    return found


def labels(content: Json, name: str, *, at_least: int = 2) -> Labels:
    """The list `[{"id": "a", "text": "..."}, ...]` under `name` as a dict of texts by id, in the list's order."""
    listed = content[name]
    if not isinstance(listed, list) or not at_least <= len(listed) <= MOST_ITEMS:
        raise BadQuestion(f"“{name}” is a list of {at_least} to {MOST_ITEMS} entries.")
    found: Labels = {}
    for entry in listed:
        held = fields(entry, ("id", "text"), BadQuestion, what=f"entry of “{name}”")
        entry_id = text(held["id"], BadQuestion, "id", limit=MOST_ID_CHARACTERS)
        if not entry_id or entry_id in found:
            raise BadQuestion(f"The ids of “{name}” are not all different.")
        found[entry_id] = label(held["text"], BadQuestion, "text")
    return found


def known_id(data: object, known: Collection[str], fault: Fault) -> str:
    """`data` itself, when it is one of the known ids."""
    if not isinstance(data, str) or data not in known:
        raise fault("An id is named that the question does not have.")
    return data


def known_ids(data: object, known: Collection[str], fault: Fault) -> list[str]:
    """`data` itself, when it is a list of different known ids. It may be empty."""
    if not isinstance(data, list) or len(data) > len(known):
        raise fault("The ids are not a list of some of the question's.")
    found = [known_id(entry, known, fault) for entry in data]
    if len(set(found)) != len(found):
        raise fault("An id is named twice.")
    return found


def scoring(key: Json, known: tuple[str, ...]) -> str:
    """The scoring rule that a key names, the first of the known ones where it names none."""
    rule = key.get("scoring", known[0])
    if not isinstance(rule, str) or rule not in known:
        raise BadQuestion(f"“scoring” is one of {', '.join(known)}.")
    return rule


def flag(key: Json, name: str) -> bool:
    """A yes or no that a key or content may hold; no where it is absent."""
    held = key.get(name, False)
    if not isinstance(held, bool):
        raise BadQuestion(f"“{name}” is true or false.")
    return held


def number(held: object, what: str, fault: Fault = BadQuestion) -> Decimal:
    """A finite number, exact as it was written: 0.1 is a tenth."""
    if isinstance(held, bool) or not isinstance(held, int | float | Decimal):
        raise fault(f"The {what} is not a number.")
    found = Decimal(str(held)) if isinstance(held, float) else Decimal(held)
    if not found.is_finite() or abs(found) > LARGEST:
        raise fault(f"The {what} is not a number that can be asked for.")
    return found


def share(held: object, what: str, *, least: int = 0) -> Fraction:
    """A share of a question's marks, from `least` to 1."""
    found = Fraction(number(held, what))
    if not least <= found <= 1:
        raise BadQuestion(f"The {what} is from {least} to 1.")
    return found


def shares(key: Json, name: str, known: Collection[str], *, least: int = 0) -> dict[str, Fraction]:
    """The shares by id that a key holds under `name`; none where it is absent."""
    held = key.get(name, {})
    if not isinstance(held, Mapping):
        raise BadQuestion(f"“{name}” is an object of numbers by id.")
    return {known_id(entry, known, BadQuestion): share(each, name, least=least) for entry, each in held.items()}


def whole(held: object, what: str, *, least: int = 0, most: int = 100_000) -> int:
    """A whole number within bounds."""
    if isinstance(held, bool) or not isinstance(held, int) or not least <= held <= most:
        raise BadQuestion(f"The {what} is a whole number from {least} to {most}.")
    return held


def distinct(texts: Labels, what: str) -> None:
    """Raises BadQuestion where two of the labels read the same."""
    if len({each.casefold().strip() for each in texts.values()}) < len(texts):
        raise BadQuestion(f"Two {what} read the same.")
