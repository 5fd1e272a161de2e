"""One question of each type, and strategies for any question and any answer."""

from typing import Any

from hypothesis import strategies as st

Question = tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]


def labelled(*texts: str, prefix: str = "") -> list[dict[str, str]]:
    """A list of options with the ids a, b, c, ..."""
    return [{"id": f"{prefix}{chr(97 + place)}", "text": text} for place, text in enumerate(texts)]


OPTIONS = {"options": labelled("18 days", "81 days", "1 year", "5 days")}
SOURCES = {"options": labelled("CineVue", "PBS", "Fast Company")}
EDITORS = {"options": labelled("Alison Klayman", "Jennifer Fineran", "Ted Alcorn", "Ilan Isakov", "Colin Jones")}
EVENTS = {"items": labelled("Release", "Detention", "Premiere", "Earthquake")}
FAMILY = {
    "prompts": labelled("father", "mother", "wife", prefix="p"),
    "options": labelled("Gao Ying", "Lu Qing", "Ai Qing", "Wang Fen", prefix="o"),
}

RUBRIC = {
    "rubric": [
        {"id": "a", "text": "Names a source", "points": 2},
        {"id": "b", "text": "Weighs what it says", "points": 3},
    ]
}
GAPPED = {
    "text": "Held for [[days]] from [[from]] on, he was let go on [[bail]] and wrote in [[town]].",
    "gaps": [
        {"id": "days", "type": "numeric", "content": {"unit": "day"}},
        {"id": "from", "type": "date", "content": {"precision": "day"}},
        {"id": "bail", "type": "choice", "content": {"options": labelled("bail", "parole", "a whim")}},
        {"id": "town", "type": "short", "content": {}},
    ],
}
GAP_KEYS = {
    "gaps": {
        "days": {"key": {"value": 81}, "points": 2},
        "from": {"key": {"value": "2011-04-03"}},
        "bail": {"key": {"correct": "a"}},
        "town": {"key": {"accept": ["Beijing"], "typos": True, "reject": ["Nanjing"]}},
    }
}
FILLED = {
    "gaps": {
        "days": {"number": "81"},
        "from": {"date": "3 April 2011"},
        "bail": {"option": "a"},
        "town": {"text": "beijing"},
    }
}

# type, content, key, an answer that is fully right
QUESTIONS: list[Question] = [
    ("choice", OPTIONS, {"correct": "b"}, {"option": "b"}),
    ("which-source", SOURCES, {"correct": "c"}, {"option": "c"}),
    ("multiple", EDITORS, {"correct": ["a", "b"], "scoring": "right-minus-wrong"}, {"options": ["b", "a"]}),
    ("multiple", EDITORS, {"correct": ["a", "b"], "scoring": "all-or-nothing"}, {"options": ["a", "b"]}),
    ("true-false", {}, {"correct": False}, {"value": False}),
    ("numeric", {"unit": "day"}, {"value": 81, "tolerance": 0}, {"number": "81"}),
    ("numeric", {"unit": ""}, {"value": 7.5}, {"number": "7,5"}),
    ("date", {"precision": "day"}, {"value": "2011-04-03"}, {"date": "April 3, 2011"}),
    ("date", {"precision": "month"}, {"value": "2011-04"}, {"date": "2011-04"}),
    ("date", {"precision": "year"}, {"value": "2011"}, {"date": "2011"}),
    ("date", {"precision": "day-of-year"}, {"value": "--07-27"}, {"date": "27 July"}),
    ("short", {}, {"accept": ["Bird's Nest", "Beijing National Stadium"]}, {"text": "the birds nest"}),
    (
        "matching",
        FAMILY,
        {"pairs": {"pa": "oc", "pb": "oa", "pc": "ob"}},
        {"pairs": {"pa": "oc", "pb": "oa", "pc": "ob"}},
    ),
    ("ordering", EVENTS, {"order": ["d", "b", "a", "c"]}, {"order": ["d", "b", "a", "c"]}),
    ("ordering", EVENTS, {"order": ["d", "b", "a", "c"], "scoring": "position"}, {"order": ["d", "b", "a", "c"]}),
    ("blanks", GAPPED, GAP_KEYS, FILLED),
    ("short-text", {}, RUBRIC, {"text": "One sentence."}),
    (
        "essay",
        {"least_words": 2, "most_words": 300},
        {**RUBRIC, "model": "See the passages."},
        {"text": "Two\n\nparts."},
    ),
    # What a key may say beside the right answer
    ("choice", OPTIONS, {"correct": "b", "weights": {"c": 1, "d": 0.25}}, {"option": "b"}),
    ("choice", OPTIONS, {"correct": "b", "weights": {"a": -0.5, "c": -1}, "below_zero": True}, {"option": "b"}),
    ("multiple", EDITORS, {"correct": ["a", "b"], "below_zero": True}, {"options": ["a", "b"]}),
    ("multiple", EDITORS, {"correct": ["a", "b"], "scoring": "per-option"}, {"options": ["a", "b"]}),
    (
        "multiple",
        EDITORS,
        {"correct": ["a", "b"], "scoring": "weights", "weights": {"a": 0.7, "b": 0.2, "c": -1}, "below_zero": True},
        {"options": ["a", "b"]},
    ),
    ("true-false", {}, {"correct": True, "penalty": 1}, {"value": True}),
    ("numeric", {"unit": "day"}, {"least": 76, "most": 107}, {"number": "81"}),
    ("numeric", {"unit": "child"}, {"least": 5000}, {"number": "more than 5,000"}),
    ("numeric", {"unit": "child"}, {"value": 5000, "relative": 0.1}, {"number": "5500"}),
    ("numeric", {"unit": "day"}, {"value": 81, "also": [{"value": 3, "unit": "month"}]}, {"number": "3 months"}),
    ("numeric", {"unit": "day"}, {"value": 7, "units": {"week": 7, "hour": 0.0416667}}, {"number": "168 hours"}),
    (
        "numeric",
        {"unit": "", "asks_unit": True},
        {"value": 81, "unit": "day", "unit_penalty": 0.5},
        {"number": "81 days"},
    ),
    ("date", {"precision": "day"}, {"value": "2011-04-03", "partial": False}, {"date": "2011-04-03"}),
    ("short", {}, {"accept": ["help*design", "co-design*"], "wildcards": True}, {"text": "Helped to design"}),
    ("short", {}, {"accept": ["Klayman"], "typos": True, "reject": ["Kleiman"]}, {"text": "Klaymann"}),
    ("short", {}, {"accept": ["顾长卫", "Gu Changwei"]}, {"text": "顧長衛"}),
    (
        "matching",
        FAMILY,
        {"pairs": {"pa": "oc", "pb": "oa", "pc": "ob"}, "scoring": "all-or-nothing"},
        {"pairs": {"pa": "oc", "pb": "oa", "pc": "ob"}},
    ),
]

