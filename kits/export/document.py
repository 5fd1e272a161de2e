"""A kit in the database as one JSON document: `{film, sources, facts, conflicts, terms, prompts, lessons, quizzes}`.

Facts name their topics, citations their sources, and questions their facts by key. A question has `options`, each with
its text and whether it is correct, where it offers any, and else an `answer`.
"""

from typing import Any

from classroom.library.models import Film
from kits.records.from_database import records_of_film
from kits.records.shapes import Data, Record, Records
from quizzes.grading import key_text, ties_in_words
from quizzes.grading.feedback import MARKS

Json = dict[str, Any]


def export_document(film: Film) -> Json:
    """Everything of a film's kit that is not retired."""
    records = records_of_film(film)
    questions = records["question"]
    return {
        "film": {
            **records["film"][film.key].data,
            "topics": _current(records, "topic"),
            "guidelines": _current(records, "rule"),
        },
        "sources": _current(records, "source"),
        "facts": _current(records, "fact"),
        "conflicts": _current(records, "conflict"),
        "terms": _current(records, "term"),
        "prompts": _current(records, "prompt"),
        "lessons": _current(records, "lesson"),
        "quizzes": [
            {**quiz, "questions": [_question(questions[key].data) for key in quiz["questions"]]}
            for quiz in _current(records, "quiz")
        ],
    }


def _current(records: Records, kind: str) -> list[Data]:
    """The data of one kind, retired elements aside, in the order of the kit."""
    current = [record for record in records[kind].values() if not record.retired]
    return [record.data for record in sorted(current, key=_place)]


def _place(record: Record) -> tuple[int, str]:
    return record.quiet.get("position") or record.data.get("position") or 0, record.data["key"]


def _question(data: Data) -> Json:
    """A question as others read it: the inner ids of options turned into texts."""
    plain = (
        "key",
        "type",
        "stem",
        "points",
        "facts",
        "explanation",
        "hints",
        "difficulty",
        "standards",
        "tags",
        "translations",
    )
    content, answer_key = data["content"], data["answer_key"]
    told = {**{name: data[name] for name in plain}, "feedback": _feedback(data)}
    if "prompts" in content:
        prompts, options = _by_id(content["prompts"]), _by_id(content["options"])
        pairs = answer_key["pairs"]
        matched = [{"prompt": text, "match": options[pairs[name]]} for name, text in prompts.items()]
        return {**told, "choices": list(options.values()), "answer": matched}
    if "options" in content:
        correct = answer_key["correct"]
        right = {correct} if isinstance(correct, str) else set(correct)
        offered = [{"text": each["text"], "correct": each["id"] in right} for each in content["options"]]
        return {**told, "options": offered}
    if "items" in content:
        items = _by_id(content["items"])
        return {**told, "answer": [items[name] for name in answer_key["order"]]}
    if data["type"] == "true-false":
        right = answer_key["correct"]
        return {**told, "options": [{"text": "True", "correct": right}, {"text": "False", "correct": not right}]}
    if "rubric" in answer_key:
        rubric = [{"text": each["text"], "points": each["points"]} for each in answer_key["rubric"]]
        return {**told, **content, "rubric": rubric, "model": answer_key.get("model", "")}
    if "gaps" in content:
        told["text"] = content["text"]
    answer: Json = {"answer": key_text(data["type"], content, answer_key)}
    if "accept" in answer_key:
        answer["accept"] = answer_key["accept"]
    return {**told, **answer}


def _feedback(data: Data) -> Json:
    """What is said to answers, each named by its words as in a kit's files."""
    said = {mark: text for mark, text in data["feedback"].items() if mark in MARKS}
    answers = [
        {"to": each.to, "text": each.text} for each in ties_in_words(data["type"], data["content"], data["feedback"])
    ]
    return said | ({"answers": answers} if answers else {})


def _by_id(entries: list[Json]) -> dict[str, str]:
    return {entry["id"]: entry["text"] for entry in entries}
