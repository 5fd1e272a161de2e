"""Whether two questions are the same, whatever their ids and order of options; and a change brought home.

A format that carries less than the bank must not undo what it does not carry. So a question that comes back is held
against what the format would have made of the bank's own (its `base`): what differs from that was changed outside and
is taken; the rest stays as the bank has it. This is a three-way merge (Khanna, Kunal and Pierce, "A Formal
Investigation of Diff3", 2007), field by field.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from quizzes.grading.blanks import MARKER
from quizzes.grading.folding import has_wildcard
from quizzes.interchange.feedback import in_words, retied
from quizzes.interchange.records import Content, Key, Record

# Where a key says nothing, it says this.
_DEFAULTS: Final[dict[str, dict[str, Any]]] = {
    "choice": {"below_zero": False},
    "which-source": {"below_zero": False},
    "multiple": {"scoring": "right-minus-wrong", "below_zero": False},
    "true-false": {"penalty": 0},
    "numeric": {"tolerance": 0, "relative": 0, "units": {}, "also": []},
    "date": {"partial": True},
    "short": {"reject": [], "wildcards": False, "typos": False, "case": False},
    "matching": {"scoring": "per-pair"},
    "ordering": {"scoring": "adjacent-pairs"},
    "essay": {"model": ""},
    "short-text": {"model": ""},
}
# What content and key say beside the right answer itself.
_RULES: Final = (
    *("scoring", "below_zero", "penalty", "tolerance", "relative", "unit", "units", "asks_unit", "unit_penalty"),
    *("typos", "case", "wildcards", "partial", "rubric", "model", "least_words", "most_words"),
)
# A rubric is the answer of its question, and a unit has a column of its own.
_SAID_ELSEWHERE: Final = frozenset({"rubric", "unit"})
_PARTS: Final = ("stem", "points", "explanation", "hints")


def meaning(type_: str, content: Content, key: Key) -> Any:
    """Content and key without ids, defaults and the order of what is shuffled: equal where the questions are alike."""
    rest = {**_DEFAULTS.get(type_, {}), **key}
    if type_ in {"choice", "which-source", "multiple"}:
        return type_, _options(content, rest), _plain(rest)
    if type_ == "matching":
        prompts, options = _texts(content["prompts"]), _texts(content["options"])
        goes = sorted((prompts[prompt], options[option]) for prompt, option in rest.pop("pairs").items())
        return type_, goes, sorted(options.values()), _plain(rest)
    if type_ == "ordering":
        items = _texts(content["items"])
        return type_, [items[item] for item in rest.pop("order")], _plain(rest)
    if type_ == "blanks":
        return type_, *_gaps(content, key)
    if type_ in {"essay", "short-text"}:
        rubric = [(entry["text"], _plain(entry["points"])) for entry in rest.pop("rubric")]
        return type_, rubric, _plain(rest), _plain({name: words for name, words in content.items() if words})
    if type_ == "short":
        _without_idle_wildcards(rest)
    return type_, _plain(content), _plain(rest)


def _options(content: Content, rest: Key) -> list[tuple[str, Any, Any]]:
    """Each option with its worth; takes ``correct`` and ``weights`` out of what is left of the key."""
    correct, weights = rest.pop("correct"), rest.pop("weights", {})
    right = set(correct) if isinstance(correct, list) else {correct}
    single = isinstance(correct, str)
    worth = {**dict.fromkeys(right, 1), **weights} if single else weights
    # One weight of 1 is as good as the key itself.
    return sorted(
        (entry["text"], not single and entry["id"] in right, _plain(worth.get(entry["id"], 0)))
        for entry in content["options"]
    )


def _without_idle_wildcards(rest: Key) -> None:
    """Sorts what is rejected, and takes the rule of stars off a key that has none but literal ones."""
    wordings = [*rest["accept"], *rest["reject"]]
    if rest["wildcards"] and not any(has_wildcard(wording) for wording in wordings):
        rest["wildcards"] = False
        for name in ("accept", "reject"):
            rest[name] = [wording.replace("\\*", "*") for wording in rest[name]]
    rest["accept"], rest["reject"] = list(dict.fromkeys(rest["accept"])), sorted(set(rest["reject"]))


def _gaps(content: Content, key: Key) -> tuple[str, list[Any]]:
    order = MARKER.findall(content["text"])
    gaps = {gap["id"]: gap for gap in content["gaps"]}
    found = []
    for gap_id in order:
        gap, own = gaps[gap_id], key["gaps"][gap_id]
        found.append((meaning(gap["type"], gap["content"], own["key"]), _plain(own.get("points", 1))))
    return MARKER.sub("[[]]", content["text"]), found


def _texts(entries: list[dict[str, str]]) -> dict[str, str]:
    return {entry["id"]: entry["text"] for entry in entries}


def _plain(held: Any) -> Any:
    """JSON with its numbers as numbers: 1, 1.0 and Decimal("1.00") are one."""
    if isinstance(held, Mapping):
        return {name: _plain(value) for name, value in sorted(held.items())}
    if isinstance(held, list):
        return [_plain(value) for value in held]
    if isinstance(held, int | float | Decimal) and not isinstance(held, bool):
        return Decimal(str(held)).normalize()
    return held


def alike(one: Record, other: Record) -> bool:
    """Whether two records ask the same in the same words, rest on the same facts and are marked alike."""
    return not differences(one, other)


def differences(one: Record, other: Record) -> list[str]:
    """The parts in which two records differ: their names, in the order in which a teacher reads a question."""
    found = [part for part in _PARTS if _part(one, part) != _part(other, part)]
    if in_words(one.type, one.content, one.feedback) != in_words(other.type, other.content, other.feedback):
        found.append("feedback")
    if meaning(one.type, one.content, one.key) != meaning(other.type, other.content, other.key):
        found.append("answers")
    if {fact.address for fact in one.facts} != {fact.address for fact in other.facts}:
        found.append("facts")
    if set(one.tags) != set(other.tags):
        found.append("tags")
    return found


def _part(record: Record, part: str) -> Any:
    held = getattr(record, part)
    return _words(held) if isinstance(held, str) else tuple(map(_words, held)) if isinstance(held, tuple) else held


def _words(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def merged(theirs: Record, base: Record, ours: Record) -> Record:
    """The bank's record with what was changed outside: what differs between `theirs` and `base`."""
    changed = [part for part in differences(theirs, base) if part not in theirs.unsaid]
    parts = {part: getattr(theirs if part in changed else ours, part) for part in (*_PARTS, "tags")}
    facts = theirs.facts if "facts" in changed else ours.facts
    source = theirs if "feedback" in changed else ours
    if "answers" not in changed:
        feedback = retied(ours.type, source.content, ours.content, source.feedback)
        return replace(ours, **parts, facts=facts, feedback=feedback, line=theirs.line, lost=theirs.lost)
    content, key = dict(theirs.content), dict(theirs.key)
    if theirs.type == ours.type:
        unsaid = "rules" in theirs.unsaid
        _keep_rules(key, theirs.key, base.key, ours.key, all_of_them=unsaid)
        _keep_rules(content, theirs.content, base.content, ours.content, all_of_them=unsaid)
    content, key = with_old_ids(content, key, ours.content)
    feedback = retied(theirs.type, source.content, content, source.feedback) if source.type == theirs.type else {}
    return replace(
        ours,
        **parts,
        type=theirs.type,
        content=content,
        key=key,
        facts=facts,
        feedback=feedback,
        line=theirs.line,
        lost=theirs.lost,
    )


