"""Reporting a post, and how a class reports."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import clock
from classroom.discussions.models import Flag
from classroom.moderation import actions, queries
from classroom.moderation.forms import FlagForm
from classroom.moderation.outcomes import OwnReport
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.permissions import Permission


@allow(Level.SIGNED_IN, "GET", "POST", needs=Permission.THREAD_READ)
def post_flag(request: SignedInRequest, post_id: int) -> HttpResponse:
    """One press reports a post and hides it from who has pressed; then the page asks why."""
    at = clock.now()
    post, flag = queries.get_post_to_flag(request.user, post_id, at)
    form, status = None, 200
    if request.method == "POST" and flag is None:
        try:
            actions.flag_post(post=post, by=request.user, at=at)
        except actions.TooMany:
            messages.warning(request, _("You have reported a great deal just now. Speak to your teacher instead."))
            return redirect("classroom:post", post.pk)
        return redirect("classroom:post_flag", post.pk)
    if flag is not None and flag.outcome == Flag.Outcome.OPEN:
        form = FlagForm(request.POST or None, flag=flag)
        if form.is_bound and form.is_valid():
            try:
                actions.give_reason(flag=flag, at=at, **form.cleaned_data)
            except actions.Settled:
                messages.info(request, _("A teacher has looked at the post meanwhile."))
            else:
                messages.success(request, _("Thank you. A teacher reads what you say; classmates do not see it."))
            return redirect("classroom:thread", post.thread_id)
        status = 422 if form.is_bound else 200
    assignment = post.thread.assignment
    page = {
        "post": post,
        "flag": flag,
        "form": form,
        "thread_url": reverse("classroom:thread", args=[post.thread_id]),
        "section": assignment.section,
        "trail": [
            (reverse("classroom:home"), _("Home")),
            (reverse("classroom:thread", args=[post.thread_id]), assignment.title),
            ("", _("Report a post")),
        ],
    }
    return TemplateResponse(request, "classroom/moderation/flag.html", page, status=status)


@allow(Level.SIGNED_IN, needs=Permission.WORK_DO)
def own_flags(request: SignedInRequest, section_id: int) -> HttpResponse:
    """A student's own reports, and what came of each; never the post itself, which may have been taken down."""
    section = people.get_membership(request.user, section_id, Permission.WORK_DO).section
    page = {
        "section": section,
        "reports": [OwnReport.of(each) for each in queries.own_reports(request.user, section.pk)],
        "trail": [
            (reverse("classroom:home"), _("Home")),
            (reverse("classroom:in_the_open", args=[section.pk]), _("How posts are looked after")),
            ("", _("Your reports")),
        ],
    }
    return TemplateResponse(request, "classroom/moderation/own_flags.html", page)


@allow(Level.SIGNED_IN, needs=Permission.POST_MODERATE)
def class_flags(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Who in a class reports posts, and how often the post stayed: a hint that somebody plays with it."""
    section = people.get_membership(request.user, section_id, Permission.POST_MODERATE).section
    page = {
        "section": section,
        "reporters": queries.reporters_in(section.pk),
        "trail": [
            (reverse("classroom:home"), _("Home")),
            (reverse("classroom:section", args=[section.pk]), section.name),
            ("", _("Reports of posts")),
        ],
    }
    return TemplateResponse(request, "classroom/moderation/flags.html", page)
