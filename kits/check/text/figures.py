"""Figures in a text: digits, number words, and the shorthand of journalists ("5K", "US$2.4 million", "1 hr 31 min").

Two readings of one text: `figures_in` finds what a writer states as a figure, and is sparing ("one of them" states
none); `amounts_in` finds every amount that a text could stand for, and is generous. A figure is borne out by a source
where one of the source's amounts equals it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from classroom.library.values.numbers import read_number
from kits.check.text.words import plain

DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
TOKEN = re.compile(rf"(?<![a-z])(?P<digits>{DIGITS})(?P<suffix>[a-z]*)|(?P<word>[a-z]+)", re.ASCII)
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
SUFFIXES = {"k": 1000, "m": 10**6, "bn": 10**9}
_NUMBER_WORDS = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety zero dozen
"""
NUMBER_WORDS = frozenset(_NUMBER_WORDS.split()) | frozenset(SCALES)
_ORDINALS = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
"""
ORDINALS = _ORDINALS.split()
# Words of which a figure may be made, with every amount that they may stand for.
VAGUE = {
    "half": ("0.5",),
    "twice": ("2",),
    "both": ("2",),
    "couple": ("2",),
    "pair": ("2",),
    "double": ("2",),
    "hundreds": ("100", "200"),
    "thousands": ("1000", "2000"),
    "millions": ("1000000", "2000000"),
    "dozens": ("12", "24"),
    "decade": ("10",),
    "decades": ("10", "20"),
    "century": ("100",),
    "fortnight": ("14", "2"),
}
HALF_OF_A_YEAR = re.compile(r"\bhalf[\s-]+(?:an?[\s-]+)?year")
AND_A_HALF = re.compile(r"\b(?P<whole>an?|[a-z]+|\d+)\s+(?:\w+\s+)?and\s+a\s+half\b(?:\s+(?P<unit>years?))?")
HOURS_AND_MINUTES = re.compile(
    r"\b(?P<hours>\d+)\s*(?:h|hrs?|hours?)\b[\s,]*(?:and\s+)?(?P<minutes>\d+)\s*(?:m|mins?|minutes?)\b"
)
# The writer's "one" is seldom a figure, nor are "first" and "second".
NO_FIGURES = frozenset({Decimal(0), Decimal(1)})


@dataclass(frozen=True)
class Figure:
    """A figure as written, and its amount; `in_digits` tells the two ways of writing apart."""

    written: str
    amount: Decimal
    in_digits: bool


def figures_in(text: str, *, digits_only: bool = False) -> list[Figure]:
    """The figures that a writer states, in order."""
    figures = _numerals(plain(text).lower())
    return [each for each in figures if each.in_digits or not (digits_only or each.amount in NO_FIGURES)]


def amounts_in(text: str) -> frozenset[Decimal]:
    """Every amount that the text could stand for. One is always among them: "a", "the" and "one" are everywhere."""
    lowered = plain(text).lower()
    amounts = {Decimal(1)}
    for figure in _numerals(lowered):
        amounts.add(figure.amount)
        # "2.4 million" is also 2.4; "one hundred million" also 100.
        amounts.update(part.amount for part in _numerals(figure.written.partition(" ")[0]))
    for word in re.findall(r"[a-z]+", lowered):
        amounts.update(map(Decimal, VAGUE.get(word, ())))
        if word in ORDINALS:
            amounts.add(Decimal(ORDINALS.index(word) + 1))
    amounts.update(_composed(lowered))
    return frozenset(amounts)


def _composed(lowered: str) -> Iterator[Decimal]:
    if HALF_OF_A_YEAR.search(lowered):
        yield Decimal(6)
    for match in HOURS_AND_MINUTES.finditer(lowered):
        yield Decimal(match["hours"]) * 60 + Decimal(match["minutes"])
    for match in AND_A_HALF.finditer(lowered):
        whole = _read(match["whole"])
        if whole is not None:
            yield whole + Decimal("0.5")
            # A year and a half is eighteen months as well.
            yield (whole + Decimal("0.5")) * 12


def _numerals(lowered: str) -> Iterator[Figure]:
    """Maximal runs that write one number: digits with a scale behind them, or number words."""
    tokens = list(TOKEN.finditer(lowered))
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token["digits"]:
            figure, index = _from_digits(tokens, index)
            yield figure
        elif token["word"] in NUMBER_WORDS:
            figures, index = _from_words(lowered, tokens, index)
            yield from figures
        else:
            index += 1


def _from_digits(tokens: list[re.Match[str]], index: int) -> tuple[Figure, int]:
    token = tokens[index]
    amount = Decimal(token["digits"].replace(",", "")) * SUFFIXES.get(token["suffix"], 1)
    written, index = token[0], index + 1
    while index < len(tokens) and tokens[index]["word"] in SCALES and not token["suffix"]:
        amount *= SCALES[tokens[index]["word"]]
        written, index = f"{written} {tokens[index]['word']}", index + 1
    return Figure(written, amount, in_digits=True), index


def _from_words(text: str, tokens: list[re.Match[str]], index: int) -> tuple[list[Figure], int]:
    start = end = index
    while end < len(tokens) and tokens[end]["word"] and _joins(text, tokens, start, end):
        end += 1
    run = [token["word"] for token in tokens[start:end]]
    while run[-1] == "and":
        run, end = run[:-1], end - 1
    whole = _read(" ".join(run))
    if whole is None:
        # "hundred" without a number before it: read "a hundred".
        whole = _read(f"a {' '.join(run)}")
    if whole is not None:
        return [Figure(" ".join(run), whole, in_digits=False)], end
    parts = [(word, _read(word)) for word in run]
    return [Figure(word, amount, in_digits=False) for word, amount in parts if amount is not None], end


def _joins(text: str, tokens: list[re.Match[str]], start: int, here: int) -> bool:
    """Whether the word at `here` belongs to the number that begins at `start`: only blanks and hyphens between."""
    word = tokens[here]["word"]
    if word not in NUMBER_WORDS and not (word == "and" and here > start and tokens[here - 1]["word"] in SCALES):
        return False
    return here == start or not text[tokens[here - 1].end() : tokens[here].start()].strip(" \t\n-‐‑–")


def _read(written: str) -> Decimal | None:
    try:
        return read_number(written)
    except ValueError:
        return None
