"""How well the screening finds what it looks for, on posts that it was not tuned on."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from classroom.screening.matching import Kind, WordList, screen
from classroom.screening.matching.lists import site_allowed, site_entries

POSTS = Path(__file__).parents[1] / "classroom" / "screening"
# What the film's own texts call somebody on another service.
KNOWN = {"aiww"}
# The labels' word for what the lists of words are for. No list looks for unkindness without a rude word.
RUDE, UNKIND = "rude", "unkind"
KINDS = (RUDE, *(kind.value for kind in Kind if kind is not Kind.WORD), UNKIND)


def labelled(half: str) -> list[dict[str, str | list[str]]]:
    """The posts of one half, "tuning" or "frozen", with the kinds that a person has found in each."""
    lines = (POSTS / f"posts-{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def count(posts: Sequence[dict[str, str | list[str]]]) -> dict[str, tuple[int, int, int]]:
    """By kind: found and there, found and not there, there and not found."""
    words = WordList(site_entries(), site_allowed())
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for post in posts:
        matches = screen(str(post["text"]), words, known=KNOWN)
        found = {RUDE if each.kind is Kind.WORD else each.kind.value for each in matches}
        there = set(post["kinds"])
        right.update(found & there)
        wrong.update(found - there)
        missed.update(there - found)
    return {kind: (right[kind], wrong[kind], missed[kind]) for kind in KINDS}


def main() -> None:
    posts = labelled("frozen")
    clean = sum(not post["kinds"] for post in posts)
    print(f"screening, {len(posts)} posts of the frozen half, {clean} of them with nothing in them")
    print(f"{'kind':12}{'precision':>10}{'recall':>8}{'posts':>7}")
    for kind, (right, wrong, missed) in count(posts).items():
        precision = f"{right / (right + wrong):.2f}" if right + wrong else "-"
        recall = f"{right / (right + missed):.2f}" if right + missed else "-"
        print(f"{kind:12}{precision:>10}{recall:>8}{right + missed:>7}")


if __name__ == "__main__":
    main()
