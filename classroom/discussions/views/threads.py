"""A thread, and writing in it."""

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.assignments.pages import back_to_lesson
from classroom.common import clock
from classroom.discussions import actions, queries
from classroom.discussions.forms import PostForm
from classroom.discussions.mine import Mine
from classroom.discussions.panels import panels_for
from classroom.discussions.queries import Place
from classroom.discussions.thread_page import Asked, Target, eyes_of, number, spot_of, target_of, thread_page
from classroom.discussions.thread_page.markup import form_of_all, posts_html
from classroom.discussions.views.common import place_of, sent_words, trail_of
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, needs=Permission.THREAD_READ)
def thread(request: SignedInRequest, thread_id: int) -> HttpResponse:
    """A page of a thread; ``?branch=`` names a post whose replies are to be shown alone, ``?reply=`` the post that the
    form below is to reply to, quoting it where ``?quote=`` is given.
    """
    at = clock.now()
    place = queries.get_place(request.user, thread_id, at)
    mine = actions.enter(place=place, user=request.user, session=request.session, at=at)
    target = target_of(place, request.user, number(request.GET.get("reply", "")))
    body = queries.draft_of_reply(request.user, target.id) if target else mine.draft
    if target and "quote" in request.GET:
        body = f"{body}\n\n" if body else ""
        body += target.quoted
    form = PostForm(place=place, initial={"parent": target.id if target else None, "body": body})
    return _thread_response(request, place, mine, at, form=form, target=target)


@allow(Level.SIGNED_IN, needs=Permission.THREAD_READ)
def post(request: SignedInRequest, post_id: int) -> HttpResponse:
    """The lasting address of a post: leads to the page on which it stands now."""
    at = clock.now()
    place = queries.get_place(request.user, queries.get_thread_id_of_post(request.user, post_id), at)
    spot = spot_of(eyes_of(place, request.user), post_id)
    if spot is None:
        raise Http404
    query = urlencode({name: value for name, value in (("branch", spot.branch), ("page", spot.page)) if value})
    asked = f"?{query}" if spot.branch or spot.page > 1 else ""
    return redirect(f"{reverse('classroom:thread', args=[place.thread.pk])}{asked}#post-{post_id}")


@allow(Level.SIGNED_IN, "POST", needs=Permission.THREAD_READ)
def post_new(request: SignedInRequest, thread_id: int) -> HttpResponse:
    """A student's post waits or is published, as the thread's policy says; a teacher's is published."""
    at = clock.now()
    place = queries.get_place(request.user, thread_id, at)
    form = PostForm(request.POST, place=place)
    if form.is_valid():
        try:
            post = actions.write_post(
                place=place,
                author=request.user,
                body=form.cleaned_data["body"],
                parent_id=form.cleaned_data["parent"],
                key=form.cleaned_data["key"],
                attached=form.attached,
                at=at,
            )
        except actions.Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, sent_words(post))
            return redirect(place_of(post))
    mine = actions.enter(place=place, user=request.user, session=request.session, at=at)
    target = target_of(place, request.user, number(str(form["parent"].value() or "")))
    return _thread_response(request, place, mine, at, form=form, target=target, status=422)


@allow(Level.SIGNED_IN, "POST", needs=Permission.THREAD_READ)
def post_sources(request: SignedInRequest, thread_id: int) -> HttpResponse:
    """Looks in the ledger for what a post that is being written may rest on; what is typed stays where it is."""
    at = clock.now()
    place = queries.get_place(request.user, thread_id, at)
    form = PostForm.looking(request.POST, place=place)
    mine = actions.enter(place=place, user=request.user, session=request.session, at=at)
    target = target_of(place, request.user, number(form.values["parent"]))
    return _thread_response(request, place, mine, at, form=form, target=target)


@allow(Level.SIGNED_IN, "POST", needs=Permission.THREAD_READ)
def draft(request: SignedInRequest, thread_id: int) -> HttpResponse:
    """Keeps what has been typed so far: for the page's script, and for the button that says so."""
    at = clock.now()
    place = queries.get_place(request.user, thread_id, at)
    # No database is asked to keep a NUL: PostgreSQL refuses it.
    body = request.POST.get("body", "").replace("\x00", "").replace("\r\n", "\n")
    if len(body) > actions.DRAFT_MAX:
        # It stands in the form as it was sent, with how much of it is too much.
        mine = actions.enter(place=place, user=request.user, session=request.session, at=at)
        target = target_of(place, request.user, number(request.POST.get("parent", "")))
        form = PostForm(request.POST, place=place)
        return _thread_response(request, place, mine, at, form=form, target=target, status=422)
    parent_id = number(request.POST.get("parent", ""))
    actions.save_draft(place=place, user=request.user, parent_id=parent_id, body=body)
    if "by-script" in request.POST:
        return HttpResponse(status=204)
    messages.success(request, _("Your draft is kept. Only you see it."))
    query = f"?reply={parent_id}" if parent_id else ""
    return redirect(f"{reverse('classroom:thread', args=[thread_id])}{query}#write")


def _thread_response(
    request: SignedInRequest,
    place: Place,
    mine: Mine,
    at: datetime,
    *,
    form: PostForm,
    target: Target | None,
    status: int = 200,
) -> HttpResponse:
    page = thread_page(place, request.user, mine, at, Asked.from_query(request.GET))
    assignment = place.thread.assignment
    if page.unseen:
        actions.mark_seen(decisions=page.unseen, at=at)
    token = get_token(request)
    return TemplateResponse(
        request,
        "classroom/discussions/thread.html",
        {
            "page": page,
            "panels": panels_for(place, request.user, at),
            "posts": posts_html(
                page.branches,
                thread_id=place.thread.pk,
                zone=assignment.section.zone,
                with_times=page.with_times,
                token=token,
            ),
            "form_of_posts": form_of_all(token),
            # Masked once: each asking draws sixty numbers by chance.
            "csrf_token": token,
            "assignment": assignment,
            "prompt": place.thread.prompt,
            "target": target,
            # A closed thread has no form, unless somebody's text would be lost with it.
            "form": form if form.is_bound or not page.shut else None,
            "trail": trail_of(place),
            "lesson_url": "" if page.for_staff else back_to_lesson(assignment, request.user, at),
        },
        status=status,
    )
