"""What these tests share: a quiz with one question of each type, and how a page's form is read and sent."""

import uuid
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.test.utils import CaptureQueriesContext

from classroom.library.models import Film
from quizzes.bank.models import Question
from quizzes.delivery.layouts import Layout
from quizzes.delivery.models import Attempt, Response
from tests import factories

CANARY = "canary-9f3b"
Example = tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]


def _labelled(prefix: str, *texts: str) -> list[dict[str, str]]:
    return [{"id": f"{prefix}{place}", "text": text} for place, text in enumerate(texts)]


RUBRIC = {"rubric": [{"id": "r1", "text": f"{CANARY} names the keeper", "points": 2}]}

# type, content, key with a canary wherever the type has room for one, and an answer that is fully right
EXAMPLES: list[Example] = [
    ("choice", {"options": _labelled("o", "18 nights", "81 nights", "5 nights")}, {"correct": "o1"}, {"option": "o1"}),
    ("which-source", {"options": _labelled("s", "Log", "News")}, {"correct": "s0"}, {"option": "s0"}),
    (
        "multiple",
        {"options": _labelled("m", "Ann", "Ben", "Cy")},
        {"correct": ["m0", "m2"]},
        {"options": ["m0", "m2"]},
    ),
    ("true-false", {}, {"correct": False}, {"value": False}),
    ("numeric", {"unit": "night"}, {"value": 987654, "tolerance": 0}, {"number": "987654"}),
    ("date", {"precision": "day"}, {"value": "1897-10-13"}, {"date": "13 October 1897"}),
    ("short", {}, {"accept": [f"{CANARY} lamp", "Fresnel lens"]}, {"text": "fresnel lens"}),
    (
        "matching",
        {"prompts": _labelled("p", "keeper", "owner"), "options": _labelled("x", "Ann", "Ben", "Cy")},
        {"pairs": {"p0": "x2", "p1": "x0"}},
        {"pairs": {"p0": "x2", "p1": "x0"}},
    ),
    (
        "ordering",
        {"items": _labelled("i", "Lit", "Built", "Sold")},
        {"order": ["i1", "i0", "i2"]},
        {"order": ["i1", "i0", "i2"]},
    ),
    (
        "blanks",
        {
            "text": "Kept by [[g1]] for [[g2]] from [[g3]] on, with a [[g4]].",
            "gaps": [
                {"id": "g1", "type": "choice", "content": {"options": _labelled("w", "Ann", "Ben")}},
                {"id": "g2", "type": "numeric", "content": {"unit": "night"}},
                {"id": "g3", "type": "date", "content": {"precision": "year"}},
                {"id": "g4", "type": "short", "content": {}},
            ],
        },
        {
            "gaps": {
                "g1": {"key": {"correct": "w1"}},
                "g2": {"key": {"value": 876543}, "points": 2},
                "g3": {"key": {"value": "1811"}},
                "g4": {"key": {"accept": [f"{CANARY} wick", "oil lamp"], "reject": [f"{CANARY} torch"]}},
            }
        },
        {
            "gaps": {
                "g1": {"option": "w1"},
                "g2": {"number": "876543"},
                "g3": {"date": "1811"},
                "g4": {"text": "Oil lamp"},
            }
        },
    ),
    ("short-text", {}, RUBRIC, {"text": "A light\non a rock."}),
    (
        "essay",
        {"least_words": 2, "most_words": 90},
        {**RUBRIC, "model": f"{CANARY} model"},
        {"text": "It was\n\ndark."},
    ),
]
# By type, what is said to the answers above, and to others: a tie that they meet and one that they do not.
TIES = {
    "choice": ("o1", "o0"),
    "which-source": ("s0", "s1"),
    "multiple": ("m0", "m1"),
    "true-false": ("false", "true"),
    "numeric": ("987654", "18"),
    "date": ("October 1897", "1811"),
    "short": ("*lens", "torch*"),
    "blanks": ("g2/876543", "g1/w0"),
}


def feedback_for(type: str) -> dict[str, Any]:
    """Feedback with a canary in each of its texts."""
    said = {mark: f"{CANARY} {mark} said of {type}." for mark in ("right", "partly", "wrong")}
    ties = TIES.get(type, ("p0",) if type == "matching" else ())
    return said | {"answers": [{"to": tie, "text": f"{CANARY} said to {tie} of {type}."} for tie in ties]}


