"""Paragraphs of a source and their fingerprints, as docs/kit-format.md defines them."""

import hashlib
import unicodedata


def normalised(text: str) -> str:
    """A paragraph in Unicode form NFKC, every run of white space one space, both ends trimmed."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def fingerprint(paragraph: str) -> str:
    """The SHA-256, in hex, of a paragraph's normalised text in UTF-8."""
    return hashlib.sha256(normalised(paragraph).encode()).hexdigest()


def paragraphs_of(text: str) -> list[str]:
    """The non-empty lines of a document, in order: paragraph 1 is the first item."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.strip() for line in lines if line.strip()]
