"""A lesson as its pages show it, in the same few queries however many steps it has."""

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from django.db.models import Q
from django.utils.safestring import SafeString

from classroom.common.markdown import chips
from classroom.common.translated import Told, told, worded
from classroom.lessons.models import Lesson, Step
from classroom.lessons.originals import mark_of_lesson, mark_of_step
from classroom.library.models import Citation, Fact, Film
from classroom.library.pictures import STANDINGS, FactSign, standings_key, standings_picture
from classroom.library.queries import (
    ConflictTable,
    FactCard,
    Timeline,
    TimelineYear,
    conflict_tables,
    fact_cards,
    timeline,
)


@dataclass(frozen=True)
class NumberedCard:
    """A fact's card with the number that its chips carry."""

    number: int
    card: FactCard


@dataclass(frozen=True)
class StepView:
    """A step as it is shown. ``teacher_html`` is empty for students.

    Its texts are in the reader's language where it is translated, and else know what language they are in;
    ``original_html`` is what ``body_html`` is a translation of.

    ``cards`` are the facts that this step is the first to cite, ``again`` those whose card stands at an earlier step:
    an id stands once on a page, and a chip has one place to lead to.
    """

    pk: int
    position: int
    kind: str
    kind_label: str
    title: str
    minutes: int
    body_html: str
    teacher_html: str
    answer: str
    completion: str
    quiz_key: str
    prompt_key: str
    years: Timeline
    table: ConflictTable | None
    topic: str
    topic_cards: tuple[FactCard, ...]
    cards: tuple[NumberedCard, ...]
    again: tuple[NumberedCard, ...]
    is_hidden: bool = False
    original_html: str = ""

    @property
    def anchor(self) -> str:
        return f"step-{self.position}"

    @property
    def facts_cited(self) -> int:
        return len(self.cards) + len(self.again)


@dataclass(frozen=True)
class LessonPage:
    """A lesson with its steps. ``cards`` are all the facts cited on the page, by their numbers."""

    lesson: Lesson
    film: Film
    for_teacher: bool
    steps: tuple[StepView, ...]
    cards: tuple[NumberedCard, ...]
    told: Told

    @property
    def title(self) -> str:
        return self.told.text("title", self.lesson.title)

    @property
    def essential_question(self) -> str:
        return self.told.text("essential_question", self.lesson.essential_question)

    @property
    def words(self) -> Lesson:
        """The lesson with all that it says of itself in the reader's language, to be shown and never saved."""
        shown = copy(self.lesson)
        for name in ("title", "essential_question", "summary", "content_note", "missing", "alternative_task"):
            setattr(shown, name, self.told.text(name, getattr(self.lesson, name)))
        shown.objectives = self.told.texts_in("objectives", self.lesson.objectives)
        shown.materials = self.told.texts_in("materials", self.lesson.materials)
        shown.overview_html = self.told.markup("overview", self.lesson.overview_html)
        return shown

    @property
    def tables(self) -> tuple[ConflictTable, ...]:
        """The conflicts that steps lay out, each once."""
        return tuple({step.table.key: step.table for step in self.steps if step.table}.values())

    @property
    def facts(self) -> "FactsMap":
        return FactsMap(self.cards)


@dataclass(frozen=True)
class FactsMap:
    """The facts that a lesson cites, by their standing; as a picture and as a list."""

    cards: tuple[NumberedCard, ...]

    @property
    def picture(self) -> SafeString:
        signs = [
            FactSign(
                each.number,
                each.card.standing,
                {line.source: line.stance == Citation.Stance.CONTRADICTS for line in each.card.citations},
            )
            for each in self.cards
        ]
        return standings_picture(signs)

    @property
    def key(self) -> list[tuple[SafeString, str]]:
        return standings_key()

    @property
    def groups(self) -> list[tuple[str, str, list[NumberedCard]]]:
        """Each standing that a fact has, with its label and those facts."""
        by_standing = {each: [card for card in self.cards if card.card.standing == each] for each in STANDINGS}
        return [(each.value, str(each.label), cards) for each, cards in by_standing.items() if cards]


@dataclass(frozen=True)
class _Shown:
    """What the steps of one lesson draw on, fetched at once."""

    cards: dict[str, FactCard]
    by_topic: dict[int, tuple[FactCard, ...]]
    tables: dict[int, ConflictTable]
    years: Timeline


def lesson_page(lesson: Lesson, film: Film, for_teacher: bool) -> LessonPage:
    """The lesson as a student sees it or, for a teacher, with what only teachers are told, and the hidden steps too."""
    steps = Step.objects.current() if for_teacher else Step.objects.for_students()
    found = steps.filter(lesson=lesson).select_related("conflict", "topic").order_by("position")
    return page_of_steps(lesson, film, list(found), for_teacher)


