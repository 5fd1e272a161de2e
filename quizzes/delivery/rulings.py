"""What a person has decided about single answers, over and above the key with which their question was asked.

Marking stands above delivery and decides: it registers one question here when the app is ready. Grading asks it
whenever it grades, so that an attempt handed in after a key was mended goes by the mended one; and the result page
asks it, so that students see by what they were graded.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from classroom.people.models import User
from quizzes.bank.models import QuestionVersion
from quizzes.delivery.models import Attempt, Response
from quizzes.grading import Json, Said, feedback_to, grade


@dataclass(frozen=True)
class RubricLine:
    """What one criterion gave of what it gives at most, in the rubric's own points."""

    text: str
    points: str
    out_of: str


@dataclass(frozen=True)
class Ruling:
    """How one response is graded, where not by its question's own key alone.

    Of several ``keys`` the one that gives most counts; ``feedbacks`` says of each what is said to answers by it, None
    for what the question itself says. ``by_hand`` is the share that a person gave. ``announced`` may
    be told with the mark; ``reason`` only with the right answer, of which it may speak.
    """

    keys: tuple[Json, ...] = ()
    feedbacks: tuple[Json | None, ...] = ()
    full: bool = False
    dropped: bool = False
    by_hand: Fraction | None = None
    announced: str = ""
    reason: str = ""
    explanation: str = ""
    feedback: str = ""
    rubric: tuple[RubricLine, ...] = ()


BY_ITS_KEY = Ruling()
Ask = Callable[[Sequence[Response]], Mapping[int, Ruling]]
_asks: list[Ask] = []


def register(ask: Ask) -> None:
    """Let a room decide how responses are graded; ``ask`` answers by response id, in a fixed number of queries.

    The responses come with their attempt. Of two rooms that decide about one response, the later one's word stands.
    """
    if ask not in _asks:
        _asks.append(ask)


def rulings_on(responses: Sequence[Response]) -> dict[int, Ruling]:
    """The rulings on those of these responses that have one, by their id."""
    found: dict[int, Ruling] = {}
    for ask in _asks:
        found |= ask(responses)
    return found


Pair = tuple[int, int]
Decide = Callable[[Iterable[int], Iterable[QuestionVersion]], Mapping[Pair, Ruling]]
_decides: list[Decide] = []


def register_decisions(ask: Decide) -> None:
    """Let a room decide about the keys of questions; ``ask`` answers by (quiz assignment id, id of first wording)."""
    if ask not in _decides:
        _decides.append(ask)


def decisions_on(quiz_assignment_ids: Iterable[int], versions: Iterable[QuestionVersion]) -> dict[Pair, Ruling]:
    """What was decided about the keys of these questions in these quizzes, in any of their wordings."""
    quizzes, asked = list(quiz_assignment_ids), list(versions)
    found: dict[Pair, Ruling] = {}
    for ask in _decides:
        found |= ask(quizzes, asked)
    return found


Tell = Callable[[Sequence[Response]], Mapping[int, str]]
_notes: list[Tell] = []


def register_notes(ask: Tell) -> None:
    """Let a room tell students what came of their own doubts about a right answer; shown with that answer alone."""
    if ask not in _notes:
        _notes.append(ask)


def notes_on(responses: Sequence[Response]) -> dict[int, str]:
    """What students are told so of these responses, by their id."""
    found: dict[int, str] = {}
    for ask in _notes:
        found |= ask(responses)
    return found


News = Callable[[User, datetime], Mapping[int, str]]
_news: list[News] = []


def register_news(ask: News) -> None:
    """Let a room tell a student of handed-in attempts whose scores have changed, until they have seen why."""
    if ask not in _news:
        _news.append(ask)


def news_for(student: User, at: datetime) -> dict[int, str]:
    """What there is to tell this student of changed scores that they may know, by the attempt's id."""
    found: dict[int, str] = {}
    for ask in _news:
        found |= ask(student, at)
    return found


See = Callable[[Attempt, datetime], object]
_sees: list[See] = []


def register_seen(see: See) -> None:
    """Let a room hear that a student has been shown what a handed-in attempt earned, answer by answer, and why."""
    if see not in _sees:
        _sees.append(see)


def tell_seen(attempt: Attempt, at: datetime) -> None:
    for see in _sees:
        see(attempt, at)


def share_of(response: Response, ruling: Ruling) -> tuple[Fraction, bool]:
    """The share of its points that a response earns, and whether it waits to be read. It comes with version and key."""
    if ruling.full:
        return Fraction(1), False
    if ruling.by_hand is not None:
        return ruling.by_hand, False
    version = response.version
    keys = ruling.keys or (version.answer_key.key,)
    graded = [grade(version.type, version.content, key, response.answer) for key in keys]
    return max(each.fraction for each in graded), any(each.pending for each in graded)


def said_to(response: Response, ruling: Ruling) -> tuple[Said, ...]:
    """The feedback that an answer earned, by the key that gives most for it. It comes with version and key.

    Where everybody gets the points, or nobody, the key was not in order, and neither is what was said by it.
    """
    version = response.version
    if ruling.full or ruling.dropped:
        return ()
    keys = ruling.keys or (version.answer_key.key,)
    graded = [grade(version.type, version.content, key, response.answer) for key in keys]
    best = max(range(len(keys)), key=lambda place: graded[place].fraction)
    if ruling.by_hand is None and graded[best].pending:
        return ()
    share = graded[best].fraction if ruling.by_hand is None else ruling.by_hand
    own = ruling.feedbacks[best] if ruling.feedbacks else None
    feedback = version.answer_key.feedback if own is None else own
    return feedback_to(version.type, version.content, keys[best], feedback, response.answer, share)
