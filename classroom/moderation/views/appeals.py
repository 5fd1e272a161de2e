"""A decision in full, an appeal against it, and its answer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.discussions import wording as discussions
from classroom.discussions.actions import mark_seen
from classroom.discussions.models import Decision, PostAppeal
from classroom.discussions.queries import rules_of
from classroom.moderation import actions, queries
from classroom.moderation.forms import AnswerForm, AppealForm
from classroom.moderation.forms.appeals import UPHELD
from classroom.moderation.passages import stretches
from classroom.moderation.views.common import back_to, queue_url, trail_to
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, needs=Permission.THREAD_READ)
def decision(request: SignedInRequest, decision_id: int) -> HttpResponse:
    """A decision against a post, for its author and for those who moderate."""
    found = queries.get_own_or_moderated_decision(request.user, decision_id)
    own = found.post.author_id == request.user.pk
    if own and found.seen_at is None:
        mark_seen(decisions=[found.pk], at=clock.now())
    appealed = hasattr(found, "appeal")
    return _decision_page(request, found, AppealForm() if own and not appealed and queries.stands(found) else None)


@allow(Level.SIGNED_IN, "POST", needs=Permission.THREAD_READ)
def decision_appeal(request: SignedInRequest, decision_id: int) -> HttpResponse:
    """The author says, once, why a decision on their post is wrong."""
    found = queries.get_own_or_moderated_decision(request.user, decision_id)
    if found.post.author_id != request.user.pk:
        raise Http404
    form, status = AppealForm(request.POST), 422
    if form.is_valid():
        try:
            actions.appeal(decision=found, at=clock.now(), words=form.cleaned_data["words"])
        except actions.MovedOn:
            form.add_error(None, _("The post has changed since it was decided on, so there is nothing to appeal."))
            status = 409
        else:
            messages.success(request, _("Your appeal is on its way. You are told here what comes of it."))
            return redirect("classroom:decision", found.pk)
    return _decision_page(request, found, form, status)


def _decision_page(
    request: SignedInRequest, found: Decision, form: AppealForm | None, status: int = 200
) -> HttpResponse:
    thread, appeal = found.post.thread, getattr(found, "appeal", None)
    if form is not None:
        form.helper.form_action = reverse("classroom:decision_appeal", args=[found.pk])
    page = {
        "decision": found,
        "heading": discussions.decision_words(found),
        "stretches": stretches(found.text, found.about),
        "own": found.post.author_id == request.user.pk,
        "appeal": appeal,
        "stands": queries.stands(found),
        "form": form,
        "judges": queries.judges_of(found) if form or appeal else None,
        "section": thread.assignment.section,
        "date_format": discussions.date_format_of(thread),
        "trail": [
            (reverse("classroom:home"), _("Home")),
            (reverse("classroom:thread", args=[thread.pk]), thread.assignment.title),
            ("", _("A decision")),
        ],
    }
    return TemplateResponse(request, "classroom/moderation/decision.html", page, status=status)


@allow(Level.SIGNED_IN, needs=Permission.POST_MODERATE)
def post_appeals(request: SignedInRequest) -> HttpResponse:
    """Appeals once had a page of their own: they wait among the other posts."""
    if not queries.may_moderate(request.user):
        raise Http404
    return redirect(queue_url(queries.Asked(kind=queries.KindOfWait.APPEAL)))


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.POST_MODERATE)
def post_appeal_answer(request: SignedInRequest, appeal_id: int) -> HttpResponse:
    """Answer an appeal; somebody else than who has decided, where there is somebody else."""
    found = queries.get_appeal_to_answer(request.user, appeal_id)
    rules = rules_of(found.decision.post.thread.prompt.film)
    if request.method != "POST":
        return _appeal_page(request, found, AnswerForm(rules=rules, back=request.GET.get("back", "")))
    form = AnswerForm(request.POST, rules=rules)
    if not form.is_valid():
        return _appeal_page(request, found, form, status=422)
    try:
        actions.answer(
            appeal=found,
            upheld=form.cleaned_data["outcome"] == UPHELD,
            rule=form.cleaned_data["rule"] or None,
            words=form.cleaned_data["words"],
            by=request.user,
            at=clock.now(),
        )
    except actions.Answered:
        messages.warning(request, _("Somebody has answered this appeal already. Nothing was changed."))
    except actions.MovedOn:
        messages.warning(request, _("The post has changed since, so there is nothing left to answer."))
    except actions.NotYours:
        messages.warning(request, _("You made this decision, so somebody else answers the appeal."))
    else:
        messages.success(request, _("Answered. The author is told."))
        return redirect(back_to(None, form.cleaned_data["back"]))
    found = queries.get_appeal_to_answer(request.user, appeal_id)
    return _appeal_page(request, found, form, status=409)


def _appeal_page(request: SignedInRequest, found: PostAppeal, form: AnswerForm, status: int = 200) -> HttpResponse:
    """``form`` is shown to whom may answer; of what anybody else has sent, the words."""
    judged: Decision = found.decision
    judges, thread = queries.judges_of(judged), judged.post.thread
    waits = found.outcome == PostAppeal.Outcome.OPEN and queries.stands(judged)
    mine = request.user.pk in judges.ids
    page = {
        "appeal": found,
        "decision": judged,
        "stretches": stretches(judged.text, judged.about),
        "form": form if waits and mine else None,
        "unsent": form.data.get("words", ""),
        "waits": waits,
        "alone": judges.the_same and mine,
        "section": thread.assignment.section,
        "date_format": discussions.date_format_of(thread),
        "trail": trail_to(_("An appeal")),
    }
    return TemplateResponse(request, "classroom/moderation/appeal.html", page, status=status)