def page_of_steps(lesson: Lesson, film: Film, steps: Sequence[Step], for_teacher: bool) -> LessonPage:
    """As ``lesson_page``, of these steps, which need not be saved; they come with their conflicts and topics."""
    numbers = _numbers([html for step in steps for html in _texts(step, for_teacher)])
    if for_teacher:
        numbers = _numbers([lesson.overview_html]) | numbers
    shown = _fetch(film, steps, set(numbers), for_teacher)
    placed: set[str] = set()
    views = tuple(_view(step, film, shown, placed, for_teacher) for step in steps)
    cards = [NumberedCard(number, shown.cards[key]) for key, number in numbers.items() if key in shown.cards]
    said = told(lesson.translations, film.language, lambda: mark_of_lesson(lesson))
    return LessonPage(lesson, film, for_teacher, views, tuple(sorted(cards, key=lambda each: each.number)), said)


def _texts(step: Step, for_teacher: bool) -> list[str]:
    return [step.body_html, step.teacher_html] if for_teacher else [step.body_html]


def _numbers(texts: Sequence[str]) -> dict[str, int]:
    """The number of every fact that the texts cite, as their chips show it."""
    found: dict[str, int] = {}
    for html in texts:
        found |= chips(html)
    return found


def _fetch(film: Film, steps: Sequence[Step], cited: set[str], for_teacher: bool) -> _Shown:
    topics = {step.topic_id for step in steps if step.show == Step.Show.FACTS}
    wanted = Q(key__in=cited) | Q(topic__in=topics - {None}, retired_at__isnull=True)
    facts = list(Fact.objects.filter(wanted, film=film).with_sources())
    for fact in facts:
        fact.film = film
    cards = dict(zip(facts, fact_cards(facts, for_teacher=for_teacher), strict=True))
    by_topic: dict[int, list[FactCard]] = defaultdict(list)
    for fact, card in cards.items():
        if fact.retired_at is None:
            by_topic[fact.topic_id].append(card)
    conflicts = list({step.conflict_id: step.conflict for step in steps if step.conflict}.values())
    for conflict in conflicts:
        conflict.film = film
    tables = conflict_tables(conflicts, for_teacher=for_teacher)
    return _Shown(
        cards={fact.key: card for fact, card in cards.items()},
        by_topic={topic: tuple(found) for topic, found in by_topic.items()},
        tables={conflict.pk: table for conflict, table in zip(conflicts, tables, strict=True)},
        years=timeline(film) if any(step.show == Step.Show.TIMELINE for step in steps) else Timeline(),
    )


def _view(step: Step, film: Film, shown: _Shown, placed: set[str], for_teacher: bool) -> StepView:
    """One step; the facts that it is the first to cite are added to ``placed``."""
    cited = {key: number for key, number in _numbers(_texts(step, for_teacher)).items() if key in shown.cards}
    cards = {key: NumberedCard(number, shown.cards[key]) for key, number in cited.items()}
    first = tuple(card for key, card in cards.items() if key not in placed)
    again = tuple(card for key, card in cards.items() if key in placed)
    placed |= set(cards)
    said = told(step.translations, film.language, lambda: mark_of_step(step))
    shows_facts = step.show == Step.Show.FACTS and step.topic_id is not None
    return StepView(
        pk=step.pk or 0,
        position=step.position,
        kind=step.kind,
        kind_label=step.get_kind_display(),
        title=said.text("title", step.title),
        minutes=step.minutes,
        body_html=said.markup("body", step.body_html),
        teacher_html=said.markup("teacher", step.teacher_html) if for_teacher else "",
        original_html=worded(step.body_html, film.language) if said.is_translated else "",
        answer=step.answer,
        completion=step.completion,
        quiz_key=step.quiz_key,
        prompt_key=step.prompt_key,
        years=_years(step, shown.years) if step.show == Step.Show.TIMELINE else Timeline(),
        table=shown.tables.get(step.conflict_id or 0),
        topic=worded(step.topic.title, film.language) if step.topic else "",
        topic_cards=shown.by_topic.get(step.topic_id or 0, ()) if shows_facts else (),
        cards=first,
        again=again,
        is_hidden=step.is_hidden,
    )


def _years(step: Step, years: Timeline) -> Timeline:
    """The timeline, narrowed to the step's topic where it names one."""
    if step.topic_id is None:
        return years
    narrowed = [
        TimelineYear(year.label, tuple(row for row in year.rows if row.topic_id == step.topic_id)) for year in years
    ]
    return Timeline(year for year in narrowed if year.rows)
