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
]

questions = st.sampled_from(QUESTIONS)

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["a", "b", "pa", "oa", "81", "2011", "\x00", "\ud800", "x" * 1000]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["option", "options", "value", "number", "date", "text", "pairs", "order", "id", "a", "pa", "correct"]
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
    field = draw(st.sampled_from(["option", "options", "value", "number", "date", "text", "pairs", "order"]))
    return draw(json_values | st.fixed_dictionaries({field: json_values}))


@st.composite
def answers_to(draw: st.DrawFn, question: Question) -> dict[str, Any]:
    """An answer that a page could send to the question."""
    question_type, content, _, _ = question
    ids = [entry["id"] for entry in content.get("options", content.get("items", []))]
    match question_type:
        case "choice" | "which-source":
            return {"option": draw(st.sampled_from(ids))}
        case "multiple":
            return {"options": draw(st.lists(st.sampled_from(ids), unique=True))}
        case "true-false":
            return {"value": draw(st.booleans())}
        case "numeric":
            return {"number": draw(st.integers(-200, 200).map(str) | st.sampled_from(["81 days", "7.5", "many", ""]))}
        case "date":
            return {"date": draw(st.dates().map(str) | st.sampled_from(["2011", "April 2011", "3 April 2011", "once"]))}
        case "short":
            return {"text": draw(st.sampled_from(["birds nest", "Tate", " "]))}
        case "matching":
            prompts = [entry["id"] for entry in content["prompts"]]
            return {"pairs": draw(st.dictionaries(st.sampled_from(prompts), st.sampled_from([*ids, ""])))}
        case _:
            return {"order": draw(st.lists(st.sampled_from(ids), unique=True))}


@st.composite
def answered_questions(draw: st.DrawFn) -> tuple[Question, dict[str, Any]]:
    """A question with an answer to it."""
    question = draw(questions)
    return question, draw(answers_to(question))
