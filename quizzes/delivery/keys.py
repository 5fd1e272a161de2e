"""The key in force: by what answers to a question count in one class's quiz, after all that was decided about it.

A version keeps the key with which it was asked for ever. Whatever shows a right answer beside a class's answers asks
here, so that pages, files and figures say the same as the grades; only the bank, its papers and its exports, which are
of no class, show a version's own key.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from quizzes.bank.models import QuestionVersion
from quizzes.delivery.rulings import BY_ITS_KEY, Pair, Ruling, decisions_on
from quizzes.grading import Json, key_text


@dataclass(frozen=True)
class KeyInForce:
    """A question, in any of its wordings and with its own key, and what was decided about it."""

    version: QuestionVersion
    ruling: Ruling = BY_ITS_KEY

    @property
    def tells(self) -> bool:
        """Whether answers are told right from wrong; not where all get full points, or where it does not count."""
        return not (self.ruling.full or self.ruling.dropped)

    @property
    def keys(self) -> tuple[Json, ...]:
        """Of several the one that gives most counts; none where nothing is right or wrong."""
        return (self.ruling.keys or (self.version.answer_key.key,)) if self.tells else ()

    @property
    def words(self) -> str:
        """The right answer for people to read."""
        if self.ruling.dropped:
            return _("none: the question does not count")
        if self.ruling.full:
            return _("any: everybody gets full points")
        version = self.version
        told = dict.fromkeys(key_text(version.type, version.content, key) for key in self.keys)
        return str(_(" – or: ")).join(told)

    @property
    def explanation(self) -> str:
        """Why that is right; what explained a key that is out of force is told no more."""
        if not self.tells:
            return ""
        return self.ruling.explanation if self.ruling.keys else self.version.answer_key.explanation


class KeysInForce:
    """Those of some questions in some quizzes of classes."""

    def __init__(self, decisions: Mapping[Pair, Ruling]) -> None:
        self._decisions = decisions

    def of(self, quiz_assignment_id: int, version: QuestionVersion) -> KeyInForce:
        """The version comes with its key."""
        found = self._decisions.get((quiz_assignment_id, version.first_wording_id), BY_ITS_KEY)
        return KeyInForce(version, found)


def keys_in_force(quiz_assignment_ids: Iterable[int], versions: Iterable[QuestionVersion]) -> KeysInForce:
    """In a fixed number of queries."""
    return KeysInForce(decisions_on(quiz_assignment_ids, versions))


def in_words(keys: Sequence[tuple[str, KeyInForce]]) -> str:
    """The right answer in several places, each with its name: told once where it is the same in all."""
    places: dict[str, list[str]] = {}
    for name, key in keys:
        places.setdefault(key.words, []).append(name)
    if len(places) == 1:
        return next(iter(places))
    said = _("%(key)s (%(places)s)")
    return "; ".join(said % {"key": words, "places": ", ".join(names)} for words, names in places.items())
