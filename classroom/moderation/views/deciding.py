"""What moderators decide on one post."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.discussions.bylines import byline
from classroom.discussions.models import Decision, Post
from classroom.discussions.queries import rules_of
from classroom.moderation import actions, queries, wording
from classroom.moderation.forms import AgainstForm, LeaveForm
from classroom.moderation.views.common import back_to, trail_to
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission

if TYPE_CHECKING:
    from classroom.discussions.bylines import NamedPost


@allow(Level.SIGNED_IN, "POST", needs=Permission.POST_MODERATE)
def post_approve(request: SignedInRequest, post_id: int) -> HttpResponse:
    return _decide_for(request, post_id, Decision.Kind.APPROVED)


@allow(Level.SIGNED_IN, "POST", needs=Permission.POST_MODERATE)
def post_keep(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Leave a published post that was to be looked at as it is."""
    return _decide_for(request, post_id, Decision.Kind.KEPT)


def _decide_for(request: SignedInRequest, post_id: int, kind: Decision.Kind) -> HttpResponse:
    post = queries.get_post_to_moderate(request.user, post_id)
    form = LeaveForm(request.POST)
    # Without a revision there is no telling what the moderator has read.
    valid = form.is_valid()
    if "answer" in form.errors:
        messages.warning(request, " ".join(str(each) for each in form.errors["answer"]))
        return redirect(back_to(post, form.data.get("back", "")))
    revision = form.cleaned_data["revision"] if valid else 0
    act = actions.keep_post if kind == Decision.Kind.KEPT else actions.approve_post
    try:
        act(
            post=post,
            revision=revision,
            by=request.user,
            at=clock.now(),
            answer=form.cleaned_data.get("answer", ""),
        )
    except actions.AlreadyDecided as earlier:
        messages.warning(request, wording.already_decided(earlier.decision, request.user))
    except actions.ChangedSince:
        messages.warning(request, _("This post has changed since you opened the page. Read it as it is now."))
    except actions.UnderAppeal:
        messages.warning(request, wording.under_appeal())
    else:
        messages.success(request, wording.done(kind))
    return redirect(back_to(post, form.data.get("back", "")))


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.POST_MODERATE)
def post_return(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Back to its author, with a rule and a reason."""
    return _decide_against(request, post_id, Decision.Kind.RETURNED)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.POST_MODERATE)
def post_hide(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Out of the class's sight, with a rule and a reason."""
    return _decide_against(request, post_id, Decision.Kind.HIDDEN)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.POST_MODERATE)
def post_remove(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Deleted, with a rule and a reason; a stone holds the replies."""
    return _decide_against(request, post_id, Decision.Kind.DELETED)


def _decide_against(request: SignedInRequest, post_id: int, kind: Decision.Kind) -> HttpResponse:
    post = queries.get_post_to_moderate(request.user, post_id)
    if request.method != "POST" and (told := _why_not(post, kind)):
        messages.warning(request, told)
        return redirect(back_to(post, request.GET.get("back", "")))
    form = AgainstForm(
        request.POST or None,
        post=post,
        rules=rules_of(post.thread.prompt.film),
        button=wording.button(kind),
        back=request.GET.get("back", ""),
    )
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("revision", "rule", "reason", "about")}
        try:
            actions.decide(post=post, kind=kind, by=request.user, at=clock.now(), **chosen)
        except actions.UnderAppeal:
            messages.warning(request, wording.under_appeal())
        except (actions.AlreadyDecided, actions.ChangedSince) as late:
            post = queries.get_post_to_moderate(request.user, post_id)
            if isinstance(late, actions.AlreadyDecided):
                form.show_the_other(wording.already_decided(late.decision, request.user), post)
            else:
                form.show_the_change(post)
            return _against_response(request, post, form, kind, status=409)
        else:
            messages.success(request, wording.done(kind))
        return redirect(back_to(post, form.cleaned_data["back"]))
    return _against_response(request, post, form, kind, status=status)


def _why_not(post: Post, kind: Decision.Kind) -> str:
    """Why a post cannot be decided on like this; empty where it can."""
    if not actions.may_become(post, kind):
        return _("This post has been decided on since you opened the page.")
    return wording.under_appeal() if queries.is_under_appeal(post) else ""


def _against_response(
    request: SignedInRequest, post: "NamedPost", form: AgainstForm, kind: Decision.Kind, *, status: int
) -> HttpResponse:
    page = {
        "form": form,
        "post": post,
        "byline": byline(post, post.thread.names, for_staff=True),
        "prompt": post.thread.prompt,
        "what_follows": wording.what_follows(kind),
        "cancel": back_to(post, str(form["back"].value() or "")),
        "heading": wording.heading(kind),
        "trail": trail_to(wording.heading(kind)),
    }
    return TemplateResponse(request, "classroom/moderation/against.html", page, status=status)
