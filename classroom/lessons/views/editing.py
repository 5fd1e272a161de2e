"""A teacher's desk: their own lesson with its steps, and one step with the facts found for it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.common.markdown import fact_keys
from classroom.common.text import storable
from classroom.lessons import actions, coverage, parts, queries
from classroom.lessons.forms.lessons import LessonForm
from classroom.lessons.forms.steps import PlacesForm, StepForm, cited, marked, unmarked
from classroom.lessons.models import Lesson, Step
from classroom.lessons.views.trails import to_desk
from classroom.library import queries as library
from classroom.library.models import Fact, FactQuerySet
from classroom.people.access import Level, SignedInRequest, allow

FACTS_SHOWN = 10


@allow(Level.TEACHER)
def lesson_edit(request: SignedInRequest, lesson_id: int) -> HttpResponse:
    """A lesson of one's own: its steps, and what can be done with it. "fact" names one to be put into a step."""
    return desk_response(request, queries.get_own_lesson(request.user, lesson_id))


def desk_response(
    request: SignedInRequest, lesson: Lesson, *, places: PlacesForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a lesson's steps; ``places`` is a form to be shown again with what was typed."""
    desk = queries.lesson_desk(lesson)
    form = places or PlacesForm(steps=desk.steps, initial={"seen": desk.seen})
    wanted = request.GET.get("fact", "")
    page = {
        "lesson": lesson,
        "desk": desk,
        "places": form,
        "rows": [(step, form[f"place-{step.pk}"]) for step in desk.steps],
        "coverage": coverage.of_lesson(request.user, lesson),
        "fact": _fact(lesson, wanted),
        "trail": to_desk(lesson),
    }
    return TemplateResponse(request, "classroom/lessons/edit.html", page, status=status)


def _fact(lesson: Lesson, key: str) -> Fact | None:
    """The fact of the lesson's film that an address or a button names."""
    return Fact.objects.filter(film=lesson.film_id, key=key).first() if key and storable(key) else None


@allow(Level.TEACHER, "GET", "POST")
def lesson_words(request: SignedInRequest, lesson_id: int) -> HttpResponse:
    """What the lesson is called, and what it says of itself."""
    lesson = queries.get_own_lesson(request.user, lesson_id)
    form = LessonForm(request.POST if request.method == "POST" else None, lesson=lesson)
    status, stored = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.change_lesson(
                    lesson=lesson,
                    values=form.cleaned_data,
                    revision=form.cleaned_data["revision"],
                    by=request.user,
                    at=clock.now(),
                )
            except actions.StaleLesson as stale:
                status, stored = 409, stale.stored
                form = LessonForm(_at_revision(request, stored.revision), lesson=lesson)
            else:
                messages.success(request, _("Saved."))
                return redirect("classroom:lesson_edit", lesson.pk)
    page = {
        "lesson": lesson,
        "form": form,
        "differing": _differing(form, stored) if stored else [],
        "trail": to_desk(lesson, _("Title and plan")),
    }
    return TemplateResponse(request, "classroom/lessons/words.html", page, status=status)


def _differing(form: LessonForm, stored: Lesson) -> list[tuple[str, str]]:
    """The fields in which what is kept differs from what was typed: their labels, and what is kept."""
    form.is_valid()
    return [
        (str(form.fields[name].label), str(form.fields[name].prepare_value(getattr(stored, name))))
        for name in actions.LESSON_FIELDS
        if form.cleaned_data.get(name) != getattr(stored, name)
    ]


# --- One step -----------------------------------------------------------------------------------------------------


@dataclass
class Desk:
    """One step, and where its form stands: what was sent, and what to say about it."""

    lesson: Lesson
    step: Step | None
    form: StepForm
    status: int = 200
    stored: Step | None = None
    note: str = ""


@allow(Level.TEACHER, "GET", "POST")
def step_new(request: SignedInRequest, lesson_id: int) -> HttpResponse:
    return _step_response(request, queries.get_own_lesson(request.user, lesson_id), None)


@allow(Level.TEACHER, "GET", "POST")
def step_edit(request: SignedInRequest, lesson_id: int, step_id: int) -> HttpResponse:
    step = queries.get_own_step(request.user, lesson_id, step_id)
    return _step_response(request, step.lesson, step)


def _step_response(request: SignedInRequest, lesson: Lesson, step: Step | None) -> HttpResponse:
    """The step's form, and what its buttons do: save, put a fact in or take it out, or (any other) only show.

    All but the first show again what was typed, so that nothing is lost while somebody looks for facts.
    """
    desk = Desk(lesson, step, _form(request, lesson, step, request.POST if request.method == "POST" else None))
    if request.method == "POST":
        do, _colon, key = request.POST.get("do", "").partition(":")
        if do == "save" and _save(request, desk):
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('classroom:lesson_edit', args=[lesson.pk])}#steps")
        if key:
            _put_fact(request, desk, do, key)
    return TemplateResponse(request, "classroom/lessons/step.html", _step_page(request, desk), status=desk.status)


