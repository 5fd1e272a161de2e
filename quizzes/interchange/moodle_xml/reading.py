"""Moodle XML into records. Whatever the text, the answer is records and faults with their lines."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from classroom.library.values.numbers import plain_number
from quizzes.interchange import making
from quizzes.interchange.citing import marked
from quizzes.interchange.feedback import fed
from quizzes.interchange.gift.reading import ORDER_RULES
from quizzes.interchange.making import Answer, Made
from quizzes.interchange.markup import looks_like_html, plain_text
from quizzes.interchange.moodle_xml.cloze import read_cloze, split_stem
from quizzes.interchange.moodle_xml.rubrics import read_rubric
from quizzes.interchange.reading import Deadline, Node, checked, read_xml
from quizzes.interchange.records import Fault, Reading, Record, Refused, Unreadable
from quizzes.interchange.ties import untied, with_tagged_facts

# Numbers that stand for the rules of Moodle's ordering type, where a file has no words for them.
_ORDER_NUMBERS: Final = {"-1": "ALL_OR_NOTHING", "0": "ABSOLUTE_POSITION", "1": "RELATIVE_NEXT_EXCLUDE_LAST"}
_WHOLE: Final = (("right", "correctfeedback"), ("partly", "partiallycorrectfeedback"), ("wrong", "incorrectfeedback"))


def read(text: str, deadline: Deadline | None = None) -> Reading:
    """All questions of a document. Raises `Unreadable` for what is no such document, or not to be trusted."""
    deadline = deadline or Deadline()
    root = read_xml(checked(text), deadline)
    if root.tag not in {"quiz", "question"}:
        raise Unreadable(f"Line {root.line}: the root is <{root.tag}>, and Moodle XML has <quiz>.")
    found = Reading()
    for node in [root] if root.tag == "question" else root.children:
        deadline.check()
        if node.tag == "question":
            _take(node, found)
        else:
            found.told.append(Fault(node.line, "", f"<{node.tag[:40]}> is passed over: it is no question."))
    return found


def _take(node: Node, found: Reading) -> None:
    type_ = node.attributes.get("type", "")
    if type_ == "category":
        name = _text(node.first("category"))[:100]
        found.told.append(Fault(node.line, "", f"The category “{name}” is not kept: questions here have tags."))
        return
    name = _text(node.first("name"))[:200]
    try:
        found.records.append(marked(_Question(node, type_, name).record()))
    except Refused as fault:
        found.faults.append(Fault(node.line, name, str(fault)))


def _text(node: Node | None) -> str:
    """What an element says, in its own <text> or by itself."""
    if node is None:
        return ""
    inner = node.first("text")
    return inner.text if inner else node.text


class _Question:
    """One <question>."""

    def __init__(self, node: Node, type_: str, name: str) -> None:
        self.node, self.type, self.name = node, type_, name
        self.lost: list[str] = []
        self.explained: list[Answer] = []

    def record(self) -> Record:
        if self.type not in _READERS:
            raise Refused(_why_not(self.type))
        if any(each.tag == "file" for each in self.node.walk()):
            raise Refused("It holds a file, such as a picture or a sound, which a question here cannot hold.")
        stem = self.words(self.node.first("questiontext"))
        type_, made = _READERS[self.type](self)
        if type_ == "blanks":
            stem = split_stem(stem)[0] or self.name or "Fill in the gaps."
        if not stem:
            raise Refused("It asks nothing: its text is empty.")
        tie = untied(self.words(self.node.first("generalfeedback")))
        tags = [_text(tag) for tag in (self.node.first("tags") or self.node).all("tag")]
        facts, others, wanted = with_tagged_facts(tie.facts, tags)
        type_, (content, key) = making.retyped(type_, wanted, made)
        self._say_what_else()
        whole = {mark: self.words(self.node.first(name)) for mark, name in _WHOLE}
        feedback, left = fed(type_, (content, key), self.explained, whole)
        return Record(
            line=self.node.line,
            name=self.name,
            film=tie.film,
            question=tie.question or self.node.value("idnumber"),
            version=tie.version,
            type=type_,
            stem=stem,
            content=content,
            key=key,
            explanation=making.with_feedback(tie.text, left),
            feedback=feedback,
            hints=tuple(hint for each in self.node.all("hint") if (hint := " ".join(self.words(each).split()))),
            points=self.points(),
            tags=tuple(others),
            facts=facts,
            cited=tie.cited,
            lost=tuple(dict.fromkeys(self.lost)),
        )

    def words(self, node: Node | None) -> str:
        """The text of an element, HTML reduced."""
        text = _text(node)
        fmt = node.attributes.get("format", "") if node else ""
        if fmt in {"html", "moodle_auto_format", ""} and looks_like_html(text):
            text, lost = plain_text(text)
            self.lost += lost
        elif fmt == "html":
            text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
        elif fmt == "markdown":
            self.lost.append("Markdown is kept as its author typed it, stars and all.")
        return text

    def points(self) -> Decimal:
        given = self.node.value("defaultgrade")
        if not given:
            return Decimal(1)
        points = round(making.decimal(given, "grade"), 2)
        if not 0 < points <= 1000:
            raise Refused(f"It gives {given} points; here a question gives more than 0 and 1,000 at most.")
        return points

    def answers(self, *, largest: int = 100) -> list[Answer]:
        """The <answer> elements with their shares."""
        found = []
        for node in self.node.all("answer"):
            share = making.decimal(node.attributes.get("fraction", "0") or "0", "fraction") / largest
            if largest == 100 and not -1 <= share <= 1:
                raise Refused(f"Line {node.line}: a fraction of {share * 100:f} is outside -100 to 100.")
            found.append(Answer(self.words(node), share, self.words(node.first("feedback")), node.value("tolerance")))
        return found

    def _say_what_else(self) -> None:
        if self.node.value("hidden") not in {"", "0"}:
            self.lost.append("It is hidden in Moodle; here it is a question like any other.")

    # --- By type -------------------------------------------------------------------------------------------------

    def multichoice(self) -> tuple[str, Made]:
        self.explained = self.answers()
        if self.node.value("single").casefold() in {"true", "1", ""}:
            return "choice", making.single(self.explained)
        return "multiple", making.several(self.explained)

    def true_false(self) -> tuple[str, Made]:
        self.explained = self.answers()
        right = [answer.text.casefold() for answer in self.explained if answer.share > 0]
        if right not in (["true"], ["false"]):
            raise Refused("Neither “true” nor “false” alone is right.")
        return "true-false", making.true_false(right == ["true"])

    def short(self) -> tuple[str, Made]:
        self.explained = self.answers()
        made, lost = making.short(self.explained, case=self.node.value("usecase") == "1")
        self.lost += lost
        return "short", made

    def numeric(self) -> tuple[str, Made]:
        self.explained = self.answers()
        units = (self.node.first("units") or Node("units", 0)).all("unit")
        own, others = _units(units)
        (content, key), lost = making.numeric([each for each in self.explained if each.text != "*"], unit=own)
        self.lost += lost
        if others:
            key["units"] = others
        if own and self.node.value("unitgradingtype") not in {"", "0"}:
            penalty = making.decimal(self.node.value("unitpenalty") or "1", "unit penalty")
            content = {"unit": "", "asks_unit": True}
            key |= {"unit": own, "unit_penalty": plain_number(min(max(penalty, Decimal(0)), Decimal(1)))}
        return "numeric", (content, key)

    def matching(self) -> tuple[str, Made]:
        pairs = [(self.words(each), _text(each.first("answer"))) for each in self.node.all("subquestion")]
        return "matching", making.matching(pairs)

    def ordering(self) -> tuple[str, Made]:
        answers = sorted(self.answers(largest=1), key=lambda answer: answer.share)
        self.explained = answers
        rule = self.node.value("gradingtype")
        rule = _ORDER_NUMBERS.get(rule, rule)
        if rule and rule not in ORDER_RULES:
            self.lost.append(f"The rule of marking {rule[:40]} is not known here: neighbours that are kept count.")
        return "ordering", making.ordering([answer.text for answer in answers], ORDER_RULES.get(rule, ""))

    def cloze(self) -> tuple[str, Made]:
        text = split_stem(self.words(self.node.first("questiontext")))[1]
        made, self.explained = read_cloze(text, self.lost)
        return "blanks", made

    def essay(self) -> tuple[str, Made]:
        rubric, model = read_rubric(self.words(self.node.first("graderinfo")))
        if not rubric:
            self.lost.append("It has no rubric: it gets one line for the whole answer.")
        if self.node.value("attachments") not in {"", "0"}:
            self.lost.append("Students cannot attach files here.")
        if self.words(self.node.first("responsetemplate")):
            self.lost.append("The text that students would start from is not kept.")
        least, most = (_whole(self.node.value(name)) for name in ("minwordlimit", "maxwordlimit"))
        return "essay", making.written(rubric, model, least, most)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _units(nodes: list[Node]) -> tuple[str, dict[str, float | int]]:
    """The question's own unit, whose multiplier is 1, and how much of it each other unit is.

    Moodle's multiplier says the reverse: with metres at 1, centimetres stand at 100.
    """
    found = [(node.value("unit_name"), making.decimal(node.value("multiplier") or "1", "multiplier")) for node in nodes]
    own = next((name for name, multiplier in found if multiplier == 1), "")
    others = {}
    for name, multiplier in found:
        if name != own and multiplier > 0:
            others[name] = plain_number(Decimal(f"{1 / multiplier:.10g}"))
    return own, others


def _why_not(type_: str) -> str:
    reasons = {
        "description": "It is a description, which asks nothing.",
        "": "It names no type.",
        "random": "It draws another question by chance: make such a draw in a quiz here.",
        "randomsamatch": "It draws other questions by chance: make such a draw in a quiz here.",
    }
    return reasons.get(type_, f"Questions of the type “{type_[:40]}” are not known here.")


_READERS: Final[dict[str, Callable[[_Question], tuple[str, Made]]]] = {
    "multichoice": _Question.multichoice,
    "truefalse": _Question.true_false,
    "shortanswer": _Question.short,
    "numerical": _Question.numeric,
    "matching": _Question.matching,
    "match": _Question.matching,
    "ordering": _Question.ordering,
    "cloze": _Question.cloze,
    "multianswer": _Question.cloze,
    "essay": _Question.essay,
}
