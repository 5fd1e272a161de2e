"""How long a text is, whatever language it is in."""

import re

# Chinese and Japanese put no space between words: each of their characters counts as one.
_CHARACTER = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Letters and figures, which an apostrophe, a dot or a hyphen may tie together: "didn't", "81.5", "co-teacher".
_PIECE = rf"(?:(?![{_CHARACTER}_])\w)+"
_WORD = re.compile(rf"[{_CHARACTER}]|{_PIECE}(?:['\u2019.,\u00b7-]{_PIECE})*")
_QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)


def count_words(text: str) -> int:
    """The words that somebody wrote themselves: what they quote (lines that begin with ">") is another's."""
    return len(_WORD.findall(_QUOTED.sub("", text)))
