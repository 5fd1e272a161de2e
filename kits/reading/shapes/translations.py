"""What a kit says in other languages: translations of its elements, found by their kinds and keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kits.reading.places import Place


@dataclass(frozen=True, kw_only=True)
class TranslatedStep:
    """A step in another language: the lesson's step whose mark `of` is. `texts` has title, body and teacher."""

    at: Place
    of: str
    texts: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Translation:
    """One element in another language. `of` is the mark of the original that it was made from.

    `texts` has the element's texts by the paths of their fields ("statement", "readings.0", "position.from"); `words`
    short texts that stand in it, by their originals.
    """

    at: Place
    language: str
    kind: str
    key: str
    of: str
    texts: Mapping[str, str]
    words: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[TranslatedStep, ...] = ()