# What rules grade: the others wait for a person.
GRADED = sum(example[0] not in {"short-text", "essay"} for example in EXAMPLES)


def one_of_each(film: Film) -> list[Question]:
    """A question of each type, each with a canary in its explanation and a fact behind it."""
    return [
        factories.make_question(
            film,
            type=type,
            stem=f"Question of type {type}?",
            content=content,
            key=key,
            explanation=f"{CANARY} explains {type}.",
            feedback=feedback_for(type),
            facts=(factories.make_fact(film, statement=f"{CANARY} fact for {type}."),),
        )
        for type, content, key, _right in EXAMPLES
    ]


def right_answers(attempt: Attempt) -> dict[str, list[str]]:
    """The form of an attempt at ``one_of_each``, filled in rightly: names and values as a browser sends them."""
    return form_of(attempt, {position: example[3] for position, example in enumerate(EXAMPLES, 1)})


def form_of(attempt: Attempt, answers: dict[int, dict[str, Any]]) -> dict[str, list[str]]:
    """What a browser sends for these answers, by position; each with the revision that is stored now."""
    sent: dict[str, list[str]] = {"save": [str(uuid.uuid4())]}
    for response in attempt.responses.select_related("version"):
        name = f"q{response.position}"
        sent[f"{name}-revision"] = [str(response.revision)]
        if response.position in answers:
            sent |= fields_of(response, answers[response.position])
    return sent


def fields_of(response: Response, answer: dict[str, Any]) -> dict[str, list[str]]:
    """The fields of one question, filled in with an answer in the bank's own ids."""
    name, layout = f"q{response.position}", Layout(response.layout)
    match response.version.type:
        case "choice" | "which-source":
            return {name: [layout.token_of("options", answer["option"])]}
        case "multiple":
            return {name: [layout.token_of("options", each) for each in answer["options"]]}
        case "true-false":
            return {name: ["true" if answer["value"] else "false"]}
        case "matching":
            return {
                f"{name}-{layout.token_of('prompts', prompt)}": [layout.token_of("options", option)]
                for prompt, option in answer["pairs"].items()
            }
        case "blanks":
            return _gap_fields(name, layout, answer["gaps"])
        case "ordering":
            return {
                f"{name}-{layout.token_of('items', item)}": [str(place)]
                for place, item in enumerate(answer["order"], 1)
            }
        case _:
            return {name: [str(next(iter(answer.values())))]}


def _gap_fields(name: str, layout: Layout, filled: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    sent = {}
    for gap, answer in filled.items():
        ((field, value),) = answer.items()
        value = layout.within(gap).token_of("options", value) if field == "option" else value
        sent[f"{name}-{layout.token_of('gaps', gap)}"] = [value]
    return sent


def save(client: Client, response: Response, answer: dict[str, Any] | None, **sent: Any) -> Any:
    """One save as the script sends it: the answer, the revision that the page has, a key."""
    data: dict[str, Any] = {f"q{response.position}-revision": sent.pop("revision", response.revision)}
    data |= {"save": sent.pop("key", uuid.uuid4())} | (fields_of(response, answer) if answer else {}) | sent
    return client.post(f"/attempts/{response.attempt_id}/responses/{response.position}/", data)


class _Fields(HTMLParser):
    """The fields of a page's forms as a browser without a script would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        name, value = held.get("name") or "", held.get("value") or ""
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea = name
            self.found[name] = [""]
        elif tag == "option" and self._select and "selected" in held:
            self.found.setdefault(self._select, []).append(value)
        elif tag == "input" and name and name != "csrfmiddlewaretoken":
            ticks = held.get("type") in ("radio", "checkbox")
            if not ticks or "checked" in held:
                self.found.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self._textarea:
            # A browser leaves out the line end right behind the tag.
            before = self.found[self._textarea][0]
            self.found[self._textarea] = [before + data if before else data.removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""


def fields_on(html: str) -> dict[str, list[str]]:
    parser = _Fields()
    parser.feed(html)
    return parser.found


def own_queries(queries: CaptureQueriesContext) -> list[str]:
    """Queries beside those of the session, the user, the transaction and the database's clock."""
    found = [each["sql"] for each in queries.captured_queries]
    return [
        sql
        for sql in found
        if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
        and 'FROM "django_session"' not in sql
        and "clock_timestamp" not in sql
        and not ('FROM "classroom_user"' in sql and "quizzes" not in sql)
    ]
