"""Folding of names and phrases, so that case, accents, width, punctuation and articles make no difference."""

import re
import unicodedata
from typing import Final

ARTICLES: Final = frozenset({"the", "a", "an"})
NEGATIONS: Final = frozenset({"not", "no", "never", "without", "nobody", "nothing", "none", "refuse", "fail", "deny"})

# Words that bear little of a phrase's meaning: with them gone, "helped to design" and "co-designed" agree.
_LIGHT_WORDS: Final = """
    of to in on at by for from with and or as into onto about over under after before during because due that this
    these those it its he she they him her them his hers their theirs was were is are be been being had has have did
    do does down up out off away back so very more most some any all only just also both than then there who which
    whose what when where while if i you we me my your our co help try attempt alleged allegedly possibly
"""
_LIGHT: Final = frozenset(_LIGHT_WORDS.split())
_WORD: Final = re.compile(r"[^\W_]+")
_SUFFIXES: Final = ("ations", "ation", "ings", "ing", "ions", "ion", "ments", "ment", "ied", "ies", "ed", "es", "s")
_IRREGULAR: Final = {
    "took": "take",
    "taken": "take",
    "built": "build",
    "beaten": "beat",
    "kept": "keep",
    "gave": "give",
    "given": "give",
    "held": "hold",
    "sent": "send",
    "left": "leave",
    "made": "make",
    "told": "tell",
    "spoke": "speak",
    "wrote": "write",
    "written": "write",
    "children": "child",
    "people": "person",
    "died": "die",
    "deaths": "die",
    "death": "die",
    "cannot": "not",
}


def fold(text: str, *, keep_case: bool = False) -> str:
    """`text` in one width and case, without accents or punctuation, single-spaced: "Émile's  café!" is "emiles cafe".

    Letters of every script are kept, so that Chinese names can be compared; capitals too where that is asked for.
    """
    text = unicodedata.normalize("NFKC", text).replace("'", "").replace("’", "")
    text = text if keep_case else text.casefold()
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", bare)))


def name_tokens(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without articles and a possessive's s; never empty for a name with letters."""
    spread = re.sub(r"['’]s\b", "", unicodedata.normalize("NFKC", name))
    words = fold(spread).split()
    return tuple(word for word in words if word not in ARTICLES) or tuple(words)


def stem(word: str) -> str:
    """A light English stem, after the idea of Porter's first step: "designed", "designs" and "design" are one."""
    word = _IRREGULAR.get(word, word)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    word = word.removesuffix("e") if len(word) > 3 else word
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def stems(phrase: str) -> frozenset[str]:
    """The stems of a phrase's telling words; all its words where none is telling."""
    words = _spread(phrase)
    telling = [word for word in words if word not in ARTICLES and not word_is_light(word)]
    return frozenset(stem(word) for word in telling or words)


def word_is_light(word: str) -> bool:
    """Whether a folded word, or its stem, bears little meaning of its own."""
    return word in _LIGHT or word.removesuffix("ed").removesuffix("ing") in _LIGHT


def is_negated(phrase: str) -> bool:
    """Whether the phrase denies: an odd number of negations, as in "refused to attend"."""
    words = _spread(phrase)
    roots = {stem(word) for word in NEGATIONS}
    return sum(word in NEGATIONS or stem(word) in roots for word in words) % 2 == 1


def _spread(phrase: str) -> list[str]:
    return fold(phrase.replace("n't", " not").replace("n’t", " not")).split()


def one_edit_apart(first: str, second: str) -> bool:
    """Whether one letter put in, left out, changed, or two neighbours swapped make the words alike."""
    if abs(len(first) - len(second)) > 1 or first == second:
        return first == second
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    one, two = first[start:], second[start:]
    return one[1:] == two[1:] or one[1:] == two or one == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:])
