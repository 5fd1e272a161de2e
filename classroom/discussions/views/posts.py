"""What authors and teachers do with one post."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.discussions import actions, queries, wording
from classroom.discussions.forms import MendForm
from classroom.discussions.models import Post
from classroom.discussions.queries import Place
from classroom.discussions.thread_page import eyes_of
from classroom.discussions.views.common import place_of, sent_words, trail_of
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.THREAD_READ)
def post_edit(request: SignedInRequest, post_id: int) -> HttpResponse:
    """An author mends a post that waits or was returned, or changes a published one while they may. What was typed is
    shown again whatever happens.
    """
    at = clock.now()
    post = queries.get_own_post(request.user, post_id)
    place = queries.get_place(request.user, post.thread_id, at)
    post.thread = place.thread
    may_edit = queries.may_edit(place, post.state, post.published_at, at)
    if request.method != "POST":
        may = may_edit or post.state in (Post.State.HELD, Post.State.RETURNED)
        if not may or place.mute is not None or queries.is_shut(place, at):
            messages.info(request, _why_not(place))
            return redirect(place_of(post))
        return _mend_response(request, place, MendForm(post=post, place=place))
    if "looking" in request.POST:
        return _mend_response(request, place, MendForm.looking(request.POST, post=post, place=place))
    form, status = MendForm(request.POST, post=post, place=place, may_edit=may_edit), 422
    if form.is_valid():
        try:
            mended = _change(form, place, at)
        except actions.Refused as refused:
            form.refuse(refused)
        except actions.MovedOn as moved:
            form.show_what_is_kept(moved.stored)
            status = 409
        else:
            messages.success(request, sent_words(mended))
            return redirect(place_of(mended))
    return _mend_response(request, place, form, status)


def _why_not(place: Place) -> str:
    return wording.muted_words(place.mute) if place.mute else _("This post can no longer be changed.")


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.THREAD_READ)
def post_delete(request: SignedInRequest, post_id: int) -> HttpResponse:
    """An author takes a post back, having been told what stays."""
    at = clock.now()
    post = queries.get_own_post(request.user, post_id)
    place = queries.get_place(request.user, post.thread_id, at)
    post.thread = place.thread
    shut = queries.is_shut(place, at)
    if request.method == "POST" and not shut:
        actions.delete_post(place=place, post=post, at=at)
        messages.success(request, _("Your post is deleted."))
        return redirect("classroom:thread", place.thread.pk)
    if shut:
        messages.info(request, _("This thread is closed, and its posts stay. Ask your teacher."))
        return redirect(place_of(post))
    page = {"post": post, "cancel": place_of(post), "trail": [*trail_of(place, linked=True), ("", _("Delete a post"))]}
    return TemplateResponse(request, "classroom/discussions/post_delete.html", page)


@allow(Level.SIGNED_IN, needs=Permission.THREAD_READ)
def post_history(request: SignedInRequest, post_id: int) -> HttpResponse:
    """What a post said before, for whoever may read it; of a deleted one, for those who teach."""
    place = queries.get_place(request.user, queries.get_thread_id_of_post(request.user, post_id), clock.now())
    post = eyes_of(place, request.user).post_with_its_words(post_id)
    if post is None or (post.state == Post.State.DELETED and not place.for_staff):
        raise Http404
    page = {
        "post": post,
        "deleted": post.state == Post.State.DELETED,
        "earlier": queries.earlier_texts(post),
        "zone": place.thread.assignment.section.zone,
        "date_format": wording.date_format_of(place.thread),
        "back": place_of(post),
        "trail": [*trail_of(place, linked=True), ("", _("Earlier texts of a post"))],
    }
    return TemplateResponse(request, "classroom/discussions/post_history.html", page)


@allow(Level.SIGNED_IN, "POST", needs=Permission.POST_MODERATE)
def post_endorse(request: SignedInRequest, post_id: int) -> HttpResponse:
    """Those who teach mark a post as one that they stand behind, or take the mark off."""
    post = queries.get_post_to_endorse(request.user, post_id)
    endorsed = bool(request.POST.get("endorsed"))
    if not actions.endorse_post(post=post, by=request.user, endorsed=endorsed, at=clock.now()):
        messages.warning(request, _("This post is no longer shown, so nothing was changed."))
    return redirect(place_of(post))


def _change(form: MendForm, place: Place, at: datetime) -> Post:
    if form.was_published:
        # The class has read what it rests on, which has no history: that stays.
        return actions.edit_post(place=place, post=form.post, at=at, **form.cleaned_data)
    return actions.mend_post(place=place, post=form.post, at=at, attached=form.attached, **form.cleaned_data)


def _mend_response(request: SignedInRequest, place: Place, form: MendForm, status: int = 200) -> HttpResponse:
    posts = [form.post.pk]
    decisions = [each for each in queries.decisions_in(place, request.user, posts) if each.post_id in posts]
    page = {
        "form": form,
        "prompt": place.thread.prompt,
        "decision": decisions[-1] if decisions else None,
        "published": form.was_published,
        "cancel": place_of(form.post),
        "audience": wording.names_told(place, request.user, actions.pseudonym_for(place=place, user=request.user)),
        "trail": [*trail_of(place, linked=True), ("", _("Change a post"))],
    }
    return TemplateResponse(request, "classroom/discussions/post_edit.html", page, status=status)