def _form(request: SignedInRequest, lesson: Lesson, step: Step | None, data: QueryDict | None) -> StepForm:
    return StepForm(
        data,
        lesson=lesson,
        step=step,
        conflicts=library.conflicts_of(lesson.film),
        topics=library.topics_of(lesson.film),
        quizzes=parts.offered(request.user, lesson.film, parts.QUIZ),
        prompts=parts.offered(request.user, lesson.film, parts.PROMPT),
    )


def _save(request: SignedInRequest, desk: Desk) -> bool:
    """Keep what was sent. False where it does not hold, or was changed elsewhere: then the desk says so."""
    form, at = desk.form, clock.now()
    desk.status = 422
    if not form.is_valid():
        return False
    try:
        if desk.step is None:
            actions.add_step(lesson=desk.lesson, values=form.values(), by=request.user, at=at)
        else:
            revision = form.cleaned_data["revision"] or 0
            actions.change_step(step=desk.step, values=form.values(), revision=revision, by=request.user, at=at)
    except actions.TooManySteps:
        form.add_error(None, _("A lesson has at most %(most)d steps.") % {"most": actions.MOST_STEPS})
        return False
    except actions.StaleStep as stale:
        desk.form = _form(request, desk.lesson, desk.step, _at_revision(request, stale.stored.revision))
        desk.status, desk.stored = 409, stale.stored
        return False
    return True


def _put_fact(request: SignedInRequest, desk: Desk, do: str, key: str) -> None:
    fact = _fact(desk.lesson, key)
    data = None
    if do == "uncite":
        data, desk.note = unmarked(request.POST, key), _("The citation is out of the texts now. It is not saved yet.")
    elif fact and do in ("cite", "mark"):
        data = cited(request.POST, key, fact.statement) if do == "cite" else marked(request.POST, key)
        desk.note = _("The fact is in the text now. It is not saved yet.")
    if data is not None:
        desk.form = _form(request, desk.lesson, desk.step, data)


def _at_revision(request: SignedInRequest, revision: int) -> QueryDict:
    """What was sent, at the stored revision: so that whoever has read what is kept can save theirs instead."""
    data = request.POST.copy()
    data["revision"] = str(revision)
    return data


def _step_page(request: SignedInRequest, desk: Desk) -> dict[str, object]:
    form, film = desk.form, desk.lesson.film
    draft = form.drafted() if form.is_bound else desk.step
    found = _facts_found(request, desk)
    keys = fact_keys(f"{draft.body}\n{draft.teacher_note}") if draft else []
    by_key = {fact.key: fact for fact in Fact.objects.filter(film=film, key__in=keys)}
    shown = list(found[:FACTS_SHOWN]) if found is not None else []
    cards = library.fact_cards([*(by_key[key] for key in keys if key in by_key), *shown], for_teacher=True)
    return {
        "lesson": desk.lesson,
        "step": desk.step,
        "form": form,
        "note": desk.note,
        "differing": _step_differing(form, desk.stored) if desk.stored else [],
        "preview": queries.step_preview(request.user, draft) if draft else None,
        "cited": cards[: len(by_key)],
        "found": cards[len(by_key) :],
        "searched": found is not None,
        "total": found.count() if found is not None else 0,
        "trail": to_desk(desk.lesson, desk.step.title if desk.step else _("A new step")),
    }


def _facts_found(request: SignedInRequest, desk: Desk) -> FactQuerySet | None:
    """The facts that are looked for; None where nothing is. An address can name one, until something is sent."""
    form, film = desk.form, desk.lesson.film
    if form.is_bound:
        wanted = form.wanted()
        return library.find_facts(film, wanted) if wanted != library.FactFilter() else None
    named = _fact(desk.lesson, request.GET.get("fact", ""))
    return library.find_facts(film, library.FactFilter()).filter(pk=named.pk) if named else None


def _step_differing(form: StepForm, stored: Step) -> list[tuple[str, str]]:
    """The fields in which what is kept differs from what was typed: their labels, and what is kept."""
    form.is_valid()
    words = {
        "kind": stored.get_kind_display(),
        "show": stored.get_show_display(),
        "answer": stored.get_answer_display(),
    }
    return [
        (str(form.fields[name].label), str(words.get(name, getattr(stored, name) or _("none"))))
        for name in actions.STEP_FIELDS
        if form.cleaned_data.get(name) != getattr(stored, name)
    ]
