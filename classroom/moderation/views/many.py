"""Deciding on many posts at once, and taking decisions back."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.discussions.models import Decision
from classroom.discussions.queries import rules_of
from classroom.moderation import actions, queries, wording
from classroom.moderation.forms import ManyForm, Picked
from classroom.moderation.queue_page import chosen_rows
from classroom.moderation.views.common import back_to, trail_to
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, "POST", needs=Permission.POST_MODERATE)
def posts_decide(request: SignedInRequest) -> HttpResponse:
    """Decide alike on the posts that are ticked; against them, with a rule and a reason that are asked for first.

    Each is decided on by itself: what somebody else has decided on meanwhile stays as it is, and the report says so.
    """
    if not queries.may_moderate(request.user):
        raise Http404
    back = back_to(None, request.POST.get("back", ""))
    if "post" not in request.POST:
        messages.warning(request, _("Tick the posts that you mean first."))
        return redirect(back)
    picked = Picked.from_post(request.POST)
    posts = queries.posts_to_moderate(request.user, picked.revisions)
    if not posts:
        raise Http404
    rule, reason = None, ""
    if picked.kind in Decision.AGAINST:
        films = {post.thread.prompt.film for post in posts}
        if len(films) > 1:
            messages.warning(request, _("These posts are about different films, whose rules differ. Choose one film."))
            return redirect(back)
        form = ManyForm(request.POST if "reason" in request.POST else None, rules=rules_of(films.pop()))
        if not form.is_bound or not form.is_valid():
            page = {
                "form": form,
                "picked": picked,
                "rows": chosen_rows(posts),
                "back": request.POST.get("back", ""),
                "cancel": back,
                "heading": wording.heading_many(picked.kind, len(posts)),
                "what_follows": wording.what_follows(picked.kind),
                "trail": trail_to(wording.heading_many(picked.kind, len(posts))),
            }
            status = 422 if form.is_bound else 200
            return TemplateResponse(request, "classroom/moderation/many.html", page, status=status)
        rule, reason = form.cleaned_data["rule"], form.cleaned_data["reason"]
    report = actions.decide_many(
        posts=posts,
        revisions=picked.revisions,
        kind=picked.kind,
        rule=rule,
        reason=reason,
        by=request.user,
        at=clock.now(),
    )
    _tell(request, report, wording.done_many(picked.kind, report.done))
    return redirect(back)


@allow(Level.SIGNED_IN, "POST", needs=Permission.POST_MODERATE)
def decision_undo(request: SignedInRequest, decision_id: int) -> HttpResponse:
    """Put a post back to what it was before a decision; the record keeps both."""
    decision = queries.get_decision(request.user, decision_id)
    try:
        actions.undo(decision=decision, by=request.user, at=clock.now())
    except actions.AlreadyDecided as later:
        messages.warning(request, wording.already_decided(later.decision, request.user))
    except actions.ChangedSince:
        messages.warning(request, _("The post has changed since that decision, so it was not taken back."))
    except (actions.TooOld, actions.OwnPost):
        messages.warning(request, _("This decision can no longer be taken back. Make another one instead."))
    else:
        messages.success(request, _("Taken back: the post stands as it did before."))
    return redirect(back_to(decision.post, request.POST.get("back", "")))


@allow(Level.SIGNED_IN, "POST", needs=Permission.POST_MODERATE)
def batch_undo(request: SignedInRequest, batch: uuid.UUID) -> HttpResponse:
    """The same for decisions that were made together."""
    decisions = queries.decisions_of(request.user, batch)
    if not decisions:
        raise Http404
    report = actions.undo_many(decisions=decisions, by=request.user, at=clock.now())
    _tell(request, report, wording.undone_many(report.done))
    return redirect(back_to(None, request.POST.get("back", "")))


def _tell(request: SignedInRequest, report: actions.Report, done: str) -> None:
    if report.done:
        messages.success(request, done)
    for line in wording.left_out(report, request.user):
        messages.warning(request, line)