def _keep_rules(made: dict[str, Any], theirs: Key, base: Key, ours: Key, *, all_of_them: bool) -> None:
    """Rules of marking that nobody changed outside are those that the bank has."""
    for name in _RULES:
        if name in _SAID_ELSEWHERE and name in theirs:
            continue
        if all_of_them or theirs.get(name) == base.get(name):
            made.pop(name, None)
            if name in ours:
                made[name] = ours[name]


def with_old_ids(content: Content, key: Key, before: Content) -> tuple[Content, Key]:
    """The same question, in which options that were there before keep their ids, so that answers can still be told."""
    new_ids: dict[str, str] = {}
    made = dict(content)
    for part in ("options", "prompts", "items"):
        if part not in content or part not in before:
            continue
        old = {entry["text"]: entry["id"] for entry in before[part]}
        taken = {entry["id"] for entry in before[part]}
        entries = []
        for entry in content[part]:
            own = old.get(entry["text"], entry["id"])
            while own in taken and entry["text"] not in old:
                own += "n"
            new_ids[entry["id"]] = own
            entries.append({"id": own, "text": entry["text"]})
        made[part] = entries
    return made, _renamed(key, new_ids) if new_ids else key


def _renamed(key: Key, new: Mapping[str, str]) -> Key:
    """The key with ids exchanged where ids stand."""
    made = dict(key)
    if "correct" in key:
        correct = key["correct"]
        made["correct"] = [new.get(each, each) for each in correct] if isinstance(correct, list) else new[correct]
    if "weights" in key:
        made["weights"] = {new.get(option, option): weight for option, weight in key["weights"].items()}
    if "pairs" in key:
        made["pairs"] = {new.get(prompt, prompt): new.get(each, each) for prompt, each in key["pairs"].items()}
    if "order" in key:
        made["order"] = [new.get(each, each) for each in key["order"]]
    return made