questions = st.sampled_from(QUESTIONS)

FIELDS = ["option", "options", "value", "number", "date", "text", "pairs", "order", "gaps"]

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["a", "b", "pa", "oa", "81", "2011", "days", "short", "[[a]]", "\x00", "\ud800", "x" * 1000]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [*FIELDS, "id", "a", "pa", "correct", "days", "type", "content", "key", "accept", "rubric", "points"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@st.composite
def hostile_answers(draw: st.DrawFn) -> object:
    """Any JSON, or the right field with any JSON in it."""
    field = draw(st.sampled_from(FIELDS))
    return draw(json_values | st.fixed_dictionaries({field: json_values}))


TYPED = {
    "numeric": st.integers(-200, 200).map(str) | st.sampled_from(["81 days", "7.5", "many", "3 months", ""]),
    "date": st.dates().map(str) | st.sampled_from(["2011", "April 2011", "3 April 2011", "once"]),
    "short": st.sampled_from(["birds nest", "Tate", " ", "Klayman", "Kleyman", "顧長衛"]),
    "essay": st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30),
}


def answers_to(question: Question) -> st.SearchStrategy[dict[str, Any]]:
    """Answers that a page could send to the question."""
    question_type, content, _, right = question
    ids = [entry["id"] for entry in content.get("options", content.get("items", []))]
    any_id, some_ids = st.sampled_from(ids or ["a"]), st.lists(st.sampled_from(ids or ["a"]), unique=True)
    prompts = st.sampled_from([entry["id"] for entry in content.get("prompts", [{"id": "p"}])])
    filled = [st.just((gap, answer)) for gap, answer in right.get("gaps", {}).items()]
    fields: dict[str, st.SearchStrategy[Any]] = {
        "option": any_id,
        "options": some_ids,
        "order": some_ids,
        "value": st.booleans(),
        "number": TYPED["numeric"],
        "date": TYPED["date"],
        "text": TYPED["short" if question_type == "short" else "essay"],
        "pairs": st.dictionaries(prompts, any_id | st.just("")),
        "gaps": st.lists(st.one_of(filled), max_size=4).map(dict) if filled else st.just({}),
    }
    return st.fixed_dictionaries({field: fields[field] for field in right})


@st.composite
def answered_questions(draw: st.DrawFn) -> tuple[Question, dict[str, Any]]:
    """A question with an answer to it."""
    question = draw(questions)
    return question, draw(answers_to(question))
