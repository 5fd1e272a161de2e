"""Makes the changes of a plan: all of them, or none."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.common import progress
from classroom.discussions.models import Guideline, Prompt
from classroom.lessons.models import Lesson
from classroom.library.models import Conflict, Fact, Film, Source, Term, Topic
from classroom.people.models import User
from kits.load import library, teaching
from kits.load.plan import Plan, State, make_plan
from kits.load.rows import Rows
from kits.records.from_database import records_of_film
from kits.records.shapes import Records
from quizzes.bank.models import Question, Quiz

Tell = Callable[[str], None]


def _silent(_line: str) -> None:
    """Tells nobody."""


def _forget(_plan: Plan) -> None:
    """Needs nothing more to be done."""


def plan_load(wanted: Records) -> Plan:
    """What a load of these records would do now."""
    (key,) = wanted["film"]
    return _plan(wanted, Film.objects.filter(key=key).first())


def _plan(wanted: Records, film: Film | None) -> Plan:
    if film is None:
        return make_plan(wanted, {})
    own = Question.objects.filter(film=film, owner__isnull=False, published__isnull=False, retired_at=None)
    counted = own.values_list("published__facts__key").annotate(count=Count("pk")).order_by()
    return make_plan(wanted, records_of_film(film), dict(counted))


class PlanChanged(Exception):
    """The film is not as it was when the plan was shown."""


@transaction.atomic
def apply_load(
    wanted: Records,
    *,
    at: datetime,
    by: User | None = None,
    digest: str = "",
    tell: Tell = _silent,
    written: progress.Tell = progress.nobody,
    at_end: Callable[[Plan], None] = _forget,
) -> Plan:
    """Load the records in one transaction, and answer with what was done; `at_end` is called within it.

    The plan is made anew inside the transaction, on the film's locked row, so that two loads at once do not mix; where
    it is another than the one of the `digest` that was shown, PlanChanged is raised. `written` hears of the questions.
    """
    (key,) = wanted["film"]
    film = Film.objects.select_for_update(no_key=True).filter(key=key).first()
    plan = _plan(wanted, film)
    if digest not in ("", plan.digest):
        raise PlanChanged
    if not plan.changes_anything:
        at_end(plan)
        return plan
    film = film or Film(key=key)
    library.write_film(film, wanted["film"][key])
    _write(film, wanted, plan, at, tell, written)
    told = {state.name.lower(): sum(change.state is state for change in plan.changes) for state in State}
    audit.record(AuditEvent.Kind.KIT_LOADED, by=by, subject=film, at=at, detail=told)
    at_end(plan)
    return plan


def _write(film: Film, wanted: Records, plan: Plan, at: datetime, tell: Tell, written: progress.Tell) -> None:
    shelf = library.Shelf(film, at)
    tell("topics, sources and passages")
    library.write_topics(shelf, Rows(Topic.objects.filter(film=film), "topic", plan, wanted["topic"], film=film))
    sources = Source.objects.filter(film=film).prefetch_related("passages")
    library.write_sources(shelf, Rows(sources, "source", plan, wanted["source"], film=film))
    tell("facts and their citations")
    facts = Rows(Fact.objects.filter(film=film), "fact", plan, wanted["fact"], film=film)
    library.write_facts(shelf, facts)
    tell("conflicts, terms, prompts and rules")
    conflicts = Rows(Conflict.objects.filter(film=film), "conflict", plan, wanted["conflict"], film=film)
    library.write_conflicts(shelf, conflicts)
    terms = Rows(Term.objects.filter(film=film), "term", plan, wanted["term"], film=film)
    library.write_terms(shelf, terms)
    prompts = Rows(Prompt.objects.filter(film=film), "prompt", plan, wanted["prompt"], film=film)
    teaching.write_prompts(shelf, prompts)
    rules = Rows(Guideline.objects.filter(film=film), "rule", plan, wanted["rule"], film=film)
    teaching.write_rules(rules)
    tell("lessons")
    lessons = Rows(Lesson.objects.filter(film=film, owner=None), "lesson", plan, wanted["lesson"], film=film)
    teaching.write_lessons(shelf, lessons)
    tell("questions and quizzes")
    questions = Rows(Question.objects.filter(film=film, owner=None), "question", plan, wanted["question"], film=film)
    teaching.write_questions(shelf, questions, written)
    teaching.retire_questions(shelf, questions)
    quizzes = Rows(Quiz.objects.filter(film=film, owner=None), "quiz", plan, wanted["quiz"], film=film)
    teaching.write_quizzes(shelf, quizzes, lessons, questions)
    for rows in (facts, conflicts, terms, prompts, rules, lessons, quizzes):
        rows.retire(at)
