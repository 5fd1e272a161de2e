"""Whether an answer that earned nothing says what a source says: then it is no mistake about the fact."""

from classroom.library.values import compatible
from quizzes.authoring.editing import read_option
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.statistics.marks import Mark

# Of these the answer is a value of the fact, which can be laid beside what each source gives.
GIVES_A_VALUE = frozenset({"choice", "numeric", "date", "short"})
_ASKS_WHO_SAYS = "which-source"
_OPEN = frozenset({"disputed", "doubtful"})


def mark_of(share: float, *, answered: bool, alone: bool) -> Mark:
    """What an answer says of a fact by what it earned; ``alone`` where the question rests on no other fact.

    ``share`` is of the question's points, from 0 to 1.
    """
    if share >= 1:
        return Mark.KNOWN
    if not answered:
        return Mark.EMPTY
    return Mark.MISTAKEN if share == 0 and alone else Mark.UNCLEAR


def mark_against_sources(question_type: str, words: str, fact: LedgerFact, ledger: Ledger) -> tuple[Mark, str]:
    """What an answer that earned nothing says of its one fact, and which sources say the same, if any does."""
    if question_type in GIVES_A_VALUE:
        said = sources_saying(words, fact, ledger)
        return (Mark.READING, said) if said else (Mark.MISTAKEN, "")
    if fact.standing in _OPEN and question_type != _ASKS_WHO_SAYS:
        return Mark.UNCLEAR, ""
    return Mark.MISTAKEN, ""


def sources_saying(words: str, fact: LedgerFact, ledger: Ledger) -> str:
    """The names of the sources that say the same of the fact; empty where none does, or none can be asked."""
    return sources_that_say(words, fact, ledger) or ""


def sources_that_say(words: str, fact: LedgerFact, ledger: Ledger) -> str | None:
    """The names of the sources that give for the fact what the words say, more or less finely; empty where none does.

    Asked are the readings of this fact and of every other about the same thing, by ``values.compatible``. None where
    the words can't be read as a value of the fact's type, so that none can be asked.
    """
    try:
        value = read_option(words, fact.value)
    except ValueError:
        return None
    readings = (reading for one in ledger.of_one_thing(fact) for reading in one.readings)
    agree = [each.source for each in readings if each.value is not None and compatible(each.value, value)]
    return ", ".join(dict.fromkeys(ledger.source_name(key) for key in agree))
