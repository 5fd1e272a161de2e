"""What is remarked of a question's writing, and what is not, though it looks like it."""

import pytest

from quizzes.bank.flaws import flaws


def choice(right: str, *wrong: str) -> tuple[dict, dict]:
    texts = [right, *wrong]
    return {"options": [{"id": str(place), "text": text} for place, text in enumerate(texts)]}, {"correct": "0"}


PLAIN = choice("81 days", "18 days", "45 days", "60 days")


@pytest.mark.parametrize(
    ("stem", "made", "expected"),
    [
        ("How long was he held?", PLAIN, []),
        # negatives
        ("Which of these did he not build?", choice("A bridge", "A tower", "A nest"), ["negative"]),
        ("Which of these did he NOT build?", choice("A bridge", "A tower", "A nest"), []),
        ("All of these are named except one. Which?", choice("A bridge", "A tower", "A nest"), ["negative"]),
        ("Which isn't named?", choice("A bridge", "A tower", "A nest"), ["negative"]),
        ("Who said “I will not leave”?", choice("Ann", "Ben", "Cyd"), []),
        ("Which note did he leave in the notary's office?", choice("A plea", "A list", "A song"), []),
        # all and none of the above
        ("What did he do?", choice("All of the above", "He wrote", "He sang", "He drew"), ["all-of-the-above"]),
        ("What did he do?", choice("He wrote", "He sang", "None of these."), ["none-of-the-above"]),
        ("What did he draw?", choice("All of China", "One town", "Two towns"), []),
        # the longest is the key
        (
            "Why did he go?",
            choice("Because the officials of the town had closed his studio", "He was ill", "He was bored", "To rest"),
            ["longest"],
        ),
        ("Why did he go?", choice("He wished to rest", "He was ill", "He was bored"), []),
        (
            "Why did he go?",
            choice("Ill", "Because his studio had been closed by the town", "Because he was to teach abroad", "Rest"),
            ["lengths"],
        ),
        # words of the stem repeated in the key
        ("Where did the volunteers search?", choice("In volunteers' towns", "In the villages", "In ports"), ["echo"]),
        ("Where did the volunteers search?", choice("Volunteers' homes", "A volunteers' school", "Ports"), []),
        ("What stood there in 2008?", choice("A hall of 2008", "A tower", "A gate"), []),
        # absolute words
        ("What did he say?", choice("That he could go", "That he would never go", "That he fell ill"), ["absolute"]),
        ("What did he say?", choice("He never goes", "He always goes", "He goes at times"), []),
        ("What did he say?", choice("He will overall agree", "He will be generally late", "He goes"), []),
        # options that overlap
        ("How many?", choice("10 to 20", "20 to 30", "40 to 50"), ["overlap"]),
        ("How many?", choice("10-19", "20-29", "30-39"), []),
        ("How many?", choice("1,000 to 2,000 names", "1,500–3,000 names", "4,000 to 5,000 names"), ["overlap"]),
    ],
)
def test_what_is_remarked_of_a_choice(stem: str, made: tuple[dict, dict], expected: list[str]) -> None:
    found = flaws("choice", stem, *made)
    assert [each.rule for each in found] == expected
    assert all(each.found.endswith(".") and each.why.endswith(".") for each in found)


@pytest.mark.parametrize(
    ("type", "stem", "expected"),
    [
        ("true-false", "True or false: he always wrote at night.", ["absolute"]),
        ("true-false", "True or false: he wrote at night.", []),
        ("true-false", "True or false: he did not write.", ["negative"]),
        ("short", "What did he not write?", ["negative"]),
        ("essay", "Why did he not leave? Write at least ten lines.", []),
        ("numeric", "How many names did all the lists hold?", []),
    ],
)
def test_what_is_remarked_of_other_types(type: str, stem: str, expected: list[str]) -> None:
    assert [each.rule for each in flaws(type, stem, {}, {"correct": True})] == expected


def test_sources_are_named_and_not_worded() -> None:
    made = choice("The long-named Harbour News of the eastern coast", "Log", "Letter")
    assert flaws("which-source", "Which source speaks of the harbour?", *made) == []


def test_several_right_options_are_looked_at_together() -> None:
    content, _key = choice("A very long right answer, told at length", "Short one", "A long wrong answer of its own")
    assert flaws("multiple", "What did he do?", content, {"correct": ["0", "1"]}) == []
