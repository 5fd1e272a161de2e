"""Who has registered what: kinds of work, and what a room has to say of assignments besides."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from django.http import Http404
from django.utils.functional import Promise

from classroom.assignments.activities.kinds import (
    ActivityKind,
    Attention,
    News,
    Offer,
    Panel,
    ResponseRow,
    Result,
    Seals,
)
from classroom.assignments.models import Assignment
from classroom.library.models import Film
from classroom.people.models import Membership, User

_kinds: dict[str, ActivityKind] = {}
_Withheld = Callable[[Sequence[Assignment], User, datetime], set[int]]
_AskNews = Callable[[User, datetime], dict[int, list[News]]]
_SeeNews = Callable[[User, Collection[int], datetime], object]
_Responses = Callable[[Sequence[Assignment], Sequence[User]], dict[tuple[int, int], list[ResponseRow]]]

_withheld: dict[str, _Withheld] = {}
_withheld_marks: dict[str, _Withheld] = {}
_news: dict[str, tuple[_AskNews, _SeeNews]] = {}
_results: dict[str, Callable[[User, Sequence[Assignment]], dict[int, Result]]] = {}
_sealed: dict[str, Callable[[Sequence[Assignment]], Seals]] = {}
_attention: dict[str, Callable[[User, Sequence[Membership]], list[Attention]]] = {}
_new_dates: dict[str, Callable[[Sequence[Assignment], datetime], object]] = {}
_panels: dict[str, Callable[[Sequence[Assignment], User, datetime], dict[int, Panel]]] = {}
_links: dict[str, Callable[[Sequence[Assignment]], dict[int, tuple[str, str]]]] = {}

_responses: dict[str, _Responses] = {}


def register(kind: ActivityKind) -> None:
    """Make a kind known; called from AppConfig.ready. A second registration of the same key replaces the first."""
    _kinds[kind.key] = kind


def kind_of(key: str) -> ActivityKind:
    """The kind with this key; KeyError where no room has registered it."""
    return _kinds[key]


def first_part_of(assignment: Assignment) -> str | Promise:
    """What is due first of an assignment, for people; empty where it has one part. What has a first due time keeps it,
    so that it can be taken away.
    """
    kind = kind_of(assignment.kind)
    if not kind.first_part or assignment.first_due_at is not None:
        return kind.first_part
    chosen = kind.chosen([assignment]).get(assignment.pk)
    return kind.first_part if chosen is not None and kind.has_rest(chosen.options) else ""


def all_kinds() -> list[ActivityKind]:
    return list(_kinds.values())


def register_attention(key: str, ask: Callable[[User, Sequence[Membership]], list[Attention]]) -> None:
    """Let a room put what waits for somebody on their home page.

    ``ask`` is told their places in classes now, and makes a fixed number of queries.
    """
    _attention[key] = ask


def attention_for(user: User, memberships: Sequence[Membership]) -> list[Attention]:
    return [each for ask in _attention.values() for each in ask(user, memberships)]


def register_results(key: str, ask: Callable[[User, Sequence[Assignment]], dict[int, Result]]) -> None:
    """Let a room say what has come back to a student and is theirs to see, by assignment id; in one query."""
    _results[key] = ask


def results_for(student: User, assignments: Sequence[Assignment]) -> dict[int, Result]:
    found: dict[int, Result] = {}
    for ask in _results.values():
        found |= ask(student, assignments)
    return found


def register_news(key: str, ask: _AskNews, see: _SeeNews) -> None:
    """Let a room say why scores of a student's have changed, by assignment id, until they have seen it.

    ``ask`` leaves out what they may not know yet, and makes a fixed number of queries. ``see`` is told what of it, by
    ``News.ref``, a page has shown them.
    """
    _news[key] = ask, see


def news_for(student: User, at: datetime) -> dict[int, list[tuple[str, News]]]:
    """By assignment id, each with the key of the room whose it is."""
    found: dict[int, list[tuple[str, News]]] = {}
    for key, (ask, _see) in _news.items():
        for assignment_id, told in ask(student, at).items():
            found.setdefault(assignment_id, []).extend((key, each) for each in told)
    return found


def see_news(student: User, shown: Sequence[tuple[str, News]], at: datetime) -> None:
    """A page has shown this student these."""
    for key, (_ask, see) in _news.items():
        if refs := [each.ref for room, each in shown if room == key]:
            see(student, refs, at)


def register_panels(key: str, ask: Callable[[Sequence[Assignment], User, datetime], dict[int, Panel]]) -> None:
    """Let a room ask something of a student in the step of a lesson that leads to an assignment, by assignment id.

    ``ask`` is told those that are open to this student now, and makes one query.
    """
    _panels[key] = ask


def panels_of(assignments: Sequence[Assignment], student: User, at: datetime) -> dict[int, list[Panel]]:
    found: dict[int, list[Panel]] = {}
    for ask in _panels.values() if assignments else ():
        for assignment_id, panel in ask(assignments, student, at).items():
            found.setdefault(assignment_id, []).append(panel)
    return found


def register_links(key: str, ask: Callable[[Sequence[Assignment]], dict[int, tuple[str, str]]]) -> None:
    """Let a room add a page of its own to an assignment in its class's list, for all who teach there: by assignment
    id, a label and an address. ``ask`` makes one query.
    """
    _links[key] = ask


def links_of(assignments: Sequence[Assignment]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for ask in _links.values() if assignments else ():
        for assignment_id, link in ask(assignments).items():
            found.setdefault(assignment_id, []).append(link)
    return found


def register_responses(key: str, ask: _Responses) -> None:
    """Let a room add to what students gave for work of another's kind, by (assignment id, student id): what it earned.

    Nothing of what is under seal; in a fixed number of queries.
    """
    _responses[key] = ask


def more_responses(
    assignments: Sequence[Assignment], students: Sequence[User]
) -> list[dict[tuple[int, int], list[ResponseRow]]]:
    return [ask(assignments, students) for ask in _responses.values()]


def register_new_dates(key: str, tell: Callable[[Sequence[Assignment], datetime], object]) -> None:
    """Let a room hear, inside the transaction, of assignments whose students have other dates than before."""
    _new_dates[key] = tell


def tell_new_dates(assignments: Sequence[Assignment], at: datetime) -> None:
    for tell in _new_dates.values():
        tell(assignments, at)


def register_sealed(key: str, ask: Callable[[Sequence[Assignment]], Seals]) -> None:
    """Let a room say whose work is under seal; see ``Seals``."""
    _sealed[key] = ask


def seals_over(assignments: Sequence[Assignment]) -> Seals:
    """Whose work for these is under seal: every page and file that puts work beside a name asks this first."""
    found = [ask(assignments) for ask in _sealed.values()]
    return Seals(
        frozenset(each for seals in found for each in seals.over),
        frozenset(each for seals in found for each in seals.opened),
    )


def register_withheld(key: str, ask: _Withheld, ask_marks: _Withheld) -> None:
    """Let a room say of which assignments (by id) a student may not see their score yet; the key is of its kind.

    ``ask_marks`` says it of what each of their answers earned, which may be told later than the score.
    """
    _withheld[key] = ask
    _withheld_marks[key] = ask_marks


def withheld_ids(assignments: Sequence[Assignment], student: User, at: datetime) -> set[int]:
    return {each for ask in _withheld.values() for each in ask(assignments, student, at)}


def withheld_marks_ids(assignments: Sequence[Assignment], student: User, at: datetime) -> set[int]:
    return {each for ask in _withheld_marks.values() for each in ask(assignments, student, at)}


def may_withhold(kind: str) -> bool:
    """Whether a room decides, for this kind of work, when a student sees their score."""
    return kind in _withheld


def find_offer(user: User, films: Sequence[Film], ref: str) -> Offer:
    """The offer that ``Offer.ref`` names among what this teacher may assign; else 404."""
    kind = _kinds.get(ref.partition(":")[0])
    for offer in kind.offers(user, films) if kind else ():
        if offer.ref == ref:
            return offer
    raise Http404
