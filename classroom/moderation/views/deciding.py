"""The moderators' queue, and what they decide."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.common.pages import page_of
from classroom.discussions.bylines import byline
from classroom.discussions.models import Decision, Post
from classroom.discussions.queries import rules_of
from classroom.moderation import actions, queries, wording
from classroom.moderation.forms import AgainstForm, ApproveForm
from classroom.moderation.queue_page import queue_rows
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission

if TYPE_CHECKING:
    from classroom.discussions.bylines import NamedPost

QUEUE_ON_A_PAGE = 50


@allow(Level.SIGNED_IN, needs=Permission.POST_MODERATE)
def moderation(request: SignedInRequest) -> HttpResponse:
    """Posts that wait in all classes where this person moderates."""
    # A teacher without a class yet finds the page empty: the link to it stands on all their pages.
    if not request.user.is_teacher and not queries.may_moderate(request.user):
        raise Http404
    posts, links = page_of(queries.held_posts(request.user), request.GET, size=QUEUE_ON_A_PAGE)
    page = {
        "rows": queue_rows(posts, clock.now()),
        "links": links,
        "trail": [(reverse("classroom:home"), _("Home")), ("", _("Posts to approve"))],
    }
    return TemplateResponse(request, "classroom/moderation/queue.html", page)


@allow(Level.SIGNED_IN, "POST", needs=Permission.POST_MODERATE)
def post_approve(request: SignedInRequest, post_id: int) -> HttpResponse:
    post = queries.get_post_to_moderate(request.user, post_id)
    form = ApproveForm(request.POST)
    # Without a revision there is no telling what the moderator has read.
    revision = form.cleaned_data["revision"] if form.is_valid() else 0
    try:
        actions.approve_post(post=post, revision=revision, by=request.user, at=clock.now())
    except actions.AlreadyDecided as earlier:
        messages.warning(request, wording.already_decided(earlier.decision, request.user))
    except actions.ChangedSince:
        messages.warning(request, _("This post has changed since you opened the page. Read it as it is now."))
    else:
        messages.success(request, _("Approved: the class can read it."))
    return redirect(_back_to(post, form.data.get("back", "")))


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.POST_MODERATE)
def post_return(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Back to its author, with a rule and a reason."""
    return _decide_against(request, post_id, Decision.Kind.RETURNED)


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.POST_MODERATE)
def post_hide(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Out of the class's sight, with a rule and a reason."""
    return _decide_against(request, post_id, Decision.Kind.HIDDEN)


def _decide_against(request: SignedInRequest, post_id: int, kind: Decision.Kind) -> HttpResponse:
    post = queries.get_post_to_moderate(request.user, post_id)
    returning = kind == Decision.Kind.RETURNED
    if request.method != "POST" and not actions.may_become(post, kind):
        messages.warning(request, _("This post has been decided on since you opened the page."))
        return redirect(_back_to(post, request.GET.get("back", "")))
    form = AgainstForm(
        request.POST or None,
        post=post,
        rules=rules_of(post.thread.prompt.film),
        button=_("Return the post") if returning else _("Hide the post"),
        back=request.GET.get("back", ""),
    )
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("revision", "rule", "reason")}
        try:
            actions.decide(post=post, kind=kind, by=request.user, at=clock.now(), **chosen)
        except actions.AlreadyDecided as earlier:
            messages.warning(request, wording.already_decided(earlier.decision, request.user))
        except actions.ChangedSince:
            form.show_the_change(post)
            return _against_response(request, post, form, returning=returning, status=409)
        else:
            messages.success(request, _("Returned, with your reason.") if returning else _("Hidden, with your reason."))
        return redirect(_back_to(post, form.cleaned_data["back"]))
    return _against_response(request, post, form, returning=returning, status=status)


def _against_response(
    request: SignedInRequest, post: "NamedPost", form: AgainstForm, *, returning: bool, status: int
) -> HttpResponse:
    page = {
        "form": form,
        "post": post,
        "byline": byline(post, post.thread.names, for_staff=True),
        "prompt": post.thread.prompt,
        "returning": returning,
        "cancel": _back_to(post, str(form["back"].value() or "")),
        "heading": _("Return a post") if returning else _("Hide a post"),
        "trail": [
            (reverse("classroom:home"), _("Home")),
            (reverse("classroom:moderation"), _("Posts to approve")),
            ("", _("Return a post") if returning else _("Hide a post")),
        ],
    }
    return TemplateResponse(request, "classroom/moderation/against.html", page, status=status)


def _back_to(post: Post, back: str) -> str:
    """To where the button stood: the words are ours, so that no address can be passed in."""
    return reverse("classroom:post", args=[post.pk]) if back == "thread" else reverse("classroom:moderation")
