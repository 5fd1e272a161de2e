"""Questions whose answer is arranged, in pairs or in an order, as cells and back."""

from quizzes.interchange import making
from quizzes.interchange.making import Made
from quizzes.interchange.records import Content, Key, Refused
from quizzes.interchange.table.cells import escape, parted, rules_of, rules_text, unescape
from quizzes.interchange.table.row import Cells
from quizzes.interchange.table.ticked import natural


def _scoring(key: Key) -> list[str]:
    return rules_text({"scoring": key["scoring"]} if "scoring" in key else {})


def write_matching(content: Content, key: Key) -> Cells:
    options = {entry["id"]: entry["text"] for entry in content["options"]}
    pairs = [(entry["text"], options[key["pairs"][entry["id"]]]) for entry in content["prompts"]]
    used = set(key["pairs"].values())
    return Cells(
        right=[f"{escape(prompt, also='=')} = {escape(option)}" for prompt, option in pairs],
        wrong=[escape(text) for option, text in options.items() if option not in used],
        rules=_scoring(key),
    )


def read_matching(cells: Cells) -> Made:
    pairs = []
    for line in cells.right:
        prompt, *option = parted(line, "=", most=1)
        if not prompt or not option or not option[0]:
            raise Refused(f"“{line[:60]}” is no pair: write prompt = option.")
        pairs.append((unescape(prompt), unescape(option[0])))
    content, key = making.matching([*pairs, *(("", unescape(line)) for line in cells.wrong)])
    content["options"].sort(key=lambda entry: (natural(entry["text"]), entry["text"]))
    return content, key | rules_of(cells.rules, ("scoring",))


def write_ordering(content: Content, key: Key) -> Cells:
    texts = {entry["id"]: entry["text"] for entry in content["items"]}
    return Cells(right=[escape(texts[item]) for item in key["order"]], rules=_scoring(key))


def read_ordering(cells: Cells) -> Made:
    content, key = making.ordering([unescape(each) for each in cells.right])
    return content, key | rules_of(cells.rules, ("scoring",))
