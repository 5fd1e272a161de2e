"""What ties an exported question to the bank and the ledger: readable lines at the end of its feedback.

    Question: never-sorry/quake-students, version 3
    Fact: 5,212 students died. [never-sorry/quake-students]
    Source: CineVue, paragraph 4 [never-sorry/cinevue ¶4]
    Fact 1: Ai was held for 81 days. [never-sorry/held-days]
    Source: The Epoch Times, paragraph 12 [never-sorry/epoch ¶12]

A fact with a number is one that the texts cite, as ``[fact 1]``; the question rests on those without.

They survive another system's editor, and are found again when the question comes back.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from quizzes.interchange.records import FactTie, Record

_SLUG: Final = r"[A-Za-z0-9_-]{1,80}"
_QUESTION: Final = re.compile(rf"Question: ({_SLUG})/({_SLUG}), version (\d{{1,6}})")
_FACT: Final = re.compile(rf"Fact: (.*) ?\[({_SLUG})/({_SLUG})\]")
_CITED: Final = re.compile(rf"Fact (\d{{1,3}}): (.*) ?\[({_SLUG})/({_SLUG})\]")
_SOURCE: Final = re.compile(rf"Source: .* \[{_SLUG}/{_SLUG} ¶\d{{1,6}}\]")
_FACT_TAG: Final = re.compile(rf"fact:({_SLUG})/({_SLUG})")
_TYPE_TAG: Final = re.compile(r"type:([a-z-]{1,20})")
MOST_FACTS: Final = 50


@dataclass(frozen=True, slots=True)
class Tied:
    """A text without its tying lines, and what they say."""

    text: str
    film: str = ""
    question: str = ""
    version: int = 0
    facts: tuple[FactTie, ...] = ()
    cited: tuple[FactTie, ...] = ()


def tied(record: Record) -> str:
    """The explanation of a question, its citations numbered, with the lines that tie it."""
    lines = []
    if record.film and record.question:
        lines.append(f"Question: {record.film}/{record.question}, version {record.version}")
    for fact in (*record.facts, *record.cited):
        number = f" {fact.mark}" if fact.mark else ""
        lines.append(f"Fact{number}: {_one_line(fact.statement)} [{fact.address}]")
        lines += [
            f"Source: {_one_line(each.name)}, paragraph {each.paragraph} [{fact.film}/{each.key} ¶{each.paragraph}]"
            for each in fact.sources
        ]
    parts = [record.explanation.strip(), "\n".join(lines)]
    return "\n\n".join(part for part in parts if part)


def untied(text: str) -> Tied:
    """The text without the tying lines at its end."""
    lines = text.strip().split("\n")
    film, question, version = "", "", 0
    facts: list[FactTie] = []
    cited: list[FactTie] = []
    while lines:
        line = lines[-1].strip()
        if found := _QUESTION.fullmatch(line):
            film, question, version = found.group(1), found.group(2), int(found.group(3))
        elif found := _FACT.fullmatch(line):
            facts.append(FactTie(found.group(2), found.group(3), found.group(1).strip()))
        elif found := _CITED.fullmatch(line):
            cited.append(FactTie(found.group(3), found.group(4), found.group(2).strip(), mark=int(found.group(1))))
        elif line and not _SOURCE.fullmatch(line):
            break
        lines.pop()
    unique = {fact.address: fact for fact in reversed(facts)}
    resting, citing = tuple(unique.values())[:MOST_FACTS], tuple(reversed(cited))[:MOST_FACTS]
    return Tied("\n".join(lines).strip(), film, question, version, resting, citing)


def tags_of(record: Record) -> list[str]:
    """The tags under which another system files the question: its facts and its own."""
    return [*(f"fact:{fact.address}" for fact in record.facts), *record.tags]


def with_tagged_facts(facts: tuple[FactTie, ...], tags: Iterable[str]) -> tuple[tuple[FactTie, ...], list[str], str]:
    """The facts with those that tags name, the other tags, and the type that a tag names."""
    found, others, type_ = {fact.address: fact for fact in facts}, [], ""
    for tag in tags:
        if fact := _FACT_TAG.fullmatch(tag.strip()):
            found.setdefault(f"{fact.group(1)}/{fact.group(2)}", FactTie(fact.group(1), fact.group(2)))
        elif named := _TYPE_TAG.fullmatch(tag.strip()):
            type_ = named.group(1)
        elif tag.strip():
            others.append(tag.strip())
    return tuple(found.values())[:MOST_FACTS], list(dict.fromkeys(others)), type_


def _one_line(text: str) -> str:
    return " ".join(text.split())
